import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { eachPair, makeBlocks } from './blocking.js';
import { bestPartners, clusters } from './cluster.js';
import { levelsOf } from './comparison.js';
import { prepareComparison } from './comparisons.js';
import { learn } from './learning.js';
import { usualPrior } from './model.js';
import { customerRecord, identityRecord, PEOPLE_COLUMNS, PEOPLE_COMPARISONS } from './people.js';
import { makeScorer, scoreBlocks } from './scoring.js';
import { TableBuilder } from './table.js';

const NAME = PEOPLE_COMPARISONS.find(({ name }) => name === 'name')!;

function nameLevel(customer: string, displayName: string | null, handle = 'zzz'): string {
  const builder = new TableBuilder(PEOPLE_COLUMNS);
  builder.add(customerRecord({ displayName: customer }));
  builder.beginSecondSet();
  builder.add(identityRecord({ handle, displayName }));
  return levelsOf(NAME)[prepareComparison(builder.finish(), NAME).compare(0, 1)]!;
}

describe('names of a customer and of an identity', () => {
  test.each([
    ['María Pérez Gómez', 'Maria Perez Gomez', 'zzz', 'DOUBLE'],
    ['María Pérez Gómez', 'María Pérez', 'zzz', 'FULL'],
    ['José Pérez', 'Pepe Pérez', 'zzz', 'NICKNAME'],
    ['María Pérez', 'María Peerz', 'zzz', 'ALIKE'],
    ['María Pérez', 'M. Pérez', 'zzz', 'INITIAL'],
    ['María Pérez', 'María P.', 'zzz', 'CUT'],
    ['María Pérez', 'María', 'zzz', 'GIVEN'],
    ['María Pérez', 'María', 'maria_perez', 'HANDLE'],
    ['María Pérez', null, 'mariaperez_ve', 'HANDLE'],
    ['María Pérez', null, 'perez.maria', 'HANDLE'],
    ['María Pérez', null, 'mperez84', 'INITIAL'],
    ['José Luis Pérez', null, 'pepeperez', 'HANDLE'],
    ['María Pérez', 'Juan Pérez', 'mperez', 'OTHER_GIVEN'],
    ['María Pérez', 'María López', 'zzz', 'OTHER_SURNAME'],
    ['María Pérez Gómez', 'María Pérez Ruiz', 'zzz', 'OTHER_SURNAME'],
    ['María Pérez', 'Robert Smith', 'zzz', 'DIFFERENT'],
    ['María Pérez', null, 'bluewolf', 'MISSING'],
  ])('%s and %s (%s): %s', (customer, shown, handle, level) => {
    expect(nameLevel(customer, shown, handle)).toBe(level);
  });
});

test('a company has no name of a person, whatever its handles', () => {
  const builder = new TableBuilder(PEOPLE_COLUMNS);
  builder.add(
    customerRecord({ isCompany: true, displayName: 'Panificadora Alameda', emails: ['alameda@example.com'] }),
  );
  builder.beginSecondSet();
  builder.add(identityRecord({ handle: 'alameda', displayName: 'Alameda Pérez' }));
  expect(prepareComparison(builder.finish(), NAME).compare(0, 1)).toBe(0);
});

