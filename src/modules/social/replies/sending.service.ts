import { recordEvents } from '../../../events/index.js';
import type { Tx } from '../../../platform/database/database.js';
import type { RenderedReply } from '../channel.directory.js';
import type { Network } from '../networks.js';
import { deletePosts } from '../post.service.js';
import { runSendingHooks } from '../social.hooks.js';
import { identityOf } from './answered-post.queries.js';
import { queueReplies, tellOfReplies } from './outbox.queue.js';
import { applyEarlyReceipts } from './receipt.service.js';
import type { ReplyMedia, StoredFailure } from './reply.entity.js';
import { ARRIVED, type ReplyKind, ReplyState, type ReplyVisibility } from './reply.states.rules.js';

/** A reply as it is handed to its adapter. */
export interface OutgoingReply {
  id: string;
  accountId: string;
  network: Network;
  kind: ReplyKind;
  visibility: ReplyVisibility;
  text: string;
  language: string | null;
  media: ReplyMedia[];
  rendered: RenderedReply;
  agent: string | null;
  /** A machine wrote it. */
  isAutomatic: boolean;
  /** What it answers: for a further part of a thread, the part before it as it was sent. */
  postId: string | null;
  isContinuation: boolean;
  recipient: { id?: string; handle?: string; displayName?: string };
  firstTriedAt: Date;
  /** This attempt's number, which is also its right to write down what became of it. */
  attempt: number;
  lookUps: number;
  /** May have gone out before: it is looked for first. */
  isDoubtful: boolean;
  /** Why it is not to be sent if it has not gone out before. */
  refusal: string | null;
}

export type Claim = { reply: OutgoingReply } | { waitUntil: Date } | null;

interface Row {
  now: string;
  account_id: string;
  network: Network;
  kind: ReplyKind;
  visibility: ReplyVisibility;
  text: string;
  language: string | null;
  media: ReplyMedia[];
  rendered: RenderedReply | null;
  agent: string | null;
  is_automatic: boolean;
  asks_first: boolean;
  state: ReplyState;
  post_id: string | null;
  scheduled_at: string | null;
  first_tried_at: string | null;
  claimed_until: string | null;
  attempts: number;
  look_ups: number;
  continues_id: string | null;
  before_state: ReplyState | null;
  before_post_id: string | null;
  failure: StoredFailure | null;
  recipient: { id: string | null; handle: string | null; displayName: string | null };
}

/**
 * Takes a reply for sending, for as long as `leaseMs`. Null when there is nothing to do: it went out, was stopped, may go no more,
 * or waits for the part before it or for a person.
 */
export async function claimReply(tx: Tx, id: string, leaseMs: number): Promise<Claim> {
  const { organizationId } = tx.scope;
  const [row] = await tx.query<Row>(
    `select r.account_id, r.network, r.kind, r.visibility, r.text, r.language, r.media, r.rendered, r.agent, r.is_automatic, r.asks_first, r.state, r.post_id,
            r.scheduled_at, r.first_tried_at, r.claimed_until, r.attempts, r.look_ups, r.continues_id, r.failure,
            b.state as before_state, b.sent_post_id as before_post_id, clock_timestamp() as now,
            jsonb_build_object('id', i.external_id, 'handle', i.handle, 'displayName', i.display_name) as recipient
       from replies r
       join social_identities i on i.organization_id = r.organization_id and i.id = r.recipient_identity_id
       left join replies b on b.organization_id = r.organization_id and b.id = r.continues_id
      where r.organization_id = $1 and r.id = $2 for update of r`,
    [organizationId, id],
  );
  if (!row) return null;
  // The database's clock: those of two machines may differ by more than a claim lasts.
  const now = new Date(row.now);
  const waitUntil = waitOf(row, now);
  if (waitUntil) return { waitUntil };
  if (!isOpen(row)) return null;
  const isDoubtful = row.state === ReplyState.SENDING || row.state === ReplyState.UNKNOWN;
  const refusal = row.asks_first ? await runSendingHooks(tx, id) : null;
  if (refusal && !isDoubtful) {
    await recordRefused(tx, id, refusal);
    return null;
  }
  const firstTriedAt = row.first_tried_at ? new Date(row.first_tried_at) : now;
  await tx.query(
    `update replies set state = case state when 'UNKNOWN' then state else 'SENDING' end, attempts = attempts + 1, first_tried_at = $3, claimed_until = $4, updated_at = now()
      where organization_id = $1 and id = $2`,
    [organizationId, id, firstTriedAt, new Date(now.getTime() + leaseMs)],
  );
  if (row.state !== ReplyState.UNKNOWN) await tellOfReplies(tx, [id]);
  return {
    reply: {
      id,
      accountId: row.account_id,
      network: row.network,
      kind: row.kind,
      visibility: row.visibility,
      text: row.text,
      language: row.language,
      media: row.media,
      rendered: row.rendered ?? { text: row.text, length: row.text.length, payload: null },
      agent: row.agent,
      isAutomatic: row.is_automatic,
      // Of a part that somebody says was sent we have no post.
      postId: row.before_post_id ?? row.post_id,
      isContinuation: row.continues_id !== null,
      recipient: identityOf(row.recipient),
      firstTriedAt,
      attempt: row.attempts + 1,
      lookUps: row.look_ups,
      isDoubtful,
      refusal,
    },
  };
}

