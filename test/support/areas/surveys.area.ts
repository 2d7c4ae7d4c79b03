import type { Area } from './area.js';

export const surveys: Area = {
  byName: { surveyId: 'survey', responseId: 'survey_response' },
  byMutation: [[/^updateSurvey$/, 'survey']],
  byType: { Survey: 'survey', SurveyResponse: 'survey_response', SurveyResponseEvent: 'survey_response' },
  sensible: {
    answerSurvey: [['input.score', () => 4]],
    sendSurvey: [['input.ticketId', own => own.ids['other_ticket']]],
  },
  async plant(put, { marker, now, customer, member, team, post, kept }) {
    const survey = await put(
      'surveys',
      { name: marker, kind: 'CSAT', trigger: 'MANUAL', texts: JSON.stringify({ en: { question: marker } }) },
      'survey',
    );
    const about = {
      survey_id: survey,
      ticket_id: kept['ticket'],
      customer_id: customer,
      member_id: member,
      team_id: team,
      channel: 'MANUAL',
    };
    const invitation = await put(
      'survey_invitations',
      { ...about, state: 'SENT', due_at: now, sent_at: now, expires_at: new Date('2099-01-01T00:00:00Z') },
      'survey_invitation',
    );
    await put(
      'survey_responses',
      { ...about, invitation_id: invitation, kind: 'CSAT', score: 5, post_id: post, answered_at: now },
      'survey_response',
    );
  },
  rows({ customer, id, moment, name, kept }) {
    // A ticket is asked about once by a survey, and an invitation answered once: each answer has a survey of its own.
    const another = (columns: string) =>
      `(select ${columns} from survey_invitations i where i.organization_id = $1
          and not exists (select 1 from survey_responses r where r.organization_id = $1 and r.invitation_id = i.id)
        order by i.id offset generate_series - 1 limit 1)`;
    const about = { ticket_id: `'${kept['ticket']}'::uuid`, customer_id: `'${customer}'::uuid`, channel: `'MANUAL'` };
    return {
      tables: {
        surveys: {
          id,
          name: `${name} || gen_random_uuid()`,
          kind: `'CSAT'`,
          trigger: `'MANUAL'`,
          created_at: moment,
        },
        survey_invitations: {
          ...about,
          id,
          survey_id: `(select s.id from surveys s where s.organization_id = $1
                         and not exists (select 1 from survey_invitations i where i.organization_id = $1 and i.survey_id = s.id)
                       order by s.id offset generate_series - 1 limit 1)`,
          state: `'SENT'`,
          due_at: moment,
          expires_at: `timestamptz '2099-01-01'`,
        },
        survey_responses: {
          ...about,
          id,
          invitation_id: another('i.id'),
          survey_id: another('i.survey_id'),
          kind: `'CSAT'`,
          score: 'ceil(random() * 5)::int',
          answered_at: moment,
        },
      },
    };
  },
};
