import type { Area } from './area.js';

export const socialSelling: Area = {
  byMutation: [[/LeadSuggestions?$/, 'lead_suggestion']],
  byType: { LeadSuggestion: 'lead_suggestion' },
  async plant(put, { marker, linkedIdentity, post }) {
    await put(
      'lead_suggestions',
      {
        post_id: post,
        identity_id: linkedIdentity,
        language: 'en',
        strength: 0.7,
        words: JSON.stringify([
          { code: 'PURCHASE', phrase: `where can I buy ${marker}`, start: 0, end: 3, weight: 0.7 },
        ]),
      },
      'lead_suggestion',
    );
  },
  rows({ identity, id, moment }) {
    return {
      tables: {
        lead_suggestions: {
          id,
          // One a post: each row takes another of those that have none.
          post_id: `(select p.id from posts p where p.organization_id = $1
                       and not exists (select 1 from lead_suggestions s where s.organization_id = p.organization_id and s.post_id = p.id)
                     order by p.id offset generate_series limit 1)`,
          identity_id: `'${identity}'`,
          language: `'en'`,
          strength: `(array[0.5, 0.75, 1.0 / 3 + 0.5, 1])[ceil(random() * 4)::int]`,
          created_at: moment,
        },
      },
    };
  },
};
