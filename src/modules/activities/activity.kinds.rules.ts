import { registerEnumType } from 'type-graphql';

export enum ActivityKind {
  TASK = 'TASK',
  CALL = 'CALL',
  MEETING = 'MEETING',
  VISIT = 'VISIT',
}
registerEnumType(ActivityKind, {
  name: 'ActivityKind',
  description: 'What somebody has to do.',
  valuesConfig: {
    TASK: { description: 'Something to be done until a moment, or at any time.' },
    CALL: { description: 'A telephone or video call.' },
    MEETING: { description: 'A meeting.' },
    VISIT: { description: 'A visit, where one checks in on arriving.' },
  },
});

export enum ActivityStatus {
  OPEN = 'OPEN',
  DONE = 'DONE',
  CANCELLED = 'CANCELLED',
}
registerEnumType(ActivityStatus, {
  name: 'ActivityStatus',
  description: 'Where an activity stands.',
  valuesConfig: {
    OPEN: { description: 'It is still to be done.' },
    DONE: { description: 'It was done.' },
    CANCELLED: { description: 'It does not take place.' },
  },
});

export enum ActivityPriority {
  LOW = 'LOW',
  NORMAL = 'NORMAL',
  HIGH = 'HIGH',
  URGENT = 'URGENT',
}
registerEnumType(ActivityPriority, {
  name: 'ActivityPriority',
  description: 'How much an activity matters.',
  valuesConfig: {
    LOW: { description: 'When there is time.' },
    NORMAL: { description: 'As planned.' },
    HIGH: { description: 'Before others.' },
    URGENT: { description: 'Now.' },
  },
});

export enum ActivityScope {
  THIS = 'THIS',
  FOLLOWING = 'FOLLOWING',
}
registerEnumType(ActivityScope, {
  name: 'ActivityScope',
  description: 'How much of a series is meant.',
  valuesConfig: {
    THIS: { description: 'This one alone.' },
    FOLLOWING: { description: 'This one and all of its series after it that are still open.' },
  },
});
