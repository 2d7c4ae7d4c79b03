import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Progress, type ReplyReceipt, withReceipt } from './receipt.rules.js';
import { ReplyState } from './reply.states.rules.js';

const sent: Progress = {
  state: ReplyState.SENT,
  sentAt: new Date('2026-11-01T10:00:00Z'),
  deliveredAt: null,
  readAt: null,
  failure: null,
};
const receipt = (state: ReplyReceipt['state'], minute: number): ReplyReceipt => ({
  ref: { id: '1' },
  state,
  at: new Date(`2026-11-01T10:0${minute}:00Z`),
});

test('receipts in any order, and however often, come to the same end', () => {
  const some = fc.array(
    fc.tuple(fc.constantFrom('sent', 'delivered', 'read', 'failed'), fc.integer({ min: 0, max: 9 })),
  );
  const receipts = some.map(all => all.map(([state, minute]) => receipt(state as ReplyReceipt['state'], minute)));
  const orders = receipts.chain(all =>
    fc.tuple(fc.shuffledSubarray(all, { minLength: all.length }), fc.shuffledSubarray(all, { minLength: all.length })),
  );
  fc.assert(
    fc.property(orders, ([one, other]) => {
      const { failure: _one, ...first } = one.reduce(withReceipt, sent);
      const { failure: _other, ...second } = [...other, ...other].reduce(withReceipt, sent);
      expect(second).toEqual(first);
    }),
  );
});

test('what was read was delivered, and a failure told later does not undo that', () => {
  const read = [receipt('read', 3), receipt('delivered', 2), receipt('failed', 4)].reduce(withReceipt, sent);
  expect(read).toMatchObject({ state: 'READ', deliveredAt: receipt('delivered', 2).at, failure: null });
  expect([receipt('failed', 1), receipt('delivered', 2)].reduce(withReceipt, sent)).toMatchObject({
    state: 'DELIVERED',
    failure: null,
  });
});

test('what was deleted or cancelled stays so', () => {
  const deleted = { ...sent, state: ReplyState.DELETED };
  expect(withReceipt(deleted, receipt('read', 1))).toBe(deleted);
});
