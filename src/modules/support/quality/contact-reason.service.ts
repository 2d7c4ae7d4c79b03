import type { Tx } from '../../../platform/database/database.js';
import { invalid, staleVersion, unlessTaken } from '../../../platform/errors.js';
import { newId } from '../../../platform/ids.js';
import { cleanNames, type Problems, report, requiredLine, throwAny } from '../../../platform/input.rules.js';
import { cleanLine } from '../../../platform/text.js';
import { eachItem, type ItemResult, type Viewer, visibleId } from '../../access/index.js';
import { lockTicket, tellTickets, writeTickets } from '../tickets/ticket.queries.js';
import { TicketChange } from '../tickets/ticket.states.rules.js';
import { ContactReason, ContactReasonKind } from './contact-reason.entity.js';
import type { CodeTicketItem, CreateContactReasonInput, UpdateContactReasonInput } from './contact-reason.inputs.js';

const MOST_REASONS = 500;
const MOST_WORDS = 50;

/** Keeps a code. Throws `InputError` naming everything that is wrong. */
export async function createContactReason(
  tx: Tx,
  viewer: Viewer,
  input: CreateContactReasonInput,
): Promise<{ reasonId: string }> {
  const problems: Problems = [];
  const name = requiredLine(problems, 'name', input.name, 100);
  const names = cleanNames(problems, 'names', input.names);
  const words = cleanWords(problems, input.words ?? []);
  throwAny(problems);
  const parentId = input.parentId ? await parentOf(tx, viewer, input.parentId, input.kind, null) : null;
  const [there] = await tx.query<{ count: number }>(
    'select count(*)::integer as count from contact_reasons where organization_id = $1',
    [tx.scope.organizationId],
  );
  if (there!.count >= MOST_REASONS) throw invalid('name', `There are at most ${MOST_REASONS} codes.`, 'NOT_ALLOWED');
  const reasonId = newId();
  await unlessTaken('name', 'Another one is called that.', () =>
    tx.query(
      `insert into contact_reasons (organization_id, id, kind, name, names, parent_id, words) values ($1, $2, $3, $4, $5, $6, $7)`,
      [tx.scope.organizationId, reasonId, input.kind, name, names, parentId, words],
    ),
  );
  return { reasonId };
}

/** Changes a code; tickets that have one that is given no more keep it. */
export async function updateContactReason(
  tx: Tx,
  viewer: Viewer,
  input: UpdateContactReasonInput,
): Promise<{ reasonId: string }> {
  const reasonId = await visibleId(tx, viewer, ContactReason, input.id);
  const [known] = await tx.query<{ kind: ContactReasonKind; version: number }>(
    'select kind, version from contact_reasons where organization_id = $1 and id = $2 for update',
    [tx.scope.organizationId, reasonId],
  );
  if (input.version != null && input.version !== known!.version) throw staleVersion('code', known!.version);
  const problems: Problems = [];
  const name = input.name == null ? null : requiredLine(problems, 'name', input.name, 100);
  const names = input.names === undefined ? null : cleanNames(problems, 'names', input.names);
  const words = input.words == null ? null : cleanWords(problems, input.words);
  throwAny(problems);
  const parentId = input.parentId ? await parentOf(tx, viewer, input.parentId, known!.kind, reasonId) : null;
  await unlessTaken('name', 'Another one is called that.', () =>
    tx.query(
      `update contact_reasons set name = coalesce($3, name), names = coalesce($4, names), words = coalesce($5, words),
              parent_id = case when $6 then $7::uuid else parent_id end, is_active = coalesce($8, is_active), version = version + 1
        where organization_id = $1 and id = $2`,
      [
        tx.scope.organizationId,
        reasonId,
        name,
        names,
        words,
        input.parentId !== undefined,
        parentId,
        input.isActive ?? null,
      ],
    ),
  );
  return { reasonId };
}

/** Says of up to 200 tickets why their customers turned to us, and what that comes from; null takes a code away. */
export async function codeTickets(
  tx: Tx,
  viewer: Viewer,
  items: CodeTicketItem[],
): Promise<{ results: ItemResult<{ ticketId: string }>[] }> {
  const results = await eachItem(tx, items, async ({ ticketId: id, version, reasonId, rootCauseId }) => {
    const ticket = await lockTicket(tx, viewer, id, { version: version ?? null, field: 'ticketId' });
    const columns = {
      ...(reasonId !== undefined && {
        reason_id: await codeOf(tx, viewer, reasonId, ContactReasonKind.REASON, 'reasonId'),
      }),
      ...(rootCauseId !== undefined && {
        root_cause_id: await codeOf(tx, viewer, rootCauseId, ContactReasonKind.ROOT_CAUSE, 'rootCauseId'),
      }),
    };
    if (Object.keys(columns).length === 0) throw invalid('reasonId', 'Say a reason or a root cause.', 'REQUIRED');
    await writeTickets(tx, [ticket.id], columns);
    return { ticketId: ticket.id };
  });
  const at = new Date();
  await tellTickets(
    tx,
    results.flatMap(({ ticketId }) => (ticketId ? [{ ticketId, change: TicketChange.UPDATED, at }] : [])),
  );
  return { results };
}

async function codeOf(
  tx: Tx,
  viewer: Viewer,
  id: string | null,
  kind: ContactReasonKind,
  field: string,
): Promise<string | null> {
  if (id === null) return null;
  const stored = await visibleId(tx, viewer, ContactReason, id, field);
  const rows = await tx.query(
    'select 1 from contact_reasons where organization_id = $1 and id = $2 and kind = $3 and is_active',
    [tx.scope.organizationId, stored, kind],
  );
  if (rows.length === 0) throw invalid(field, `It is no ${kind} that is still given.`, 'NOT_ALLOWED');
  return stored;
}

/** The wider code: of the same kind, and not one that lies below. The tree is held while it is looked at. */
async function parentOf(
  tx: Tx,
  viewer: Viewer,
  id: string,
  kind: ContactReasonKind,
  ownId: string | null,
): Promise<string> {
  const parentId = await visibleId(tx, viewer, ContactReason, id, 'parentId');
  await tx.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [
    `contact reasons ${tx.scope.organizationId}`,
  ]);
  const above = await tx.query<{ id: string; kind: ContactReasonKind }>(
    `with recursive above as (
       select id, kind, parent_id from contact_reasons where organization_id = $1 and id = $2
       union select r.id, r.kind, r.parent_id from contact_reasons r join above a on r.organization_id = $1 and r.id = a.parent_id)
     select id, kind from above`,
    [tx.scope.organizationId, parentId],
  );
  if (above[0]!.kind !== kind) throw invalid('parentId', 'It is of the other kind.', 'NOT_ALLOWED');
  if (above.some(row => row.id === ownId)) throw invalid('parentId', 'It lies below this one.', 'NOT_ALLOWED');
  return parentId;
}

/** Words and phrases, each once. */
export function cleanWords(problems: Problems, given: string[]): string[] {
  const words = [...new Set(given.map(word => cleanLine(word).toLowerCase()).filter(Boolean))];
  if (words.length > MOST_WORDS) report(problems, 'words', `There are at most ${MOST_WORDS} words.`, 'TOO_LONG');
  if (words.some(word => word.length > 60)) report(problems, 'words', 'A word has at most 60 characters.', 'TOO_LONG');
  if (words.some(word => !/[\p{L}\p{N}]/u.test(word))) report(problems, 'words', 'A word has a letter or a digit.');
  return words;
}