/** It has certainly not gone out, and does not. */
async function recordRefused(tx: Tx, id: string, code: string): Promise<void> {
  const failure: StoredFailure = { code };
  await tx.query(
    `update replies set state = 'FAILED', failure = $3, updated_at = now() where organization_id = $1 and id = $2`,
    [tx.scope.organizationId, id, failure],
  );
  await tellOfReplies(tx, [id]);
}

/** Until when somebody else has the word, or its moment has not come. */
function waitOf({ state, scheduled_at, claimed_until }: Row, now: Date): Date | null {
  const until =
    state === ReplyState.SCHEDULED && scheduled_at
      ? new Date(scheduled_at)
      : claimed_until && (state === ReplyState.SENDING || state === ReplyState.UNKNOWN)
        ? new Date(claimed_until)
        : null;
  return until && until > now ? until : null;
}

function isOpen({ state, continues_id, before_state, failure }: Row): boolean {
  if (continues_id && !(before_state && ARRIVED.includes(before_state))) return false;
  if (state === ReplyState.UNKNOWN) return failure?.code !== 'NEEDS_PERSON';
  return [ReplyState.SCHEDULED, ReplyState.QUEUED, ReplyState.SENDING].includes(state);
}

/**
 * The network has it: linked with the post it became, which is stored in the same transaction before this. What follows in its
 * thread goes next.
 */
export async function recordSent(
  tx: Tx,
  id: string,
  sent: { externalId: string; url: string | null; network: Network },
): Promise<void> {
  const { organizationId } = tx.scope;
  const [row] = await tx.query<{ conversation_id: string | null; is_erased: boolean }>(
    `with sent as (
       update replies r
          set state = case when r.state = any ($5) then r.state else 'SENT' end, external_id = $3, url = coalesce($4, r.url),
              sent_at = coalesce(r.sent_at, now()), failure = null, claimed_until = null, updated_at = now(),
              sent_post_id = coalesce(p.id, r.sent_post_id), conversation_id = coalesce(p.conversation_id, r.conversation_id)
         from (select 1) one left join posts p on p.organization_id = $1 and p.network = $6 and p.external_id = $3
        where r.organization_id = $1 and r.id = $2
       returning r.conversation_id, r.rendered is null as is_erased)
     select * from sent`,
    [organizationId, id, sent.externalId, sent.url, [...ARRIVED, ReplyState.DELETED], sent.network],
  );
  // Whom it was for was erased while it was on its way.
  if (row?.is_erased)
    await deletePosts(tx, sent.network, [{ externalId: sent.externalId, occurredAt: new Date(), tombstone: true }]);
  await tellOfReplies(tx, [id]);
  await applyEarlyReceipts(tx, sent.network, sent.externalId);
  if (row?.conversation_id) await waitForAnswer(tx, row.conversation_id);
  const next = await tx.query<{ id: string }>(
    `select id from replies where organization_id = $1 and continues_id = $2 and state in ('QUEUED', 'SCHEDULED')`,
    [organizationId, id],
  );
  await queueReplies(
    tx,
    next.map(reply => reply.id),
  );
}

