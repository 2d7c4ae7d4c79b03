import type { LoaderDefinition } from '../../../platform/loaders.js';
import { Parameters } from '../../../platform/paging/index.js';
import { columnsOf } from '../../../platform/schema/index.js';
import { type RequestContext, visibleCondition } from '../../access/index.js';
import { Complaint } from './complaint.entity.js';
import { ComplaintStep } from './complaint-step.entity.js';
import { ContactReason } from './contact-reason.entity.js';

/** The complaint that each ticket is, or that one is which became a part of it: its deadlines go on. */
export const complaintOfTicket: LoaderDefinition<RequestContext, string, Complaint | null> = {
  name: 'complaint.ofTicket',
  async batch(context, keys) {
    const parameters = new Parameters();
    const ids = parameters.add(keys, 'uuid[]');
    const visible = visibleCondition(context.viewer, 'OF_TICKET', 't', parameters);
    const rows = await context.read<Complaint & { ofTicket: string }>(
      `select ${columnsOf(Complaint)}, o.of_ticket as "ofTicket"
         from (select id, id as of_ticket, 0 as place from tickets where id = any (${ids})
               union all select id, merged_into_id, 1 from tickets where merged_into_id = any (${ids})) o
         join complaints t on t.ticket_id = o.id${visible ? ` and ${visible}` : ''}
        order by o.place desc, t.received_at`,
      parameters.values,
    );
    const found = new Map(rows.map(row => [row.ofTicket, row]));
    return keys.map(key => found.get(key) ?? null);
  },
};

/** The steps of complaints that the viewer was shown, the first one first. */
export const stepsOfComplaint: LoaderDefinition<RequestContext, string, ComplaintStep[]> = {
  name: 'complaint.steps',
  async batch(context, keys) {
    const rows = await context.read<ComplaintStep>(
      `select ${columnsOf(ComplaintStep)} from complaint_steps t where t.complaint_id = any ($1::uuid[]) order by t.made_at, t.id`,
      [keys],
    );
    const steps = Map.groupBy(rows, ({ complaintId }) => complaintId);
    return keys.map(key => steps.get(key) ?? []);
  },
};

const MOST_SUGGESTED = 3;

/** For each ticket the codes whose words its customer used, those with the most of them first. */
export const suggestedReasons: LoaderDefinition<RequestContext, string, ContactReason[]> = {
  name: 'ticket.suggestedReasons',
  async batch(context, keys) {
    const rows = await context.read<ContactReason & { suggestedFor: string }>(
      `with said as (
         select t.id, ' ' || normalise_text(t.subject || ' ' || coalesce(t.description, '') || ' ' ||
                coalesce((select string_agg(coalesce(m.note, p.text), ' ')
                            from (select * from ticket_messages x
                                   where x.organization_id = t.organization_id and x.ticket_id = t.id and x.kind = 'CUSTOMER'
                                   order by x.occurred_at limit 20) m
                            left join posts p on p.organization_id = m.organization_id and p.id = m.post_id), '')) || ' ' as text
           from tickets t where t.id = any ($1::uuid[])),
       fitting as (
         select s.id as "suggestedFor", r.id, count(*) as hits
           from said s, contact_reasons r cross join lateral unnest(r.words) as w(word)
          where r.is_active and r.kind = 'REASON' and s.text ~ ('\\m' || regexp_replace(normalise_text(w.word), '([^[:alnum:][:space:]])', '\\\\\\1', 'g') || '\\M')
          group by 1, 2)
       select f."suggestedFor", ${columnsOf(ContactReason)}
         from (select *, row_number() over (partition by "suggestedFor" order by hits desc, id) as place from fitting) f
         join contact_reasons t on t.id = f.id
        where f.place <= ${MOST_SUGGESTED} order by f."suggestedFor", f.place`,
      [keys],
    );
    const suggested = Map.groupBy(rows, ({ suggestedFor }) => suggestedFor);
    return keys.map(key => suggested.get(key) ?? []);
  },
};
