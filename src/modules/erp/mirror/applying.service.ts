import { createHash } from 'node:crypto';
import type { ErpKind, ErpOrder, ErpRecords } from '../../../erp/port.js';
import type { Tx } from '../../../platform/database/database.js';
import { InputError, sqlState } from '../../../platform/errors.js';
import { isCalledOffHere } from '../cancellation.service.js';
import { canonical, compareFields, type FieldRules, type SharedKind } from '../conflict.rules.js';
import { queueWrite } from '../write.queue.js';
import { askAbout, dropQuestions } from './conflict.keeping.js';
import { customerMirror } from './customer.mirror.js';
import { dropLink, ERASED, keepLink, keyOf, linkOf, lockLink, resolve, type StoredLink } from './link.queries.js';
import { Overlap, type PlainMirror, type SharedMirror } from './mirror.js';
import { invoiceMirror, orderMirror, paymentMirror } from './order.mirrors.js';
import { priceBookMirror, stockMirror } from './price.mirrors.js';
import { productMirror } from './product.mirror.js';
import { forgetOverdue, forgetWaiting, keepWaiting } from './waiting.service.js';

/** What applying needs to know of a connection. */
export interface Applying {
  connectionId: string;
  fieldRules: FieldRules;
  /** Kinds that the connection writes. */
  writes: readonly ErpKind[];
  /** Stands before the ERP's ids where they must be told from another ERP's. */
  idPrefix: string;
  /** Everything is compared anew, also what seems to be known. */
  isReplay: boolean;
}

export type Effect = 'CREATED' | 'CHANGED' | 'UNCHANGED' | 'WAITING' | 'CONFLICT' | 'REFUSED';

export interface Applied {
  kind: ErpKind;
  externalId: string;
  effect: Effect;
  label: string;
  /** Fields that were taken over, or that somebody must decide on. */
  fields: string[];
  /** New questions. */
  conflicts: number;
  problem?: string;
}

type Done = Pick<Applied, 'effect'> & Partial<Applied>;

const SHARED = { PRODUCT: productMirror, CUSTOMER: customerMirror };

export const sharedMirror = (kind: SharedKind): SharedMirror<SharedKind> =>
  SHARED[kind] as unknown as SharedMirror<SharedKind>;

export const isShared = (kind: ErpKind): kind is SharedKind => kind in SHARED;

function plainMirror(kind: ErpKind, prefix: string): PlainMirror<'STOCK'> {
  const mirrors = {
    PRICE_BOOK: priceBookMirror,
    STOCK: stockMirror,
    ORDER: orderMirror(prefix),
    INVOICE: invoiceMirror(prefix),
    PAYMENT: paymentMirror(prefix),
  };
  return mirrors[kind as keyof typeof mirrors] as unknown as PlainMirror<'STOCK'>;
}

/**
 * Brings one record of the ERP in step with ours. The same thing told twice, late or in another order changes nothing more; what
 * cannot be kept yet, or at all, is put aside with the reason, and never throws: the next record is no worse for it.
 */
export async function applyRecord<Kind extends ErpKind>(
  tx: Tx,
  applying: Applying,
  kind: Kind,
  record: ErpRecords[Kind],
): Promise<Applied> {
  const { externalId } = record;
  const about = { kind, externalId, label: labelOf(record), fields: [], conflicts: 0 };
  await tx.query('savepoint record');
  try {
    const done = await apply(tx, applying, kind, record);
    await tx.query('release savepoint record');
    return { ...about, ...done };
  } catch (error) {
    // A connection that is lost, or a deadlock, is no fault of the record.
    if (!(error instanceof InputError) && !(error instanceof Overlap) && !/^2[23]/.test(sqlState(error) ?? ''))
      throw error;
    await tx.query('rollback to savepoint record');
    if (error instanceof Overlap) {
      const { field, ours, theirs, label } = error;
      const conflicts = await askAbout(tx, applying.connectionId, { kind, externalId, recordId: null }, [
        { field, ours, theirs, base: null, label },
      ]);
      await keepWaiting(tx, applying.connectionId, kind, record, { problem: error.message });
      return { ...about, effect: 'CONFLICT', fields: [field], conflicts, label };
    }
    const problem = error instanceof InputError ? error.message : 'It does not fit what is kept here.';
    await keepWaiting(tx, applying.connectionId, kind, record, { problem });
    return { ...about, effect: 'REFUSED', problem };
  }
}

