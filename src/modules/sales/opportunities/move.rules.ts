import Big from 'big.js';
import { type Problems, report } from '../../../platform/input.rules.js';
import { printAmount } from '../../../platform/money.js';
import { StageField } from './opportunity.kinds.rules.js';
import type { Stage } from './stage.entity.js';

/** A stage as it decides who may enter. */
export type StageRow = Pick<
  Stage,
  'id' | 'pipelineId' | 'name' | 'names' | 'kind' | 'requiredFields' | 'entryConditions' | 'isActive'
>;

/** What is known of an opportunity that wants to enter a stage. */
export interface EntryFacts {
  /** Stored id of the stage it is in. */
  stageId: string;
  amount: string | null;
  currency: string;
  expectedCloseOn: string | null;
  nextStep: string | null;
  contacts: number;
  products: number;
  competitors: number;
}

const REQUIRED: Record<StageField, { field: string; what: string; isThere: (facts: EntryFacts) => boolean }> = {
  [StageField.AMOUNT]: { field: 'amount', what: 'what it is worth', isThere: ({ amount }) => amount !== null },
  [StageField.EXPECTED_CLOSE_ON]: {
    field: 'expectedCloseOn',
    what: 'the day it is expected to be decided',
    isThere: ({ expectedCloseOn }) => expectedCloseOn !== null,
  },
  [StageField.NEXT_STEP]: { field: 'nextStep', what: 'the next step', isThere: ({ nextStep }) => nextStep !== null },
  [StageField.CONTACTS]: { field: 'contacts', what: 'a contact', isThere: ({ contacts }) => contacts > 0 },
  [StageField.PRODUCTS]: { field: 'products', what: 'a product', isThere: ({ products }) => products > 0 },
  [StageField.COMPETITORS]: {
    field: 'competitors',
    what: 'a competitor',
    isThere: ({ competitors }) => competitors > 0,
  },
};

export type EnteredStage = Pick<StageRow, 'name' | 'requiredFields' | 'entryConditions'>;

/** Reports, one by one, everything that keeps an opportunity from entering a stage. */
export function checkEntry(problems: Problems, stage: EnteredStage, facts: EntryFacts): void {
  for (const required of stage.requiredFields) {
    const { field, what, isThere } = REQUIRED[required];
    if (!isThere(facts)) report(problems, field, `The stage “${stage.name}” asks for ${what}.`, 'REQUIRED');
  }
  const { minAmount, fromStageIds } = stage.entryConditions;
  if (minAmount && facts.amount !== null && Big(facts.amount).lt(minAmount)) {
    const least = printAmount(minAmount, facts.currency);
    report(problems, 'amount', `The stage “${stage.name}” takes what is worth ${least} or more.`, 'NOT_ALLOWED');
  }
  if (minAmount && facts.amount === null && !stage.requiredFields.includes(StageField.AMOUNT))
    report(problems, 'amount', `The stage “${stage.name}” asks for what it is worth.`, 'REQUIRED');
  if (fromStageIds?.length && !fromStageIds.includes(facts.stageId))
    report(problems, 'stageId', `The stage “${stage.name}” is not entered from where it is.`, 'NOT_ALLOWED');
}
