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
};
