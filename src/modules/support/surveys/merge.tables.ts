import { mergedTable } from '../../customers/index.js';
import { goesWithTicket } from '../tickets/belonging.hooks.js';

const isSeen = (viewer: { scopeOf(kind: 'TICKET'): string }) => viewer.scopeOf('TICKET') !== 'NONE';
const belongs = { columns: ['customer_id'], isSeen };

mergedTable({ ...belongs, table: 'survey_invitations', prefix: 'survey_invitation', kind: 'surveyInvitations' });
mergedTable({ ...belongs, table: 'survey_responses', prefix: 'survey_response', kind: 'surveyResponses' });

goesWithTicket('survey_invitations');
goesWithTicket('survey_responses');
