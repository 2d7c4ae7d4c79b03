import { registerEnumType } from 'type-graphql';

export enum TouchKind {
  ORIGIN = 'ORIGIN',
  SAID = 'SAID',
  ANSWERED = 'ANSWERED',
  INFLUENCED = 'INFLUENCED',
  MET = 'MET',
}
registerEnumType(TouchKind, {
  name: 'TouchKind',
  description: 'How something that was said or done touched a buyer.',
  valuesConfig: {
    ORIGIN: { description: 'The opportunity, or the lead before it, came of it.' },
    SAID: { description: 'The buyer, or a contact, said it.' },
    ANSWERED: { description: 'We said it to them.' },
    INFLUENCED: { description: 'Somebody else said it, and they answered or passed it on.' },
    MET: { description: 'We called, met or visited them, or did so about the opportunity.' },
  },
});

export enum TouchPosition {
  ONLY = 'ONLY',
  FIRST = 'FIRST',
  MIDDLE = 'MIDDLE',
  LAST = 'LAST',
}
registerEnumType(TouchPosition, {
  name: 'TouchPosition',
  description: 'Where a touch comes among those of its opportunity.',
  valuesConfig: {
    ONLY: { description: 'There is no other.' },
    FIRST: { description: 'Before all others.' },
    MIDDLE: { description: 'In between.' },
    LAST: { description: 'After all others.' },
  },
});

export enum AttributionModel {
  FIRST_TOUCH = 'FIRST_TOUCH',
  LAST_TOUCH = 'LAST_TOUCH',
  LINEAR = 'LINEAR',
  POSITION_BASED = 'POSITION_BASED',
}
registerEnumType(AttributionModel, {
  name: 'AttributionModel',
  description: 'Which touches what was won is put down to.',
  valuesConfig: {
    FIRST_TOUCH: { description: 'The first one gets all of it.' },
    LAST_TOUCH: { description: 'The last one gets all of it.' },
    LINEAR: { description: 'All get the same.' },
    POSITION_BASED: {
      description: 'The first and the last get two fifths each, those in between the rest; of two, each gets half.',
    },
  },
});

export enum AttributionDimension {
  NETWORK = 'NETWORK',
  SOURCE = 'SOURCE',
  AUTHOR = 'AUTHOR',
  KIND = 'KIND',
}
registerEnumType(AttributionDimension, {
  name: 'AttributionDimension',
  description: 'What what was won is summed up by.',
  valuesConfig: {
    NETWORK: { description: 'The network it was said on.' },
    SOURCE: { description: 'The source that brought it to us.' },
    AUTHOR: { description: 'Who said it.' },
    KIND: { description: 'How it touched the buyer.' },
  },
});
