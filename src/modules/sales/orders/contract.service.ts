import Big from 'big.js';
import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { newId } from '../../../platform/ids.js';
import { isCalendarDay, optionalLine, type Problems, report, throwAny } from '../../../platform/input.rules.js';
import { MOST_MONEY, roundMoney } from '../../../platform/money.js';
import type { Viewer } from '../../access/index.js';
import { nextNumber, organizationDay } from '../../access/index.js';
import { checkedCurrency, checkedNumber, PRICE, QUANTITY } from '../catalogue/numbers.rules.js';
import { pricesFor } from '../catalogue/pricing.service.js';
import { findNamed } from '../opportunities/named.queries.js';
import { ContractStatus } from './contract.entity.js';
import { lockContract, tellContracts, tellOrders, writeContract } from './contract.queries.js';
import { DEFAULT_TERM_MONTHS, monthsAfter } from './contract.rules.js';
import type { ContractFields, CreateContractInput, UpdateContractInput } from './contract-change.inputs.js';

const MOST_MONTHS = 120;
const MOST_NOTICE_DAYS = 366;

/**
 * Makes a contract. The product gives its name, billing period and price where they are not said. Throws InputError naming everything
 * that is wrong. One with the same `externalId` is answered as it is.
 */
export async function createContract(
  tx: Tx,
  viewer: Viewer,
  input: CreateContractInput,
): Promise<{ contractId: string }> {
  const problems: Problems = [];
  const fields = checkFields(problems, input);
  const externalId = optionalLine(problems, 'externalId', input.externalId, 200);
  const today = await organizationDay(tx);
  const startsOn = checkedDay(problems, 'startsOn', input.startsOn) ?? today;
  const endsOn = checkedDay(problems, 'endsOn', input.endsOn);
  if (endsOn && endsOn <= startsOn) report(problems, 'endsOn', 'It ends after it begins.');
  if (endsOn && input.renewsItself) report(problems, 'renewsItself', 'What ends by itself is not renewed.');
  const customerId = await findNamed(tx, viewer, problems, 'customer', input.customerId, 'customerId');
  const productId = await findNamed(tx, viewer, problems, 'product', input.productId, 'productId');
  const ownerId = await findNamed(tx, viewer, problems, 'member', input.ownerId, 'ownerId');
  throwAny(problems);

  const { product, amount, currency } = await priceOf(tx, problems, input, {
    customerId: customerId!,
    productId,
    startsOn,
  });
  const name = fields.name ?? product?.name;
  if (!name) report(problems, 'name', 'It must be given.', 'REQUIRED');
  const billingPeriod = input.billingPeriod ?? product?.billingPeriod;
  if (!billingPeriod) report(problems, 'billingPeriod', 'It must be given.', 'REQUIRED');
  throwAny(problems);

  if (externalId) {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `${tx.scope.organizationId}:contract:${externalId}`,
    ]);
    const [known] = await tx.query<{ id: string; customerId: string }>(
      'select id, customer_id as "customerId" from contracts where organization_id = $1 and external_id = $2',
      [tx.scope.organizationId, externalId],
    );
    if (known && known.customerId !== customerId)
      throw invalid('externalId', 'A contract of another customer has this id.', 'TAKEN');
    if (known) return { contractId: known.id };
  }
  const termMonths = input.termMonths ?? DEFAULT_TERM_MONTHS;
  const contractId = newId();
  await tx.query(
    `insert into contracts (organization_id, id, number, name, status, customer_id, product_id, quantity, amount, currency, billing_period,
                            starts_on, term_months, renews_on, ends_on, renews_itself, notice_days, owner_id, external_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
             coalesce($18, (select owner_id from customers where organization_id = $1 and id = $6)), $19)`,
    [
      tx.scope.organizationId,
      contractId,
      await nextNumber(tx, 'CONTRACT'),
      name,
      endsOn && endsOn <= today ? ContractStatus.ENDED : ContractStatus.ACTIVE,
      customerId,
      productId,
      input.quantity ?? '1',
      amount,
      currency,
      billingPeriod,
      startsOn,
      termMonths,
      endsOn ? null : monthsAfter(startsOn, termMonths),
      endsOn,
      !endsOn && (input.renewsItself ?? true),
      input.noticeDays ?? 0,
      ownerId,
      externalId,
    ],
  );
  await tellContracts(tx, [contractId]);
  return { contractId };
}