/** We have answered: now somebody else has the word. */
async function waitForAnswer(tx: Tx, conversationId: string): Promise<void> {
  const changed = await tx.query<{ id: string }>(
    `update conversations set status = 'PENDING' where organization_id = $1 and id = $2 and status = 'OPEN' returning id`,
    [tx.scope.organizationId, conversationId],
  );
  await recordEvents(
    tx,
    changed.map(({ id }) => ({ type: 'conversation.changed', subjectId: id })),
  );
}

export interface Setback {
  state: ReplyState.QUEUED | ReplyState.UNKNOWN | ReplyState.FAILED;
  failure: StoredFailure;
  /** When it is taken up again; null when that waits for a person. */
  runAt: Date | null;
  /** It was looked for, and not found. */
  lookedUp?: boolean;
}

/** It is not sent, or nobody knows. Says nothing when another attempt has the word by now. */
export async function recordNotSent(
  tx: Tx,
  { id, attempt }: Pick<OutgoingReply, 'id' | 'attempt'>,
  { state, failure, runAt, lookedUp = false }: Setback,
): Promise<void> {
  const changed = await tx.query<{ id: string }>(
    `update replies set state = $4, failure = $5, look_ups = look_ups + $6, claimed_until = null, updated_at = now()
      where organization_id = $1 and id = $2 and attempts = $3 and state in ('SENDING', 'UNKNOWN') returning id`,
    [tx.scope.organizationId, id, attempt, state, failure, lookedUp ? 1 : 0],
  );
  if (changed.length === 0) return;
  if (runAt) await queueReplies(tx, [id], runAt);
  await tellOfReplies(tx, [id]);
}

export interface SentReply {
  accountId: string;
  network: Network;
  externalId: string;
  url: string | null;
}

/** What a reply became, when it is to be deleted; null when it is not there. */
export async function sentReply(tx: Tx, id: string): Promise<SentReply | null> {
  const [row] = await tx.query<{ account_id: string; network: Network; external_id: string; url: string | null }>(
    `select account_id, network, external_id, url from replies
      where organization_id = $1 and id = $2 and external_id is not null and state = any ($3)`,
    [tx.scope.organizationId, id, ARRIVED],
  );
  if (!row) return null;
  return { accountId: row.account_id, network: row.network, externalId: row.external_id, url: row.url };
}

export async function recordDeleted(tx: Tx, id: string, { network, externalId }: SentReply): Promise<void> {
  await tx.query(`update replies set state = 'DELETED', updated_at = now() where organization_id = $1 and id = $2`, [
    tx.scope.organizationId,
    id,
  ]);
  await deletePosts(tx, network, [{ externalId, occurredAt: new Date(), tombstone: false }]);
  await tellOfReplies(tx, [id]);
}

/** Why something that was sent could not be deleted. It stays what it is. */
export async function recordNotDeleted(tx: Tx, id: string, failure: StoredFailure): Promise<void> {
  await tx.query('update replies set failure = $3, updated_at = now() where organization_id = $1 and id = $2', [
    tx.scope.organizationId,
    id,
    failure,
  ]);
  await tellOfReplies(tx, [id]);
}

export async function recordHidden(tx: Tx, postId: string, hidden: boolean): Promise<void> {
  const changed = await tx.query<{ id: string }>(
    `update posts set hidden_at = case when $3 then now() end
      where organization_id = $1 and id = $2 and (hidden_at is null) = $3 returning id`,
    [tx.scope.organizationId, postId, hidden],
  );
  await recordEvents(
    tx,
    changed.map(({ id }) => ({ type: 'post.hidden', subjectId: id })),
  );
}
