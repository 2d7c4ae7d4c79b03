import { expect, test } from '@jest/globals';
import { v4, v7 } from 'uuid';
import { UuidNumbers } from './uuid.numbers.js';

const viewOf = (uuid: string): DataView => {
  const bytes = Uint8Array.from(Buffer.from(uuid.replaceAll('-', ''), 'hex'));
  return new DataView(bytes.buffer);
};

test('UUIDs are numbered in the order they are met, once each, and found again by either', () => {
  const numbers = new UuidNumbers();
  const uuids = Array.from({ length: 5000 }, (_, at) => (at % 3 === 0 ? v4() : v7()));
  for (const round of [1, 2]) {
    const found = uuids.map(uuid => numbers.numberOf(viewOf(uuid), 0));
    expect({ round, found }).toEqual({ round, found: uuids.map((_, at) => at) });
  }
  expect(numbers.count).toBe(5000);
  expect(uuids.map((_, at) => numbers.text(at))).toEqual(uuids);
  expect(numbers.find(viewOf(uuids[4321]!), 0)).toBe(4321);
  expect(numbers.find(viewOf(v4()), 0)).toBe(-1);
});

test('UUIDs that differ in one bit only are told apart', () => {
  const numbers = new UuidNumbers();
  const uuids = Array.from({ length: 128 }, (_, bit) =>
    ((1n << 127n) | (1n << BigInt(bit))).toString(16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
  );
  for (const uuid of uuids) numbers.numberOf(viewOf(uuid), 0);
  expect(numbers.count).toBe(new Set(uuids).size);
});
