import Big from 'big.js';
import type { Tx } from '../../../platform/database/database.js';
import { InputError, invalid } from '../../../platform/errors.js';
import { newId, publicId, storedId } from '../../../platform/ids.js';
import { type Problems, report, throwAny } from '../../../platform/input.rules.js';
import { MOST_MONEY } from '../../../platform/money.js';
import type { Viewer } from '../../access/index.js';
import { nextNumber } from '../../access/index.js';
import { documentTotals } from '../documents/totals.rules.js';
import { fittingLanguage } from './document/quote.words.js';
import type { CreateQuoteItem, ReviseQuoteInput, UpdateQuoteInput } from './quote.inputs.js';
import { changeQuote, type LockedQuote, lockQuote, readLines, tellOfQuotes } from './quote.queries.js';
import { QuoteStatus, REVISABLE } from './quote.states.rules.js';
import { cleanFields, type QuoteValues } from './quote-fields.service.js';
import { findCustomer, findOpportunity, type QuotedOpportunity, readQuoteSettings } from './quote-ground.queries.js';
import type { QuoteLineInput } from './quote-line.inputs.js';
import { effectiveDiscount, type PreparedLine } from './quote-line.rules.js';
import { prepareLines } from './quote-line.service.js';

const VALID_DAYS = 30;

/** Writes a quote as a draft. Throws InputError naming everything that is wrong. Answers its stored id. */
export async function createQuote(tx: Tx, viewer: Viewer, input: CreateQuoteItem): Promise<{ quoteId: string }> {
  const settings = await readQuoteSettings(tx);
  const problems: Problems = [];
  const opportunity = input.opportunityId ? await findOpportunity(tx, viewer, input.opportunityId) : undefined;
  if (input.opportunityId && !opportunity)
    report(problems, 'opportunityId', 'There is no such opportunity, or you may not see it.', 'NOT_FOUND');
  const customer = await customerOf(tx, viewer, problems, input, opportunity);
  const values = await cleanFields(tx, viewer, problems, input, settings.today);
  if (!customer) throw new InputError(problems);

  const language = values.language ?? fitting(customer.language) ?? fitting(settings.language) ?? 'en';
  const prepared = await prepareLines(tx, viewer, problems, input.lines ?? linesOf(opportunity), {
    customerId: customer.id,
    currency: input.currency ?? opportunity?.currency ?? null,
    fallbackCurrency: settings.currency,
    on: settings.today,
    language,
  });
  throwAny(problems);
  const { totals, lines } = addUp(prepared.lines, prepared.currency, values.discountPercent ?? '0');
  const quoteId = newId();
  await insertQuote(tx, {
    id: quoteId,
    number: await nextNumber(tx, 'QUOTE'),
    customer_id: customer.id,
    opportunity_id: opportunity?.id ?? null,
    price_book_id: prepared.priceBookId,
    currency: prepared.currency,
    language,
    title: values.title ?? null,
    terms: values.terms ?? null,
    valid_until: values.validUntil ?? daysAfter(settings.today, VALID_DAYS),
    discount_percent: values.discountPercent ?? '0',
    owner_id: values.ownerId === undefined ? (opportunity?.ownerId ?? viewer.memberId ?? null) : values.ownerId,
    team_id: values.teamId === undefined ? (opportunity?.teamId ?? null) : values.teamId,
    ...totals,
  });
  await insertLines(tx, quoteId, lines);
  await tellOfQuotes(tx, [quoteId]);
  return { quoteId };
}

/** Changes a draft. A `version` that is not the present one is a CONFLICT. */
export async function updateQuote(tx: Tx, viewer: Viewer, input: UpdateQuoteInput): Promise<{ quoteId: string }> {
  const quote = await lockQuote(tx, viewer, input);
  if (quote.status !== QuoteStatus.DRAFT)
    throw invalid('id', `It is ${quote.status}: only a draft is changed. Revise it instead.`, 'NOT_ALLOWED');
  const { columns, lines } = await changesOf(tx, viewer, quote, input);
  if (lines) {
    await tx.query('delete from quote_lines where organization_id = $1 and quote_id = $2', [
      tx.scope.organizationId,
      quote.id,
    ]);
    await insertLines(tx, quote.id, lines);
  }
  await changeQuote(tx, quote.id, columns);
  return { quoteId: quote.id };
}

