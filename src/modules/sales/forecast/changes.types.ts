import { ArgsType, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { CalendarDate, DateTime, Money, PageInfo, Reference } from '../../../platform/schema/index.js';
import { Opportunity } from '../opportunities/opportunity.entity.js';

export enum ForecastChangeKind {
  NEW = 'NEW',
  WON = 'WON',
  LOST = 'LOST',
  REOPENED = 'REOPENED',
  MOVED_IN = 'MOVED_IN',
  MOVED_OUT = 'MOVED_OUT',
  TRANSFERRED_IN = 'TRANSFERRED_IN',
  TRANSFERRED_OUT = 'TRANSFERRED_OUT',
  REMOVED = 'REMOVED',
  INCREASED = 'INCREASED',
  DECREASED = 'DECREASED',
  EXCHANGE_RATE = 'EXCHANGE_RATE',
  CATEGORY_UP = 'CATEGORY_UP',
  CATEGORY_DOWN = 'CATEGORY_DOWN',
  STAGE_UP = 'STAGE_UP',
  STAGE_DOWN = 'STAGE_DOWN',
  ODDS = 'ODDS',
}
registerEnumType(ForecastChangeKind, {
  name: 'ForecastChangeKind',
  description: 'Why a forecast says something else than it did.',
  valuesConfig: {
    NEW: { description: 'It was not there then.' },
    WON: { description: 'It was won.' },
    LOST: { description: 'It was lost.' },
    REOPENED: { description: 'It was closed, and is open again.' },
    MOVED_IN: { description: 'Its day was moved into these days.' },
    MOVED_OUT: { description: 'Its day was moved out of these days: most often it slipped.' },
    TRANSFERRED_IN: { description: 'It came to the owner, team or pipeline asked of.' },
    TRANSFERRED_OUT: { description: 'It went to another owner, team or pipeline.' },
    REMOVED: { description: 'It is no longer there.' },
    INCREASED: { description: 'Its amount was raised.' },
    DECREASED: { description: 'Its amount was lowered.' },
    EXCHANGE_RATE: { description: 'Its amount is the same, its currency is worth something else.' },
    CATEGORY_UP: { description: 'It counts for more: committed rather than best case, say.' },
    CATEGORY_DOWN: { description: 'It counts for less.' },
    STAGE_UP: { description: 'It went on in its pipeline.' },
    STAGE_DOWN: { description: 'It went back in its pipeline.' },
    ODDS: { description: 'It is as it was, but history says something else of its stage by now.' },
  },
});

@ArgsType()
export class ForecastChangesArgs {
  @Field(() => CalendarDate, { description: 'The first day.' })
  from: string;
  @Field(() => CalendarDate, { description: 'The last day, itself included.' })
  to: string;
  @Field(() => DateTime, { nullable: true, description: 'Since when; this or `snapshotId` is given.' })
  since?: Date;
  @Field(() => ID, { nullable: true, description: 'Since this snapshot, and from what it said.' })
  snapshotId?: string;
  @Field(() => DateTime, { nullable: true, description: 'Until when. The present unless said.' })
  asOf?: Date;
  @Field(() => ID, { nullable: true, description: 'Only what is this member’s.' })
  ownerId?: string;
  @Field(() => ID, { nullable: true, description: 'Only what is this team’s, its members’, or of a team below it.' })
  teamId?: string;
  @Field(() => ID, { nullable: true, description: 'Only this pipeline.' })
  pipelineId?: string;
}

@ObjectType({ description: 'Sums of a forecast, or how much they differ by.', simpleResolvers: true })
export class ForecastSums {
  @Field(() => Money, { description: 'What was won.' })
  won: Money;
  @Field(() => Money, { description: 'That, and what is committed.' })
  committed: Money;
  @Field(() => Money, { description: 'That, and what may be won at best.' })
  bestCase: Money;
  @Field(() => Money, { description: 'What was won, and what is open times its probability.' })
  weighted: Money;
  @Field(() => Money, { description: 'What was won and everything open, less what is left out of forecasts.' })
  pipeline: Money;
}

@ObjectType({ description: 'What one opportunity adds to a change, for one reason.', simpleResolvers: true })
export class ForecastChangeEdge {
  opportunityId: string;
  @Field({ description: 'Place of this row in the list; opaque.' })
  cursor: string;
  @Reference(() => Opportunity, 'opportunityId', {
    nullable: true,
    description: 'The opportunity; nothing where it is no longer there.',
  })
  node?: Opportunity;
  @Field(() => ForecastSums, { description: 'By how much it changes each sum.' })
  difference: ForecastSums;
}

@ObjectType({
  description: 'A page of opportunities that changed a forecast for one reason.',
  simpleResolvers: true,
})
export class ForecastChangePage {
  @Field(() => [ForecastChangeEdge], { description: 'The rows of this page, those that change most first.' })
  edges: ForecastChangeEdge[];
  @Field(() => PageInfo, { description: 'Where the page lies in the list.' })
  pageInfo: PageInfo;
}

@ObjectType({ description: 'One reason why a forecast changed.', simpleResolvers: true })
export class ForecastChange {
  @Field(() => ForecastChangeKind, { description: 'The reason.' })
  reason: ForecastChangeKind;
  @Field(() => Int, { description: 'How many opportunities.' })
  count: number;
  @Field(() => ForecastSums, { description: 'By how much they change each sum, together.' })
  difference: ForecastSums;
}

@ObjectType({
  description: 'How a forecast changed since a moment, and why: `before` and every difference add up to `after`.',
  simpleResolvers: true,
})
export class ForecastChanges {
  @Field({ description: 'The currency of its sums: the organisation’s, ISO 4217.' })
  currency: string;
  @Field(() => DateTime, { description: 'Since when.' })
  since: string;
  @Field(() => ForecastSums, { description: 'What was said then.' })
  before: ForecastSums;
  @Field(() => ForecastSums, { description: 'What is said now.' })
  after: ForecastSums;
  @Field(() => [ForecastChange], {
    description: 'Why they differ. An opportunity can be in several: raised and won, say.',
  })
  reasons: ForecastChange[];
}
