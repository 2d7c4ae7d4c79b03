import { registerEnumType } from 'type-graphql';

export enum OpportunityStatus {
  OPEN = 'OPEN',
  WON = 'WON',
  LOST = 'LOST',
}
registerEnumType(OpportunityStatus, {
  name: 'OpportunityStatus',
  description: 'Whether an opportunity is still open, and how it ended.',
  valuesConfig: {
    OPEN: { description: 'Nothing is decided yet.' },
    WON: { description: 'They bought.' },
    LOST: { description: 'They did not buy, or not from us.' },
  },
});

export enum CloseOutcome {
  WON = 'WON',
  LOST = 'LOST',
}
registerEnumType(CloseOutcome, {
  name: 'CloseOutcome',
  description: 'How an opportunity ends.',
  valuesConfig: {
    WON: { description: 'They bought.' },
    LOST: { description: 'They did not buy, or not from us.' },
  },
});

export enum ForecastCategory {
  PIPELINE = 'PIPELINE',
  BEST_CASE = 'BEST_CASE',
  COMMITTED = 'COMMITTED',
  OMITTED = 'OMITTED',
}
registerEnumType(ForecastCategory, {
  name: 'ForecastCategory',
  description: 'How sure those who sell are that something will be won.',
  valuesConfig: {
    PIPELINE: { description: 'It may be won.' },
    BEST_CASE: { description: 'It is won when things go well.' },
    COMMITTED: { description: 'It is promised.' },
    OMITTED: { description: 'It is left out of forecasts.' },
  },
});

export enum StageField {
  AMOUNT = 'AMOUNT',
  EXPECTED_CLOSE_ON = 'EXPECTED_CLOSE_ON',
  NEXT_STEP = 'NEXT_STEP',
  CONTACTS = 'CONTACTS',
  PRODUCTS = 'PRODUCTS',
  COMPETITORS = 'COMPETITORS',
}
registerEnumType(StageField, {
  name: 'StageField',
  description: 'What a stage may ask of an opportunity before it enters.',
  valuesConfig: {
    AMOUNT: { description: 'What it is worth.' },
    EXPECTED_CLOSE_ON: { description: 'The day it is expected to be decided.' },
    NEXT_STEP: { description: 'What is to be done next.' },
    CONTACTS: { description: 'At least one contact.' },
    PRODUCTS: { description: 'At least one product.' },
    COMPETITORS: { description: 'At least one competitor.' },
  },
});

export enum OpportunityContactRole {
  DECISION_MAKER = 'DECISION_MAKER',
  ECONOMIC_BUYER = 'ECONOMIC_BUYER',
  INFLUENCER = 'INFLUENCER',
  CHAMPION = 'CHAMPION',
  USER = 'USER',
  EVALUATOR = 'EVALUATOR',
  BLOCKER = 'BLOCKER',
  OTHER = 'OTHER',
}
registerEnumType(OpportunityContactRole, {
  name: 'OpportunityContactRole',
  description: 'What part somebody has in a decision to buy.',
  valuesConfig: {
    DECISION_MAKER: { description: 'Decides.' },
    ECONOMIC_BUYER: { description: 'Holds the budget.' },
    INFLUENCER: { description: 'Is listened to by those who decide.' },
    CHAMPION: { description: 'Speaks for us inside.' },
    USER: { description: 'Will work with it.' },
    EVALUATOR: { description: 'Compares what is offered.' },
    BLOCKER: { description: 'Is against it.' },
    OTHER: { description: 'Has another part.' },
  },
});