/** Keeps in sight what the ERP told in a form that is none. */
export async function putAside(
  tx: Tx,
  { connectionId }: Applying,
  kind: ErpKind,
  { externalId, problem }: { externalId: string; problem: string },
): Promise<Applied> {
  await keepWaiting(tx, connectionId, kind, { externalId } as ErpRecords[ErpKind], { problem });
  return { kind, externalId, effect: 'REFUSED', label: externalId, fields: [], conflicts: 0, problem };
}

async function apply(tx: Tx, applying: Applying, kind: ErpKind, record: ErpRecords[ErpKind]): Promise<Done> {
  const { connectionId } = applying;
  const link = await lockLink(tx, connectionId, kind, record.externalId);
  const hash = hashOf(record);
  if (link && isOld(link, record, hash, applying.isReplay)) {
    // Nothing that waits is tried for ever.
    if (applying.isReplay) await forgetOverdue(tx, connectionId, kind, record);
    return { effect: 'UNCHANGED' };
  }
  const kept: StoredLink = {
    externalId: record.externalId,
    recordId: link?.recordId ?? null,
    base: link?.base ?? {},
    hash,
    changedThereAt: record.updatedAt ? new Date(record.updatedAt) : null,
    isGone: record.isGone === true,
  };
  // What was never here need not be taken away, but is remembered: an older word must not bring it back.
  if (record.isGone && !kept.recordId) {
    await keepLink(tx, connectionId, kind, kept);
    await forgetWaiting(tx, connectionId, kind, record.externalId);
    return { effect: 'UNCHANGED' };
  }
  return isShared(kind)
    ? applyShared(tx, applying, sharedMirror(kind), record as never, kept)
    : applyPlain(tx, applying, plainMirror(kind, applying.idPrefix), record as never, kept);
}

async function applyShared(
  tx: Tx,
  { connectionId, fieldRules, writes }: Applying,
  mirror: SharedMirror<SharedKind>,
  record: ErpRecords[SharedKind],
  link: StoredLink,
): Promise<Done> {
  const { kind } = mirror;
  const { externalId } = record;
  const theirs = await mirror.fields(tx, record);
  const isKnown = link.recordId !== null;
  const found =
    link.recordId === null
      ? await mirror.match(tx, record, theirs)
      : await survivorOf(tx, connectionId, kind, link.recordId);
  // What is another record's already stays its own.
  const taken = !isKnown && found !== null && (await isTaken(tx, connectionId, kind, found));
  const recordId = taken ? null : found;
  const ours = recordId && (await mirror.read(tx, recordId));
  if (!recordId || !ours) {
    // Deleted here: what the ERP says of it is kept in mind for when it is brought back.
    if (isKnown) {
      await keepLink(tx, connectionId, kind, link);
      return { effect: 'UNCHANGED' };
    }
    const created = await mirror.create(tx, theirs);
    await keepLink(tx, connectionId, kind, { ...link, recordId: created, base: theirs });
    await forgetWaiting(tx, connectionId, kind, externalId);
    return { effect: 'CREATED', fields: Object.keys(theirs) };
  }
  const compared = compareFields({
    ours: ours.fields,
    theirs,
    base: link.base,
    rules: fieldRules[kind] ?? {},
    oursChangedAt: ours.changedAt,
    theirsChangedAt: record.updatedAt,
  });
  const taking = Object.keys(compared.take);
  if (taking.length > 0) await mirror.change(tx, recordId, compared.take);
  const about = { kind, externalId, recordId };
  const conflicts = await askAbout(
    tx,
    connectionId,
    about,
    compared.ask.map(field => ({
      field,
      label: ours.label,
      ours: ours.fields[field],
      theirs: theirs[field],
      base: link.base[field],
    })),
  );
  await dropQuestions(tx, connectionId, about, compared.ask);
  await keepLink(tx, connectionId, kind, { ...link, recordId, base: compared.base });
  await forgetWaiting(tx, connectionId, kind, externalId);
  if (Object.keys(compared.give).length > 0 && writes.includes(kind) && !record.isGone)
    await queueWrite(tx, connectionId, kind, recordId);
  const effect = compared.ask.length > 0 ? 'CONFLICT' : taking.length > 0 ? 'CHANGED' : 'UNCHANGED';
  return { effect, fields: [...taking, ...compared.ask], conflicts, label: ours.label };
}

/** Whether another record of theirs is this one of ours. An id that stood in until the ERP told its own gives way. */
async function isTaken(tx: Tx, connectionId: string, kind: SharedKind, recordId: string): Promise<boolean> {
  const link = await linkOf(tx, connectionId, kind, recordId);
  if (link?.externalId !== keyOf(kind, recordId)) return link !== null;
  await dropLink(tx, connectionId, kind, link.externalId);
  return false;
}

