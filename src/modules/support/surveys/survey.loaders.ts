import type { LoaderDefinition } from '../../../platform/loaders.js';
import { Parameters } from '../../../platform/paging/index.js';
import { type RequestContext, visibleCondition } from '../../access/index.js';
import type { SurveyKind } from './survey.rules.js';
import type { SurveyFigure } from './survey.types.js';
import { figuresOf } from './survey-report.queries.js';

/** Figures of many members or customers at once, from those who were asked within the last days. */
const figuresBy = (
  column: 'member_id' | 'customer_id',
  days: number,
): LoaderDefinition<RequestContext, string, SurveyFigure[]> => ({
  name: `surveys.by.${column}`,
  async batch(context, keys) {
    if (!context.viewer.may('surveys:read')) return keys.map(() => []);
    const parameters = new Parameters();
    const ids = parameters.add(keys, 'uuid[]');
    const visible = visibleCondition(context.viewer, 'OF_TICKET', 'i', parameters);
    const rows = await context.read<{ key: string; kind: SurveyKind; score: number | null; count: number }>(
      `select i.${column} as key, s.kind, r.score, count(*)::integer as count
         from survey_invitations i
         join surveys s on s.organization_id = i.organization_id and s.id = i.survey_id
         left join survey_responses r on r.organization_id = i.organization_id and r.invitation_id = i.id
        where i.${column} = any (${ids}) and i.state = 'SENT' and i.sent_at > now() - interval '${days} days' ${visible ? `and ${visible}` : ''}
        group by 1, 2, 3`,
      parameters.values,
    );
    const figures = Map.groupBy(figuresOf(rows), ({ key }) => key);
    return keys.map(key => figures.get(key) ?? []);
  },
});

export const figuresOfMember = figuresBy('member_id', 90);
export const figuresOfCustomer = figuresBy('customer_id', 365);

/** Whether the customer of a ticket may still answer about it. */
export const openInvitation: LoaderDefinition<RequestContext, string, boolean> = {
  name: 'surveys.open',
  async batch(context, keys) {
    const rows = await context.read<{ id: string }>(
      `select i.ticket_id as id from survey_invitations i
        where i.ticket_id = any ($1::uuid[]) and i.state = 'SENT' and i.expires_at > now()`,
      [keys],
    );
    const open = new Set(rows.map(({ id }) => id));
    return keys.map(key => open.has(key));
  },
};