/** Writes a new revision, as a draft with the same number, that stands in for the one before; what was sent of it can be accepted no more. */
export async function reviseQuote(tx: Tx, viewer: Viewer, input: ReviseQuoteInput): Promise<{ quoteId: string }> {
  const old = await lockQuote(tx, viewer, input);
  if (!REVISABLE.includes(old.status)) throw invalid('id', `It is ${old.status}: it cannot be revised.`, 'NOT_ALLOWED');
  const { today } = await readQuoteSettings(tx);
  const validUntil = old.validUntil < today ? daysAfter(today, VALID_DAYS) : old.validUntil;
  const { columns, lines } = await changesOf(tx, viewer, old, input);
  const kept = lines ?? addUp(await readLines(tx, old.id), old.currency, old.discountPercent).lines;
  const quoteId = newId();
  await changeQuote(tx, old.id, { status: QuoteStatus.SUPERSEDED });
  await tx.query(
    `insert into quotes (organization_id, id, number, revision, previous_id, customer_id, opportunity_id, price_book_id, currency, language,
                         title, terms, valid_until, discount_percent, effective_discount_percent, subtotal, discount, net, tax, total, taxes,
                         owner_id, team_id, created_by)
     select organization_id, $3, number, revision + 1, id, customer_id, opportunity_id, price_book_id, currency, language,
            title, terms, $4, discount_percent, effective_discount_percent, subtotal, discount, net, tax, total, taxes, owner_id, team_id, $5
       from quotes where organization_id = $1 and id = $2`,
    [tx.scope.organizationId, old.id, quoteId, validUntil, viewer.actor],
  );
  await insertLines(tx, quoteId, kept);
  if (Object.keys(columns).length > 0) await writeColumns(tx, quoteId, columns);
  await tellOfQuotes(tx, [quoteId]);
  return { quoteId };
}

/** What `input` makes of a quote: the columns that change, and all its lines where they do. Throws InputError. */
async function changesOf(
  tx: Tx,
  viewer: Viewer,
  quote: LockedQuote,
  input: UpdateQuoteInput,
): Promise<{ columns: Record<string, unknown>; lines?: PricedLine[] }> {
  const settings = await readQuoteSettings(tx);
  const problems: Problems = [];
  const values = await cleanFields(tx, viewer, problems, input, settings.today);
  const prepared = input.lines
    ? await prepareLines(tx, viewer, problems, input.lines, {
        customerId: quote.customerId,
        currency: quote.currency,
        fallbackCurrency: quote.currency,
        on: settings.today,
        language: values.language ?? quote.language,
      })
    : undefined;
  throwAny(problems);
  const columns = columnsOf(values);
  if (!prepared && values.discountPercent === undefined) return { columns };
  const lines = prepared?.lines ?? (await readLines(tx, quote.id));
  const added = addUp(lines, quote.currency, values.discountPercent ?? quote.discountPercent);
  const book = prepared ? { price_book_id: prepared.priceBookId } : {};
  return { columns: { ...columns, ...book, ...added.totals }, lines: added.lines };
}

function columnsOf(values: Partial<QuoteValues>): Record<string, unknown> {
  const columns = {
    title: values.title,
    terms: values.terms,
    language: values.language,
    valid_until: values.validUntil,
    discount_percent: values.discountPercent,
    owner_id: values.ownerId,
    team_id: values.teamId,
  };
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
}

