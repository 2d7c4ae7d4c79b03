import { registerEnumType } from 'type-graphql';
import { ClockState } from './clock.rules.js';
import { EscalationTrigger } from './escalation.rules.js';
import { SlaMetric } from './history.rules.js';
import { Weekday } from './hours.rules.js';

registerEnumType(Weekday, {
  name: 'Weekday',
  description: 'A day of the week.',
  valuesConfig: {
    MONDAY: { description: 'Monday.' },
    TUESDAY: { description: 'Tuesday.' },
    WEDNESDAY: { description: 'Wednesday.' },
    THURSDAY: { description: 'Thursday.' },
    FRIDAY: { description: 'Friday.' },
    SATURDAY: { description: 'Saturday.' },
    SUNDAY: { description: 'Sunday.' },
  },
});
registerEnumType(SlaMetric, {
  name: 'SlaMetric',
  description: 'What is promised about a ticket.',
  valuesConfig: {
    FIRST_RESPONSE: { description: 'The time until the first answer of a person of ours goes out.' },
    NEXT_RESPONSE: {
      description: 'The time until a person of ours answers what the customer says later, each time anew.',
    },
    RESOLUTION: { description: 'The time until it is solved, without the time in which we wait for the customer.' },
  },
});
registerEnumType(ClockState, {
  name: 'SlaClockState',
  description: 'How it goes with a promise.',
  valuesConfig: {
    RUNNING: { description: 'The time runs, in open hours.' },
    PAUSED: { description: 'It stands still while we wait for somebody else.' },
    MET: { description: 'It was kept.' },
    BREACHED: { description: 'It ran out, whether what was promised came later or is still to come.' },
    STOPPED: { description: 'It was not needed any more.' },
  },
});
registerEnumType(EscalationTrigger, {
  name: 'EscalationTrigger',
  description: 'What an escalation rule waits for.',
  valuesConfig: {
    BEFORE_DUE: { description: 'A promised time runs out in so many minutes.' },
    AFTER_DUE: { description: 'A promised time ran out so many minutes ago, and what was promised has not come.' },
    UNASSIGNED: { description: 'Nobody has looked after it for so many minutes.' },
    UNTOUCHED: { description: 'None of us has answered it, noted something or changed it for so many minutes.' },
  },
});
