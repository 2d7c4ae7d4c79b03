import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { newId } from '../../../platform/ids.js';
import { optionalLine, type Problems, report, throwAny } from '../../../platform/input.rules.js';
import type { Viewer } from '../../access/index.js';
import { organizationDay } from '../../access/index.js';
import { checkedNumber, PRICE } from '../catalogue/numbers.rules.js';
import { ContractStatus } from './contract.entity.js';
import { type LockedContract, lockContract, tellOrders, writeContract } from './contract.queries.js';
import { daysBefore, monthsAfter } from './contract.rules.js';
import { checkedDay } from './contract.service.js';
import type { CancelContractInput, RenewContractInput } from './contract-change.inputs.js';

/**
 * Gives notice. The contract ends with its term, or with the next one where it renews itself and it is too late for notice; or on the
 * day that was agreed.
 */
export async function cancelContract(
  tx: Tx,
  viewer: Viewer,
  input: CancelContractInput,
): Promise<{ contractId: string }> {
  const contract = await lockContract(tx, viewer, input.id, input.version);
  if (contract.status === ContractStatus.CANCELLED) throw invalid('id', 'Notice was given already.', 'NOT_ALLOWED');
  if (contract.status === ContractStatus.ENDED) throw invalid('id', 'It has ended.', 'NOT_ALLOWED');
  const problems: Problems = [];
  const reason = optionalLine(problems, 'reason', input.reason, 500);
  const agreed = checkedDay(problems, 'endsOn', input.endsOn);
  if (agreed && agreed < contract.startsOn) report(problems, 'endsOn', 'It cannot end before it begins.');
  throwAny(problems);
  const today = await organizationDay(tx);
  const { renewsOn } = contract;
  const isLate =
    !agreed && renewsOn !== null && contract.renewsItself && today > daysBefore(renewsOn, contract.noticeDays);
  const renewals = isLate ? await keepRenewal(tx, contract, contract.amount) : contract.renewals;
  const endsOn = agreed ?? (renewsOn ? termEnd(contract, renewals) : contract.endsOn!);
  await writeContract(tx, contract.id, {
    status: endsOn <= today ? ContractStatus.ENDED : ContractStatus.CANCELLED,
    renewals,
    ends_on: endsOn,
    renews_on: null,
    renews_itself: false,
    cancelled_at: new Date(),
    cancellation_reason: reason,
  });
  await tellOrders(tx, [contract.orderId]);
  return { contractId: contract.id };
}

/** Renews a contract for one more term: the one after the term that holds, and no further. */
export async function renewContract(
  tx: Tx,
  viewer: Viewer,
  input: RenewContractInput,
): Promise<{ contractId: string }> {
  const contract = await lockContract(tx, viewer, input.id, input.version);
  if (contract.status !== ContractStatus.ACTIVE || !contract.renewsOn)
    throw invalid('id', 'It has ended, or ends and is not renewed any more.', 'NOT_ALLOWED');
  const begun = monthsAfter(contract.startsOn, contract.termMonths * contract.renewals);
  if (begun > (await organizationDay(tx)))
    throw invalid('id', `It was renewed already: its term from ${begun} has not begun.`, 'NOT_ALLOWED');
  const problems: Problems = [];
  if (input.amount) {
    checkedNumber(problems, 'amount.amount', input.amount.amount, PRICE);
    if (input.amount.currency.trim().toUpperCase() !== contract.currency)
      report(problems, 'amount.currency', `The contract is in ${contract.currency}.`);
  }
  throwAny(problems);
  const amount = input.amount?.amount ?? contract.amount;
  const renewals = await keepRenewal(tx, contract, amount);
  await writeContract(tx, contract.id, { renewals, amount, renews_on: termEnd(contract, renewals) });
  await tellOrders(tx, [contract.orderId]);
  return { contractId: contract.id };
}

const termEnd = ({ startsOn, termMonths }: LockedContract, renewals: number): string =>
  monthsAfter(startsOn, termMonths * (renewals + 1));

/** Writes the next term down, once; answers how often it has been renewed then. */
async function keepRenewal(tx: Tx, contract: LockedContract, amount: string): Promise<number> {
  const renewals = contract.renewals + 1;
  await tx.query(
    `insert into contract_renewals (organization_id, id, contract_id, starts_on, until, amount, renewed_by) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (organization_id, contract_id, starts_on) do nothing`,
    [
      tx.scope.organizationId,
      newId(),
      contract.id,
      contract.renewsOn,
      termEnd(contract, renewals),
      amount,
      tx.scope.actor,
    ],
  );
  return renewals;
}