/** Changes what `input` says of a contract that has not ended. How long its terms are is settled once it was renewed. */
export async function updateContract(
  tx: Tx,
  viewer: Viewer,
  input: UpdateContractInput,
): Promise<{ contractId: string }> {
  const known = await lockContract(tx, viewer, input.id, input.version);
  if (known.status === ContractStatus.ENDED) throw invalid('id', 'It has ended.', 'NOT_ALLOWED');
  const problems: Problems = [];
  const { name } = checkFields(problems, input);
  if (input.name !== undefined && !name) report(problems, 'name', 'It must be given.', 'REQUIRED');
  if (input.amount && input.amount.currency.trim().toUpperCase() !== known.currency)
    report(problems, 'amount.currency', `The contract is in ${known.currency}.`);
  const isOther = input.termMonths != null && input.termMonths !== known.termMonths;
  if (isOther && (known.renewals > 0 || !known.renewsOn))
    report(problems, 'termMonths', 'It was renewed already, or is not renewed any more.', 'NOT_ALLOWED');
  if (input.renewsItself && !known.renewsOn)
    report(problems, 'renewsItself', 'It is not renewed any more.', 'NOT_ALLOWED');
  const ownerId = await findNamed(tx, viewer, problems, 'member', input.ownerId, 'ownerId');
  throwAny(problems);
  await writeContract(tx, known.id, {
    ...(name && { name }),
    ...(input.quantity != null && { quantity: input.quantity }),
    ...(input.amount && { amount: input.amount.amount }),
    ...(input.billingPeriod && { billing_period: input.billingPeriod }),
    ...(isOther && { term_months: input.termMonths, renews_on: monthsAfter(known.startsOn, input.termMonths!) }),
    ...(input.renewsItself != null && { renews_itself: input.renewsItself }),
    ...(input.noticeDays != null && { notice_days: input.noticeDays }),
    ...(input.ownerId !== undefined && { owner_id: ownerId }),
  });
  await tellOrders(tx, [known.orderId]);
  return { contractId: known.id };
}

/** What can be said without looking anything up. */
function checkFields(problems: Problems, input: ContractFields): { name: string | null } {
  const name = optionalLine(problems, 'name', input.name, 200);
  if (input.quantity != null) checkedNumber(problems, 'quantity', input.quantity, QUANTITY);
  if (input.amount) {
    checkedNumber(problems, 'amount.amount', input.amount.amount, PRICE);
    checkedCurrency(problems, 'amount.currency', input.amount.currency);
  }
  const { termMonths, noticeDays } = input;
  if (termMonths != null && (termMonths < 1 || termMonths > MOST_MONTHS))
    report(problems, 'termMonths', `It is from 1 to ${MOST_MONTHS} months.`);
  if (noticeDays != null && (noticeDays < 0 || noticeDays > MOST_NOTICE_DAYS))
    report(problems, 'noticeDays', `It is from 0 to ${MOST_NOTICE_DAYS} days.`);
  return { name };
}

/** A day that calendars know, far enough from their ends to count with; what is none is reported. */
export function checkedDay(problems: Problems, field: string, day: string | null | undefined): string | null {
  if (day == null) return null;
  if (isCalendarDay(day) && day >= '1900-01-01' && day <= '2999-12-31') return day;
  return report(problems, field, 'This is not a day between 1900 and 2999.');
}

interface Priced {
  product: { name: string; billingPeriod: string | null } | undefined;
  amount: string;
  currency: string;
}

async function priceOf(
  tx: Tx,
  problems: Problems,
  input: CreateContractInput,
  { customerId, productId, startsOn }: { customerId: string; productId: string | null; startsOn: string },
): Promise<Priced> {
  const [product] = productId
    ? await tx.query<{ name: string; billingPeriod: string | null }>(
        'select name, billing_period as "billingPeriod" from products where organization_id = $1 and id = $2',
        [tx.scope.organizationId, productId],
      )
    : [];
  if (input.amount)
    return { product, amount: input.amount.amount, currency: input.amount.currency.trim().toUpperCase() };
  const quantity = input.quantity ?? '1';
  const [price] = productId
    ? await pricesFor(tx, { customerId, currency: null, on: startsOn }, [{ productId, quantity }])
    : [];
  if (price?.unitPrice == null) {
    report(problems, 'amount', 'No price book says what it costs: it must be given.', 'REQUIRED');
    return { product, amount: '0', currency: price?.currency ?? '' };
  }
  const amount = roundMoney(Big(price.unitPrice).times(quantity), price.currency);
  if (amount.gt(MOST_MONEY)) report(problems, 'amount', 'It is more than can be kept.');
  return { product, amount: amount.toFixed(), currency: price.currency };
}