async function customerOf(
  tx: Tx,
  viewer: Viewer,
  problems: Problems,
  input: CreateQuoteItem,
  opportunity: QuotedOpportunity | undefined,
) {
  if (!input.customerId && !input.opportunityId) {
    report(problems, 'customerId', 'It is said to whom it is offered, or for which opportunity.', 'REQUIRED');
    return undefined;
  }
  if (!input.customerId && !opportunity) return undefined;
  const stored = input.customerId ? storedId('customer', input.customerId) : opportunity!.customerId;
  const customer = await findCustomer(tx, viewer, stored);
  if (!customer) report(problems, 'customerId', 'There is no such customer, or you may not see it.', 'NOT_FOUND');
  else if (opportunity && opportunity.customerId !== customer.id)
    report(problems, 'customerId', 'The opportunity is that of another customer.');
  return customer;
}

const linesOf = (opportunity: QuotedOpportunity | undefined): QuoteLineInput[] =>
  (opportunity?.lines ?? []).map(({ productId, quantity, unitPrice, discountPercent }) => ({
    productId: publicId('product', productId),
    quantity,
    unitPrice: { amount: unitPrice, currency: opportunity!.currency },
    discountPercent,
  }));

/** A language the document can be written in, as it was given. */
const fitting = (language: string | null): string | null => (fittingLanguage(language) ? language : null);

type PricedLine = PreparedLine & { net: string; tax: string; total: string };

/** The lines with what each comes to, and the columns of a quote that follow from them. Throws InputError when it is more than is kept. */
function addUp(
  lines: PreparedLine[],
  currency: string,
  discountPercent: string,
): { totals: Record<string, unknown>; lines: PricedLine[] } {
  const { lines: sums, taxes, ...amounts } = documentTotals(lines, { currency, discountPercent });
  if (Big(amounts.subtotal).gt(MOST_MONEY) || Big(amounts.total).gt(MOST_MONEY))
    throw invalid('lines', 'Together they come to more than can be kept.');
  return {
    totals: {
      ...amounts,
      taxes: JSON.stringify(taxes),
      effective_discount_percent: effectiveDiscount(lines, discountPercent),
    },
    lines: lines.map((line, at) => ({ ...line, ...sums[at]! })),
  };
}

async function insertQuote(tx: Tx, columns: Record<string, unknown>): Promise<void> {
  const row = { organization_id: tx.scope.organizationId, created_by: tx.scope.actor, ...columns };
  const places = Object.keys(row).map((_, at) => `$${at + 1}`);
  await tx.query(
    `insert into quotes (${Object.keys(row).join(', ')}) values (${places.join(', ')})`,
    Object.values(row),
  );
}

async function writeColumns(tx: Tx, quoteId: string, columns: Record<string, unknown>): Promise<void> {
  const sets = Object.keys(columns).map((column, at) => `${column} = $${at + 3}`);
  await tx.query(`update quotes set ${sets.join(', ')} where organization_id = $1 and id = $2`, [
    tx.scope.organizationId,
    quoteId,
    ...Object.values(columns),
  ]);
}

async function insertLines(tx: Tx, quoteId: string, lines: readonly PricedLine[]): Promise<void> {
  const rows = lines.map((line, at) => ({ id: newId(), position: at + 1, ...line }));
  await tx.query(
    `insert into quote_lines (organization_id, quote_id, id, position, product_id, description, quantity, unit, unit_price, list_price,
                              discount_percent, tax_percent, net, tax, total)
     select $1, $2, l.* from jsonb_to_recordset($3) as l(id uuid, position int, "productId" uuid, description text, quantity numeric, unit text,
            "unitPrice" numeric, "listPrice" numeric, "discountPercent" numeric, "taxPercent" numeric, net numeric, tax numeric, total numeric)`,
    [tx.scope.organizationId, quoteId, JSON.stringify(rows)],
  );
}

function daysAfter(day: string, days: number): string {
  const moment = new Date(`${day}T00:00:00Z`);
  moment.setUTCDate(moment.getUTCDate() + days);
  return moment.toISOString().slice(0, 10);
}
