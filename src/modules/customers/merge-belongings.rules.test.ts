import { describe, expect, test } from '@jest/globals';
import { everybodyOf, type Merge, type MergeRow } from './merge.rules.js';
import { planConsents, planContactPoints, planPreferences, planRelations } from './merge-belongings.rules.js';

const merge: Merge = { survivorId: 's', mergedIds: ['m', 'n'], choices: new Map() };
const point = (id: string, customer_id: string, value: string, rest: Partial<MergeRow> = {}): MergeRow => ({
  ...{ id, customer_id, kind: 'EMAIL', value, label: null, address: null, is_primary: false, verified_at: null },
  ...{ created_at: '2026-01-01T00:00:00+00:00', ...rest },
});

describe('contact points', () => {
  const primaryOf = (rows: MergeRow[]) =>
    planContactPoints(rows, merge)
      .rows.filter(row => row['is_primary'])
      .map(row => row.id);

  test('have one primary: the survivor’s, else that of the first who has one, also where it was folded', () => {
    const m = point('3', 'm', 'x', { is_primary: true });
    expect(primaryOf([point('1', 's', 'x'), point('2', 's', 'y', { is_primary: true }), m])).toEqual(['2']);
    expect(primaryOf([point('1', 's', 'x'), point('2', 's', 'y'), m])).toEqual(['1']);
    expect(primaryOf([point('4', 'n', 'z', { is_primary: true }), m])).toEqual(['3']);
    expect(primaryOf([point('4', 'n', 'z')])).toEqual(['4']);
  });

  test('are verified from the first moment at which one of them was', () => {
    const at = (second: string) => ({ verified_at: `2026-01-01T00:00:${second}+00:00` });
    const { rows, folded } = planContactPoints(
      [point('1', 's', 'x'), point('2', 'm', 'x', at('02')), point('3', 'n', 'x', at('01.5'))],
      merge,
    );
    expect(rows).toEqual([point('1', 's', 'x', { is_primary: true, ...at('01.5') })]);
    expect([...folded]).toEqual([
      ['2', '1'],
      ['3', '1'],
    ]);
  });
});

describe('ties', () => {
  const tie = (id: string, from: string, to: string, kind: string, rest: Partial<MergeRow> = {}): MergeRow => ({
    ...{ id, from_customer_id: from, to_customer_id: to, kind, detail: null, since: null, until: null },
    ...rest,
  });

  test('of a customer to itself are dropped, and what holds both ways is one, whoever it was said of', () => {
    const plan = planRelations(
      [
        tie('1', 'a', 's', 'FRIEND'),
        tie('2', 'a', 'm', 'FRIEND', { detail: 'school' }),
        tie('3', 'n', 'z', 'FRIEND'),
        tie('4', 'm', 'n', 'EMPLOYEE_OF'),
        tie('5', 'a', 'm', 'EMPLOYEE_OF'),
        tie('6', 's', 'a', 'EMPLOYEE_OF'),
      ],
      merge,
    );
    expect(plan.rows.sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual([
      tie('1', 'a', 's', 'FRIEND', { detail: 'school' }),
      tie('3', 's', 'z', 'FRIEND'),
      tie('5', 'a', 's', 'EMPLOYEE_OF'),
      tie('6', 's', 'a', 'EMPLOYEE_OF'),
    ]);
    expect([...plan.folded]).toEqual([['2', '1']]);
  });

  test('take a span as a whole from one of them', () => {
    const { rows } = planRelations(
      [
        tie('1', 's', 'x', 'EMPLOYEE_OF', { since: '2024-01-01' }),
        tie('2', 'm', 'x', 'EMPLOYEE_OF', { since: '2020-01-01', until: '2021-01-01' }),
      ],
      merge,
    );
    expect(rows).toEqual([tie('1', 's', 'x', 'EMPLOYEE_OF', { since: '2024-01-01' })]);
  });
});

describe('preferences', () => {
  const preference = (id: string, customer_id: string, key: string, value: string): MergeRow => ({
    ...{ id, customer_id, key, value },
  });
  const rows = [preference('1', 's', 'bread', 'dark'), preference('2', 'm', 'bread', 'white')];

  test('are those of whom somebody chose, who may have none', () => {
    const kept = (choice?: string) =>
      planPreferences(rows, { ...merge, choices: new Map(choice ? [['preferences.bread', choice]] : []) }).rows;
    expect(kept()).toEqual([rows[0]]);
    expect(kept('m')).toEqual([{ ...rows[1], customer_id: 's' }]);
    expect(kept('n')).toEqual([]);
  });
});

test('of consents the last word of anybody is told, with what others said last', () => {
  const said = (id: string, customer_id: string, state: string, recorded_at: string): MergeRow => ({
    ...{ id, customer_id, state, recorded_at, purpose: 'SERVICE', channel: 'SMS' },
  });
  const { rows, fields } = planConsents(
    [
      said('1', 'm', 'WITHDRAWN', '2026-01-02T00:00:00.5+00:00'),
      said('2', 's', 'GRANTED', '2026-01-02T00:00:00+00:00'),
      said('3', 's', 'WITHDRAWN', '2026-01-01T00:00:00+00:00'),
    ],
    merge,
  );
  expect(rows.map(row => row['customer_id'])).toEqual(['s', 's', 's']);
  expect(fields).toEqual([
    {
      field: 'consents.SERVICE.SMS',
      fromId: 'm',
      value: 'WITHDRAWN',
      conflict: true,
      givenUp: [{ customerId: 's', value: 'GRANTED' }],
    },
  ]);
  expect(everybodyOf(merge)).toEqual(['s', 'm', 'n']);
});
