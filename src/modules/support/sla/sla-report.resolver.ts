import { Args, ArgsType, Ctx, Field, Float, Int, ObjectType, Query, Resolver, registerEnumType } from 'type-graphql';
import { AppError } from '../../../platform/errors.js';
import { DateTime, Reference } from '../../../platform/schema/index.js';
import { Member, Permit, RequestContext, Team } from '../../access/index.js';
import { TicketChannel, TicketPriority } from '../tickets/ticket.states.rules.js';
import { TicketCategory } from '../tickets/ticket-category.entity.js';
import { SlaMetric } from './history.rules.js';
import { SlaPolicy } from './sla-policy.entity.js';
import { type GroupOutcome, SlaGroup, slaOutcomes } from './sla-report.queries.js';

registerEnumType(SlaGroup, {
  name: 'SlaGroup',
  description: 'What a report on promises puts together.',
  valuesConfig: {
    CHANNEL: { description: 'Tickets that came by one channel.' },
    TEAM: { description: 'Tickets of one team.' },
    PERSON: { description: 'Tickets that one person looks after.' },
    POLICY: { description: 'What one policy promised.' },
    PRIORITY: { description: 'Tickets of one priority.' },
    CATEGORY: { description: 'Tickets of one category.' },
  },
});

@ObjectType({ description: 'How one thing that was promised was kept.', simpleResolvers: true })
export class SlaMetricReport {
  @Field(() => SlaMetric, { description: 'What was promised.' })
  metric: SlaMetric;
  @Field(() => Int, { description: 'How many times it was done in time.' })
  met: number;
  @Field(() => Int, { description: 'How many times the time ran out, whether it was done later or is still to be.' })
  breached: number;
  @Field(() => Int, { description: 'How many times it is still to be done, and there is time.' })
  running: number;
  @Field(() => Float, { nullable: true, description: 'Share of those that are decided that was kept, in percent.' })
  percentKept: number | null;
  @Field(() => Float, { nullable: true, description: 'Half of what was done took no more minutes of open time.' })
  medianMinutes: number | null;
  @Field(() => Float, {
    nullable: true,
    description: 'Nine tenths of what was done took no more minutes of open time.',
  })
  p90Minutes: number | null;
}

@ObjectType({
  description:
    'How promises were kept to a group of tickets: one of these is given, or none for tickets that have none.',
  simpleResolvers: true,
})
export class SlaReportRow {
  teamId: string | null;
  personId: string | null;
  policyId: string | null;
  categoryId: string | null;

  @Field(() => TicketChannel, { nullable: true, description: 'The channel they came by.' })
  channel: TicketChannel | null;
  @Field(() => TicketPriority, { nullable: true, description: 'Their priority.' })
  priority: TicketPriority | null;
  @Reference(() => Team, 'teamId', { nullable: true, description: 'The team they are with.' })
  team?: Team;
  @Reference(() => Member, 'personId', { nullable: true, description: 'Who looks after them.' })
  person?: Member;
  @Reference(() => SlaPolicy, 'policyId', { nullable: true, description: 'The policy that promised it.' })
  policy?: SlaPolicy;
  @Reference(() => TicketCategory, 'categoryId', { nullable: true, description: 'Their category.' })
  category?: TicketCategory;
  @Field(() => [SlaMetricReport], { description: 'By what was promised.' })
  metrics: SlaMetricReport[];
}

@ArgsType()
class SlaReportArgs {
  @Field(() => DateTime, { description: 'Promises that began at this moment or later.' })
  from: Date;
  @Field(() => DateTime, { description: 'And before this one; at most three years later.' })
  to: Date;
  @Field(() => SlaGroup, { description: 'What to put together.' })
  groupBy: SlaGroup;
}

const LONGEST_MS = 3 * 366 * 86_400_000;

@Resolver()
export class SlaReportResolver {
  @Permit('support:read')
  @Query(() => [SlaReportRow], { description: 'How promises were kept, of the tickets you may see.' })
  async slaReport(@Args(() => SlaReportArgs) args: SlaReportArgs, @Ctx() context: RequestContext) {
    if (args.to <= args.from || args.to.getTime() - args.from.getTime() > LONGEST_MS)
      throw new AppError('BAD_USER_INPUT', '`to` is later than `from`, by at most three years.');
    const outcomes = await slaOutcomes((sql, values) => context.readApart(sql, values), context.viewer, args);
    return outcomes.map(outcome => rowOf(args.groupBy, outcome));
  }
}

const COLUMNS = {
  CHANNEL: 'channel',
  TEAM: 'teamId',
  PERSON: 'personId',
  POLICY: 'policyId',
  PRIORITY: 'priority',
  CATEGORY: 'categoryId',
} as const satisfies Record<SlaGroup, keyof SlaReportRow>;

const rowOf = (groupBy: SlaGroup, { key, metrics }: GroupOutcome): Partial<SlaReportRow> => ({
  channel: null,
  priority: null,
  [COLUMNS[groupBy]]: key,
  metrics,
});