/** A customer that became another one is that one from here on, unless the ERP knows that one by itself. */
async function survivorOf(tx: Tx, connectionId: string, kind: SharedKind, recordId: string): Promise<string> {
  if (kind !== 'CUSTOMER') return recordId;
  const [row] = await tx.query<{ id: string }>(
    `with recursive followed as (
       select id, merged_into_id, 0 as steps from customers where organization_id = $1 and id = $2
       union all
       select c.id, c.merged_into_id, f.steps + 1 from followed f
         join customers c on c.organization_id = $1 and c.id = f.merged_into_id where f.steps < 20)
     select id from followed order by steps desc limit 1`,
    [tx.scope.organizationId, recordId],
  );
  const survivor = row?.id ?? recordId;
  return survivor !== recordId && (await linkOf(tx, connectionId, kind, survivor)) ? recordId : survivor;
}

async function applyPlain(
  tx: Tx,
  { connectionId }: Applying,
  mirror: PlainMirror<'STOCK'>,
  record: ErpRecords['STOCK'],
  link: StoredLink,
): Promise<Done> {
  const kind = mirror.kind as ErpKind;
  const resolved = await resolve(tx, connectionId, mirror.references(record));
  const needed = resolved.missing.find(reference => reference.isRequired);
  if (needed) {
    await keepWaiting(tx, connectionId, kind, record, { missing: needed });
    return { effect: 'WAITING', problem: `${needed.kind} ${needed.externalId} is not known yet.` };
  }
  const standIn = kind === 'ORDER' && !link.recordId && (await standInOf(tx, connectionId, record as never));
  const known = standIn ? { ...link, recordId: standIn.recordId, base: standIn.base } : link;
  const isCalledOff = kind === 'ORDER' && (await isCalledOffHere(tx, record as never, known));
  const told = isCalledOff ? { ...record, status: 'CANCELLED' } : record;
  const { recordId, change } = await mirror.keep(tx, told, { recordId: known.recordId, resolved });
  await keepLink(tx, connectionId, kind, { ...link, recordId, base: baseOf(kind, record) });
  // Kept as far as it goes: the rest follows with what is missing.
  const [missing] = resolved.missing;
  if (missing) await keepWaiting(tx, connectionId, kind, record, { missing });
  else await forgetWaiting(tx, connectionId, kind, record.externalId);
  await dropQuestions(tx, connectionId, { kind, externalId: record.externalId }, isCalledOff ? ['status'] : []);
  return { effect: change };
}

/** An order that went out to an ERP which did not say under which id it keeps it: our number stood in, until the ERP tells of it. */
async function standInOf(
  tx: Tx,
  connectionId: string,
  { reference, externalId }: ErpOrder,
): Promise<StoredLink | null> {
  if (!reference || reference === externalId) return null;
  const link = await lockLink(tx, connectionId, 'ORDER', reference);
  if (!link?.recordId || !(await isOrder(tx, link.recordId, reference))) return null;
  await dropLink(tx, connectionId, 'ORDER', reference);
  return link;
}

async function isOrder(tx: Tx, orderId: string, number: string): Promise<boolean> {
  const rows = await tx.query('select 1 from orders where organization_id = $1 and id = $2 and number = $3', [
    tx.scope.organizationId,
    orderId,
    number,
  ]);
  return rows.length > 0;
}

/** What is remembered of a record that is not compared: how the ERP says that an order stands. */
export function baseOf(kind: ErpKind, record: ErpRecords[ErpKind]): Record<string, unknown> {
  const { status } = record as Partial<ErpOrder>;
  return kind === 'ORDER' && status !== undefined ? { status: record.isGone ? 'CANCELLED' : status } : {};
}

/** Told already, or overtaken by what was told since. */
export function isOld(
  link: StoredLink,
  { updatedAt }: { updatedAt?: string | undefined },
  hash: string,
  isReplay: boolean,
) {
  if (link.hash === ERASED) return true;
  if (link.changedThereAt && updatedAt && new Date(updatedAt) < link.changedThereAt) return true;
  return link.hash === hash && !isReplay;
}

/** Of what a record says, whenever it was said. */
export const hashOf = ({ updatedAt: _updatedAt, ...said }: ErpRecords[ErpKind]): string =>
  createHash('sha256').update(canonical(said)).digest('base64url');

export function labelOf(record: ErpRecords[ErpKind]): string {
  const { name, number, externalId } = record as { name?: string; number?: string; externalId: string };
  return String(name ?? number ?? externalId).slice(0, 300);
}
