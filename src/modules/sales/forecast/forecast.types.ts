import { ArgsType, Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { CalendarDate, DateTime, Money } from '../../../platform/schema/index.js';
import { ForecastInterval } from './period.rules.js';

export enum ForecastMethod {
  NAIVE = 'NAIVE',
  LEVEL = 'LEVEL',
  DAMPED_TREND = 'DAMPED_TREND',
  DAMPED_SEASONAL = 'DAMPED_SEASONAL',
}
registerEnumType(ForecastMethod, {
  name: 'ForecastMethod',
  description: 'How a statistical forecast goes on from the past.',
  valuesConfig: {
    NAIVE: { description: 'As the last period.' },
    LEVEL: { description: 'At a level that is smoothed over the past.' },
    DAMPED_TREND: { description: 'With a trend that slowly levels off.' },
    DAMPED_SEASONAL: { description: 'With such a trend, and what returns every year.' },
  },
});

export enum NoForecastReason {
  TOO_LITTLE_HISTORY = 'TOO_LITTLE_HISTORY',
}
registerEnumType(NoForecastReason, {
  name: 'NoForecastReason',
  description: 'Why there is no statistical forecast.',
  valuesConfig: {
    TOO_LITTLE_HISTORY: {
      description: 'Fewer than eight completed periods since the first that something was won in.',
    },
  },
});

export enum UnconvertedSubject {
  OPPORTUNITY = 'OPPORTUNITY',
  TARGET = 'TARGET',
}
registerEnumType(UnconvertedSubject, {
  name: 'UnconvertedSubject',
  description: 'What an amount without an exchange rate is of.',
  valuesConfig: {
    OPPORTUNITY: { description: 'Opportunities.' },
    TARGET: { description: 'Targets.' },
  },
});

@ArgsType()
export class ForecastArgs {
  @Field(() => CalendarDate, { description: 'A day in the first period.' })
  from: string;

  @Field(() => CalendarDate, { description: 'A day in the last period; 120 periods at most.' })
  to: string;

  @Field(() => ForecastInterval, { defaultValue: ForecastInterval.MONTH, description: 'How long each period is.' })
  period: ForecastInterval;

  @Field(() => ID, { nullable: true, description: 'Only what is this member’s.' })
  ownerId?: string;

  @Field(() => ID, { nullable: true, description: 'Only what is this team’s, its members’, or of a team below it.' })
  teamId?: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Only this pipeline. Targets are not told then: they are for all of them.',
  })
  pipelineId?: string;

  @Field(() => DateTime, {
    nullable: true,
    description: 'What would have been said at this moment, from what was known then. The present unless said.',
  })
  asOf?: Date;
}

@ObjectType({
  description: 'What the past lets expect of a period, whatever is in the pipelines.',
  simpleResolvers: true,
})
export class StatisticalRange {
  @Field(() => Money, { description: 'What will be won, most likely; no less than was won already.' })
  expected: Money;
  @Field(() => Money, { description: 'The lower end of the interval.' })
  low: Money;
  @Field(() => Money, { description: 'The upper end of the interval.' })
  high: Money;
  @Field(() => Float, { description: 'The share of past periods that such an interval held, 0 to 1.' })
  level: number;
}

@ObjectType({ description: 'What is said of one period, in the organisation’s currency.', simpleResolvers: true })
export class ForecastPeriod {
  @Field(() => CalendarDate, { description: 'Its first day.' })
  start: string;
  @Field(() => CalendarDate, { description: 'Its last day, itself included.' })
  end: string;
  @Field(() => Money, { description: 'What was won in it.' })
  won: Money;
  @Field(() => Money, { description: 'What was won, and what is committed and expected to be closed in it.' })
  committed: Money;
  @Field(() => Money, { description: 'That, and what may be won at best.' })
  bestCase: Money;
  @Field(() => Money, {
    description:
      'What was won, and what is open and expected to be closed in it, each amount times the probability of its stage (see `stageConversion`).',
  })
  weighted: Money;
  @Field(() => Money, {
    nullable: true,
    description:
      'What is to be won: the target of whom the forecast is of, by days where its period is another one; where there is none, those below add up. Only what the viewer may see.',
  })
  target: Money | null;
  @Field(() => StatisticalRange, {
    nullable: true,
    description:
      'What the past lets expect. Nothing for past periods, for ones too far ahead to be checked, and with too little history.',
  })
  statistical: StatisticalRange | null;
}

@ObjectType({ description: 'Amounts that are in no sum, for want of an exchange rate.', simpleResolvers: true })
export class UnconvertedAmount {
  @Field(() => UnconvertedSubject, { description: 'What they are of.' })
  subject: UnconvertedSubject;
  @Field({ description: 'Their currency, ISO 4217.' })
  currency: string;
  @Field(() => Money, { description: 'Their sum in it.' })
  amount: Money;
  @Field(() => Int, { description: 'How many there are.' })
  count: number;
}

@ObjectType({ description: 'Open opportunities that are added up.', simpleResolvers: true })
export class OpenAmount {
  @Field(() => Money, { description: 'Their sum.' })
  amount: Money;
  @Field(() => Int, { description: 'How many there are.' })
  count: number;
}

@ObjectType({
  description: 'How well the statistical forecast would have foretold the latest periods.',
  simpleResolvers: true,
})
export class ForecastBacktest {
  @Field(() => Money, { description: 'How far off it was on average, one period ahead (mean absolute error).' })
  error: Money;
  @Field(() => Money, { description: 'The same of saying the last period again.' })
  naiveError: Money;
  @Field(() => Float, {
    nullable: true,
    description: 'Mean absolute scaled error: below 1 is better than naive. Nothing where the past never changed.',
  })
  mase: number | null;
  @Field(() => Int, { description: 'How many periods were foretold from those before them.' })
  periods: number;
}

@ObjectType({ description: 'What is expected to be sold, of what the viewer may see.', simpleResolvers: true })
export class Forecast {
  @Field({ description: 'The currency of its sums: the organisation’s, ISO 4217.' })
  currency: string;
  @Field(() => [ForecastPeriod], { description: 'The whole periods that `from` and `to` lie in, and those between.' })
  periods: ForecastPeriod[];
  @Field(() => [UnconvertedAmount], {
    description: 'What is in none of these sums because its currency has no exchange rate.',
  })
  unconverted: UnconvertedAmount[];
  @Field(() => OpenAmount, { description: 'Open ones that nobody has said a day of: they are in no period.' })
  undated: OpenAmount;
  @Field(() => OpenAmount, {
    description: 'Open ones whose expected day has passed; where that day is in a period, they are in it, too.',
  })
  overdue: OpenAmount;
  @Field(() => ForecastMethod, { nullable: true, description: 'How the statistical forecast goes on from the past.' })
  method: ForecastMethod | null;
  @Field(() => ForecastBacktest, { nullable: true, description: 'How far that can be trusted.' })
  backtest: ForecastBacktest | null;
  @Field(() => NoForecastReason, { nullable: true, description: 'Why there is no statistical forecast.' })
  statisticalReason: NoForecastReason | null;
}
