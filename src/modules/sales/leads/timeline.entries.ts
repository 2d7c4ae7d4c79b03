import { Field, ObjectType } from 'type-graphql';
import type { Parameters } from '../../../platform/paging/index.js';
import { Reference } from '../../../platform/schema/index.js';
import { type Viewer, visibleCondition } from '../../access/index.js';
import { TimelineEntry, timelineSource } from '../../customers/index.js';
import { Lead, LeadSource } from './lead.entity.js';

/** Leads that became the customer `k.parent`, or that one of its identities is. */
function leadsOf(
  viewer: Viewer,
  parameters: Parameters,
  moment: string,
  detail: string,
  extra = 'true',
): string | null {
  if (!viewer.may('sales:read')) return null;
  const rule = visibleCondition(viewer, 'LEAD', 'l', parameters);
  return `select l.${moment} as occurred_at, l.id, jsonb_build_object(${detail}) as detail from leads l
           where (l.customer_id = k.parent or l.identity_id in (select i.id from social_identities i where i.customer_id = k.parent))
             and ${extra}${rule ? ` and ${rule}` : ''}`;
}

@ObjectType({
  implements: TimelineEntry,
  description: 'Somebody saw a possible customer in them.',
  simpleResolvers: true,
})
export class LeadCreated extends TimelineEntry {
  @Field(() => LeadSource, { description: 'Where the lead came from.' })
  source: LeadSource;
  @Reference(() => Lead, 'leadId', { nullable: true, description: 'The lead.' })
  lead?: Lead;
}

timelineSource<{ name: string }>({
  type: LeadCreated,
  prefix: 'lead',
  sql: (viewer, parameters) =>
    leadsOf(viewer, parameters, 'created_at', `'source', l.source, 'leadId', l.id, 'name', left(l.name, 100)`),
  summary: {
    en: ({ name }) => `New lead: ${name}`,
    es: ({ name }) => `Nuevo cliente potencial: ${name}`,
    pt: ({ name }) => `Novo cliente potencial: ${name}`,
  },
});

@ObjectType({ implements: TimelineEntry, description: 'A lead became this customer.', simpleResolvers: true })
export class LeadConverted extends TimelineEntry {
  @Reference(() => Lead, 'leadId', { nullable: true, description: 'The lead.' })
  lead?: Lead;
}

timelineSource<{ name: string }>({
  type: LeadConverted,
  prefix: 'lead',
  sql: (viewer, parameters) =>
    leadsOf(
      viewer,
      parameters,
      'converted_at',
      `'leadId', l.id, 'name', left(l.name, 100)`,
      'l.customer_id = k.parent and l.converted_at is not null',
    ),
  summary: {
    en: ({ name }) => `The lead ${name} became a customer`,
    es: ({ name }) => `El cliente potencial ${name} pasó a ser cliente`,
    pt: ({ name }) => `O cliente potencial ${name} tornou-se cliente`,
  },
});
