import { publicId } from '../../../src/platform/ids.js';
import type { Area } from './area.js';

export const care: Area = {
  byName: {
    postIds: 'post',
    incidentId: 'incident',
    ruleId: 'intake_rule',
    accountIds: 'account',
    sourceIds: 'source',
  },
  byMutation: [
    [/IntakeRules?$/, 'intake_rule'],
    [/Incident$/, 'incident'],
  ],
  byType: { Incident: 'incident', IncidentChanged: 'incident', IntakeTrial: 'post' },
  prefixes: { unfiled_conversation: 'conversation', unfiled_post: 'post' },
  sensible: {
    openTicketFromConversation: [['input.conversationId', own => own.ids['unfiled_conversation']]],
    openTicketsFromPosts: [['input.items.postId', own => own.ids['post']]],
    addPostToTicket: [['input.ticketId', own => own.ids['other_ticket']]],
    updateIncident: [['input.answers', () => ({ es: 'Ya.' })]],
    removeTicketFromIncident: [['input.ticketId', own => own.ids['ticket']]],
  },
  async plant(put, { marker, now, member, team, post, linkedIdentity, kept, account }) {
    await put('care_settings', { flood_mode: 'SUGGEST' });
    await put(
      'intake_rules',
      {
        name: marker,
        position: 1,
        words_any: [marker],
        account_ids: [account],
        tags: [marker],
        team_id: team,
        queue_id: kept['queue'],
        assignee_id: member,
        subject: marker,
        acknowledgement: JSON.stringify({ es: marker }),
      },
      'intake_rule',
    );
    kept['incident'] = await put(
      'incidents',
      { title: marker, words: [marker], answers: JSON.stringify({ es: marker }), created_by: 'system:test' },
      'incident',
    );
    await put('incident_posts', { incident_id: kept['incident'], post_id: post });
    await put('incident_answers', {
      incident_id: kept['incident'],
      identity_id: linkedIdentity,
      post_id: post,
      visibility: 'PRIVATE',
      requested_by: 'system:test',
      state: 'REFUSED',
      refusal: marker,
    });
    // What is said in this one is in no ticket yet.
    const unfiled = await put(
      'conversations',
      { network: 'TWITTER', root_external_id: `${marker} unfiled`, first_post_at: now, last_post_at: now },
      'unfiled_conversation',
    );
    await put(
      'posts',
      {
        network: 'TWITTER',
        external_id: `${marker} unfiled`,
        revision: '1',
        kind: 'COMMENT',
        author_id: linkedIdentity,
        conversation_id: unfiled,
        text: marker,
        sentiment_label: 'NEUTRAL',
        sentiment_score: 0,
        priority_score: 0,
        occurred_at: now,
      },
      'unfiled_post',
    );
    await put('acknowledgements', { ticket_id: kept['ticket'], identity_id: linkedIdentity });
  },
  rows({ id, moment, name, post, kept }) {
    const incident = kept['incident']!;
    const conversation = `(select p.conversation_id from posts p where p.organization_id = $1 and p.id = '${post}')`;
    /** As many different ones as there are rows, of those that are not there yet. */
    const another = (table: string, taken: string, place = 'generate_series') =>
      `(select x.id from ${table} x where x.organization_id = $1 and not exists (select 1 from ${taken}) order by x.id offset ${place} limit 1)`;
    return {
      first: [
        ['incidents', { id: `'${incident}'::uuid`, title: name, created_by: `'system:test'` }],
        // What both kinds of rows below might choose.
        ['ticket_conversations', { ticket_id: `'${kept['ticket']}'::uuid`, conversation_id: conversation }],
      ],
      tables: {
        intake_rules: { id, name, position: `floor(random() * 3)::int` },
        incidents: { id, title: name, created_by: `'system:test'`, created_at: moment },
        incident_posts: {
          incident_id: `'${incident}'::uuid`,
          post_id: another('posts', 'incident_posts i where i.organization_id = $1 and i.post_id = x.id'),
        },
        // By turns another thread of one ticket, and another ticket of one thread.
        ticket_conversations: {
          ticket_id: `case when generate_series % 2 = 0 then '${kept['ticket']}'::uuid
             else ${another('tickets', `ticket_conversations j where j.organization_id = $1 and j.ticket_id = x.id and j.conversation_id = ${conversation}`, 'generate_series / 2')} end`,
          conversation_id: `case when generate_series % 2 = 1 then ${conversation}
             else ${another('conversations', `ticket_conversations j where j.organization_id = $1 and j.conversation_id = x.id and j.ticket_id = '${kept['ticket']}'`, 'generate_series / 2')} end`,
        },
      },
      parents: { Incident: publicId('incident', incident) },
    };
  },
};
