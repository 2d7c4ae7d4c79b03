import { Ctx, Field, FieldResolver, Float, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { DateTime } from '../../../platform/schema/index.js';
import { RequestContext } from '../../access/index.js';
import { TicketSla } from '../tickets/ticket-sla.entity.js';
import { businessTime } from './calendar.rules.js';
import { ClockState, stateOf } from './clock.rules.js';
import { SlaMetric } from './history.rules.js';
import { calendarsOfOrganization, clocksOfTicket, type ReadClock } from './sla.loaders.js';
import { MINUTE } from './zone.rules.js';

@ObjectType({ description: 'How it goes with one thing that was promised about a ticket.', simpleResolvers: true })
export class SlaClock {
  @Field(() => SlaMetric, { description: 'What was promised.' })
  metric: SlaMetric;
  @Field(() => ClockState, { description: 'How it goes with it.' })
  state: ClockState;
  @Field(() => Int, { description: 'What was promised, in minutes of open time.' })
  targetMinutes: number;
  @Field(() => Float, { description: 'How many of them have gone by until now, or until it was over.' })
  elapsedMinutes: number;
  @Field(() => Float, { description: 'How many of them are left; less than nothing when it ran out.' })
  remainingMinutes: number;
  @Field(() => DateTime, { description: 'Since when somebody waits for it.' })
  startedAt: string;
  @Field(() => DateTime, {
    nullable: true,
    description: 'By when it is promised; nothing while the time stands still.',
  })
  dueAt: string | null;
  @Field(() => DateTime, { nullable: true, description: 'Since when the time stands still, where it does.' })
  pausedSince: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When it was done.' })
  metAt: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When the time ran out.' })
  breachedAt: string | null;
}

@Resolver(() => TicketSla)
export class TicketSlaResolver {
  @FieldResolver(() => [SlaClock], { description: 'Everything that was promised, in the order in which it began.' })
  async clocks(@Root() { ticketId }: TicketSla, @Ctx() context: RequestContext): Promise<SlaClock[]> {
    const clocks = await context.load(clocksOfTicket, ticketId);
    if (clocks.length === 0) return [];
    const calendars = await context.load(calendarsOfOrganization, '');
    const now = new Date();
    return clocks.map(clock => clockAt(clock, calendars.of(clock.calendarId), now));
  }
}

const dateOf = (text: string | null): Date | null => (text === null ? null : new Date(text));

/** A clock that runs goes on between one write and the next: how far it is, and whether it ran out, is told as of now. */
function clockAt(clock: ReadClock, calendar: Parameters<typeof businessTime>[0], now: Date): SlaClock {
  const running = dateOf(clock.runningSince);
  const due = dateOf(clock.dueAt);
  const breachedAt = clock.breachedAt ?? (running && due && due < now ? clock.dueAt : null);
  const elapsed = (clock.elapsedMs + (running ? businessTime(calendar, running, now) : 0)) / MINUTE;
  const [pausedSince, metAt, stoppedAt] = [clock.pausedSince, clock.metAt, clock.stoppedAt].map(dateOf);
  return {
    metric: clock.metric,
    state: stateOf({
      pausedSince: pausedSince ?? null,
      metAt: metAt ?? null,
      stoppedAt: stoppedAt ?? null,
      breachedAt: dateOf(breachedAt),
    }),
    targetMinutes: clock.targetMinutes,
    elapsedMinutes: Math.round(elapsed * 100) / 100,
    remainingMinutes: Math.round((clock.targetMinutes - elapsed) * 100) / 100,
    startedAt: clock.startedAt as unknown as string,
    dueAt: clock.dueAt,
    pausedSince: clock.pausedSince,
    metAt: clock.metAt,
    breachedAt,
  };
}
