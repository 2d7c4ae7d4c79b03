import { registerEnumType } from 'type-graphql';
import { AssignmentStrategy, AvailabilityStatus } from './assignment.rules.js';

registerEnumType(AssignmentStrategy, {
  name: 'AssignmentStrategy',
  description: 'Who of a queue gets its tickets.',
  valuesConfig: {
    MANUAL: { description: 'Whoever takes them.' },
    ROUND_ROBIN: { description: 'Each in turn.' },
    LEAST_BUSY: { description: 'Who has the fewest open tickets.' },
  },
});
registerEnumType(AvailabilityStatus, {
  name: 'AvailabilityStatus',
  description: 'Whether somebody is given new tickets.',
  valuesConfig: {
    AVAILABLE: { description: 'Yes.' },
    BUSY: { description: 'Not now: they work on those they have.' },
    AWAY: { description: 'Not now: they are not at their desk.' },
  },
});
