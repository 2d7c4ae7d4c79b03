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
};
