import { describe, expect, test } from '@jest/globals';
import { TicketStatus } from '../tickets/ticket.states.rules.js';
import { afterLoss, afterRecovery, afterRelease, isLost, isMishap, isSaid } from './turn.rules.js';

const { NEW, OPEN, PENDING, ON_HOLD, SOLVED, CLOSED } = TicketStatus;

describe('a ticket whose answer is lost', () => {
  test.each([
    // Stands, the answer moved it from, to, what became of the answer, the customer waits, stands then.
    [PENDING, OPEN, PENDING, 'FAILED', true, OPEN],
    [SOLVED, OPEN, SOLVED, 'FAILED', true, OPEN],
    [CLOSED, OPEN, PENDING, 'REJECTED', true, OPEN],
    [PENDING, OPEN, PENDING, 'FAILED', false, OPEN],
    [ON_HOLD, OPEN, PENDING, 'FAILED', true, ON_HOLD],
    [PENDING, NEW, PENDING, 'CANCELLED', true, NEW],
    [PENDING, ON_HOLD, PENDING, 'CANCELLED', true, ON_HOLD],
    [PENDING, OPEN, PENDING, 'CANCELLED', false, PENDING],
    [PENDING, PENDING, PENDING, 'CANCELLED', true, OPEN],
    [CLOSED, OPEN, PENDING, 'CANCELLED', true, CLOSED],
    [OPEN, NEW, PENDING, 'CANCELLED', true, OPEN],
  ])(
    'stands at %s, moved from %s to %s by what was %s (waiting: %s), and then at %s',
    (status, before, after, state, isWaiting, then) => {
      expect(afterLoss(status, { state, before, after }, isWaiting)).toBe(then);
    },
  );
});

describe('a ticket whose answer is on its way after all', () => {
  test.each([
    [OPEN, PENDING, false, PENDING],
    [OPEN, SOLVED, false, PENDING],
    [OPEN, PENDING, true, OPEN],
    [CLOSED, PENDING, false, CLOSED],
    [ON_HOLD, PENDING, false, ON_HOLD],
  ])('stands at %s, moved to %s by it (waiting: %s), and then at %s', (status, after, isWaiting, then) => {
    expect(afterRecovery(status, { after }, isWaiting)).toBe(then);
  });
});

describe('a ticket whose answer was held and goes out', () => {
  test.each([
    // Stood, is to stand then, stands by now, the customer waits for another answer, stands then.
    [OPEN, PENDING, OPEN, false, PENDING],
    [OPEN, SOLVED, OPEN, false, SOLVED],
    [NEW, CLOSED, OPEN, false, CLOSED],
    [SOLVED, OPEN, SOLVED, false, OPEN],
    [OPEN, SOLVED, OPEN, true, OPEN],
    [OPEN, PENDING, ON_HOLD, false, ON_HOLD],
    [OPEN, PENDING, CLOSED, false, CLOSED],
    [PENDING, SOLVED, OPEN, false, OPEN],
  ])(
    'stood at %s, is to be moved to %s by it, stands at %s (waiting: %s), and then at %s',
    (before, after, status, isWaiting, then) => {
      expect(afterRelease(status, { before, after }, isWaiting)).toBe(then);
    },
  );

  test('waits for the customer when it was written elsewhere', () => {
    expect([OPEN, NEW, ON_HOLD, SOLVED].map(status => afterRelease(status, null, false))).toEqual([
      PENDING,
      PENDING,
      ON_HOLD,
      SOLVED,
    ]);
  });
});

test('an answer is said once it is neither held nor lost', () => {
  expect([
    isSaid('QUEUED', false),
    isSaid('SCHEDULED', false),
    isSaid('SCHEDULED', true),
    isSaid('FAILED', false),
  ]).toEqual([true, true, false, false]);
});

test('taking an answer back is no mishap, though its customer does not get it', () => {
  expect([isLost('CANCELLED'), isMishap('CANCELLED'), isMishap('FAILED'), isLost('SENT')]).toEqual([
    true,
    false,
    true,
    false,
  ]);
});
