import { expect, test } from '@jest/globals';
import { askedOf } from './hub.shapes.js';

test('conditions that differ by their values alone become one', () => {
  const [shape, ...others] = askedOf([
    { text: 't.a = $1::uuid and t.b = any ($2::text[])', values: ['x', ['a', 'b"c', null]] },
    { text: 't.a = $1::uuid and t.b = any ($2::text[])', values: ['y', []] },
    { text: 'true', values: [] },
  ]);
  expect(shape).toEqual({
    text: 't.a = v.p[1]::uuid and t.b = any (v.p[2]::text[])',
    rows: [
      { at: 0, p: ['x', '{"a","b\\"c",null}'] },
      { at: 1, p: ['y', '{}'] },
    ],
  });
  expect(others).toEqual([{ text: 'true', rows: [{ at: 2, p: [] }] }]);
});
