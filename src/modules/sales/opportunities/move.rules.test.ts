import { describe, expect, test } from '@jest/globals';
import type { Problems } from '../../../platform/input.rules.js';
import { checkEntry, type EntryFacts } from './move.rules.js';
import { StageField } from './opportunity.kinds.rules.js';

const facts: EntryFacts = {
  stageId: 'a',
  amount: '100',
  currency: 'EUR',
  expectedCloseOn: '2026-12-01',
  nextStep: 'Call',
  contacts: 1,
  products: 1,
  competitors: 1,
};

function refused(stage: { requiredFields?: StageField[]; entryConditions?: object }, given: Partial<EntryFacts> = {}) {
  const problems: Problems = [];
  checkEntry(problems, { name: 'Proposal', requiredFields: [], entryConditions: {}, ...stage }, { ...facts, ...given });
  return problems.map(({ field, code }) => `${field} ${code}`);
}

describe('entering a stage', () => {
  test('is allowed to what has everything it asks for', () => {
    const entryConditions = { minAmount: '100.00', fromStageIds: ['a', 'b'] };
    expect(refused({ requiredFields: Object.values(StageField), entryConditions })).toEqual([]);
  });

  test('compares amounts exactly', () => {
    expect(refused({ entryConditions: { minAmount: '0.3' } }, { amount: '0.29999999999999999' })).toEqual([
      'amount NOT_ALLOWED',
    ]);
    expect(refused({ entryConditions: { minAmount: '0.3' } }, { amount: null })).toEqual(['amount REQUIRED']);
  });

  test('is refused from a stage that does not lead there', () => {
    expect(refused({ entryConditions: { fromStageIds: ['b'] } })).toEqual(['stageId NOT_ALLOWED']);
    expect(refused({ entryConditions: { fromStageIds: [] } })).toEqual([]);
  });
});