describe('blocks', () => {
  test('give each pair that shares a key once, and none that does not', () => {
    const value = fc.constantFrom('a', 'b', 'c', 'd');
    const record = fc.record({ one: fc.array(value, { maxLength: 3 }), two: fc.option(value, { nil: null }) });
    fc.assert(
      fc.property(fc.array(record, { maxLength: 25 }), fc.nat(25), (records, at) => {
        const builder = new TableBuilder([{ name: 'one', isList: true }, { name: 'two' }]);
        const split = Math.min(at, records.length);
        for (const [place, one] of records.entries()) {
          if (place === split && split > 0) builder.beginSecondSet();
          builder.add(one);
        }
        const table = builder.finish();
        const blocks = makeBlocks(table, [
          { parts: [{ column: 'one', by: 'value' }] },
          { parts: [{ column: 'two', by: 'value' }] },
        ]);
        const found: string[] = [];
        eachPair(blocks, table.split, { first: 0, step: 1 }, (a, b) => found.push(`${a}:${b}`));
        const expected: string[] = [];
        for (let a = 0; a < (table.split || records.length); a++) {
          for (let b = Math.max(a + 1, table.split); b < records.length; b++) {
            const [x, y] = [records[a]!, records[b]!];
            if (x.one.some(v => y.one.includes(v)) || (x.two !== null && x.two === y.two)) expected.push(`${a}:${b}`);
          }
        }
        expect(found.sort()).toEqual(expected.sort());
      }),
    );
  });

  test('that are too large are parted, and left out when that does not help', () => {
    const builder = new TableBuilder([{ name: 'name' }, { name: 'city' }]);
    for (let at = 0; at < 40; at++) builder.add({ name: 'perez', city: at < 4 ? 'lima' : 'quito' });
    const rules = [
      { parts: [{ column: 'name', by: 'value' as const }], refine: [{ column: 'city', by: 'value' as const }] },
    ];
    expect(makeBlocks(builder.finish(), rules, 100)).toMatchObject({ groups: 1, pairs: 6, leftOut: 1 });
  });
});

describe('what is learnt', () => {
  /** People of whom every second stands twice, with a rare and a common surname among them. */
  async function learnt() {
    const builder = new TableBuilder([{ name: 'surname' }, { name: 'code' }]);
    for (let at = 0; at < 400; at++) {
      const surname = at % 2 ? 'garcia' : `rare${Math.floor(at / 4)}`;
      builder.add({ surname, code: `c${at}` });
      if (at % 2) builder.add({ surname, code: at % 10 === 1 ? `d${at}` : `c${at}` });
    }
    const table = builder.finish();
    const specs = [
      { kind: 'text' as const, name: 'surname', column: 'surname', rarity: true },
      { kind: 'exact' as const, name: 'code', column: 'code' },
    ];
    const blocks = makeBlocks(table, [
      { parts: [{ column: 'code', by: 'value' }] },
      { parts: [{ column: 'surname', by: 'value' }] },
    ]);
    const model = await learn(table, specs, blocks, { prior: usualPrior(table.size) });
    return { table, blocks, model };
  }

  test('keeps the prior, and takes agreement on a rare value for more than on a common one', async () => {
    const { table, blocks, model } = await learnt();
    expect(model.prior).toBe(1 / table.size);
    const scorer = makeScorer(table, model);
    const records = [...Array(table.size).keys()];
    const surnames = table.columns['surname']!.values;
    const pairOf = (is: (count: number) => boolean) => {
      const { counts } = table.dictionaries['surname']!;
      for (const a of records) {
        for (const b of records) if (a < b && surnames[a] === surnames[b] && is(counts[surnames[a]!]!)) return [a, b];
      }
      throw new Error('There is none.');
    };
    const weight = ([a, b]: number[]) => scorer.explain(a!, b!).find(({ name }) => name === 'surname')!.weight;
    expect(weight(pairOf(count => count === 2))).toBeGreaterThan(weight(pairOf(count => count > 100)) + 3);
    const pairs = scoreBlocks(table, blocks, model, -20, { first: 0, step: 1 });
    for (let pair = 0; pair < pairs.a.length; pair++) {
      const total = scorer.explain(pairs.a[pair]!, pairs.b[pair]!).reduce((sum, one) => sum + one.weight, 0);
      expect(pairs.bits[pair]).toBeCloseTo(total + Math.log2(model.prior / (1 - model.prior)), 3);
    }
  });
});

describe('pairs', () => {
  const pairs = {
    a: Int32Array.of(0, 1, 3, 0),
    b: Int32Array.of(1, 2, 4, 5),
    bits: Float32Array.of(5, 3, -2, 9),
    compared: 4,
  };

  test('join into clusters where they are sure enough', () => {
    expect([...clusters(6, pairs, 0)]).toEqual([0, 0, 0, 3, 4, 0]);
    expect([...clusters(6, pairs, 4)]).toEqual([0, 0, 2, 3, 4, 0]);
  });

  test('leave each record its best partner', () => {
    expect(bestPartners(pairs, 'both')).toEqual([3, 1, 2]);
    expect(bestPartners(pairs, 'second')).toEqual([3, 0, 1, 2]);
  });
});
