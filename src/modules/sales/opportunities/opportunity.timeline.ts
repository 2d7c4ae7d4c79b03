import { Field, ObjectType } from 'type-graphql';
import { Derived, Money, moneyOf, type RecordClass, Reference } from '../../../platform/schema/index.js';
import { type Language, visibleCondition } from '../../access/index.js';
import { TimelineEntry, timelineSource } from '../../customers/index.js';
import { Opportunity } from './opportunity.entity.js';
import { Stage } from './stage.entity.js';

/** What the entries of an opportunity have in common. */
interface Detail {
  name: string;
  stageName: string;
  stageNames: Record<string, string>;
}

@ObjectType({
  implements: TimelineEntry,
  description: 'Something that may be bought was found.',
  simpleResolvers: true,
})
export class OpportunityOpened extends TimelineEntry {
  @Reference(() => Opportunity, 'opportunityId', { nullable: true, description: 'The opportunity.' })
  opportunity?: Opportunity;
}

@ObjectType({ implements: TimelineEntry, description: 'An opportunity went to another stage.', simpleResolvers: true })
export class OpportunityMoved extends TimelineEntry {
  @Reference(() => Opportunity, 'opportunityId', { nullable: true, description: 'The opportunity.' })
  opportunity?: Opportunity;
  @Reference(() => Stage, 'stageId', { description: 'The stage it went to.' })
  stage?: Stage;
}

@ObjectType({ implements: TimelineEntry, description: 'An opportunity was won.', simpleResolvers: true })
export class OpportunityWon extends TimelineEntry {
  @Reference(() => Opportunity, 'opportunityId', { nullable: true, description: 'The opportunity.' })
  opportunity?: Opportunity;
  @Derived(({ amount, currency }: Worth) => moneyOf(amount, currency))
  @Field(() => Money, { nullable: true, description: 'What it was worth then.' })
  worth?: object;
}

@ObjectType({ implements: TimelineEntry, description: 'An opportunity was lost.', simpleResolvers: true })
export class OpportunityLost extends TimelineEntry {
  @Reference(() => Opportunity, 'opportunityId', { nullable: true, description: 'The opportunity.' })
  opportunity?: Opportunity;
  @Derived(({ amount, currency }: Worth) => moneyOf(amount, currency))
  @Field(() => Money, { nullable: true, description: 'What it was worth then.' })
  worth?: object;
}

interface Worth {
  amount: string | null;
  currency: string;
}

/** What fits on one line of a screen. */
const short = (text: string): string => (text.length <= 120 ? text : `${text.slice(0, 119)}…`);

/** Changes of the customer's opportunities after which they were in another stage than before. `condition` may name `b`, the change before. */
function movedTo(
  type: RecordClass<TimelineEntry>,
  condition: string,
  summary: Record<Language, (detail: Detail) => string>,
) {
  timelineSource<Detail>({
    type,
    prefix: 'opportunity_revision',
    sql(viewer, parameters) {
      const rule = visibleCondition(viewer, 'OPPORTUNITY', 'o', parameters);
      return `select t.changed_at as occurred_at, t.id,
                     jsonb_build_object('name', o.name, 'opportunityId', o.id, 'stageId', t.stage_id, 'stageName', s.name,
                       'stageNames', s.names, 'amount', t.amount::text, 'currency', t.currency) as detail
                from opportunities o
                join opportunity_revisions t on t.organization_id = o.organization_id and t.opportunity_id = o.id
                join stages s on s.organization_id = t.organization_id and s.id = t.stage_id
                left join lateral (
                  select b.stage_id, b.status from opportunity_revisions b
                   where b.organization_id = t.organization_id and b.opportunity_id = t.opportunity_id and b.changed_at < t.changed_at
                   order by b.changed_at desc limit 1) b on true
               where o.customer_id = k.parent and ${condition}${rule ? ` and ${rule}` : ''}`;
    },
    summary,
  });
}

const stageIn = (language: Language, { stageName, stageNames }: Detail): string => stageNames[language] ?? stageName;

movedTo(OpportunityOpened, 'b.stage_id is null', {
  en: ({ name }) => short(`Opportunity opened: ${name}`),
  es: ({ name }) => short(`Oportunidad abierta: ${name}`),
  pt: ({ name }) => short(`Oportunidade aberta: ${name}`),
});

movedTo(OpportunityMoved, `b.stage_id <> t.stage_id and t.status = 'OPEN'`, {
  en: detail => short(`${detail.name}: now in ${stageIn('en', detail)}`),
  es: detail => short(`${detail.name}: pasa a ${stageIn('es', detail)}`),
  pt: detail => short(`${detail.name}: passa para ${stageIn('pt', detail)}`),
});

movedTo(OpportunityWon, `b.status is distinct from 'WON' and t.status = 'WON'`, {
  en: ({ name }) => short(`Opportunity won: ${name}`),
  es: ({ name }) => short(`Oportunidad ganada: ${name}`),
  pt: ({ name }) => short(`Oportunidade ganha: ${name}`),
});

movedTo(OpportunityLost, `b.status is distinct from 'LOST' and t.status = 'LOST'`, {
  en: ({ name }) => short(`Opportunity lost: ${name}`),
  es: ({ name }) => short(`Oportunidad perdida: ${name}`),
  pt: ({ name }) => short(`Oportunidade perdida: ${name}`),
});
