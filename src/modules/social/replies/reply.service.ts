import type { Tx } from '../../../platform/database/database.js';
import { InputError, type InputProblem, invalid } from '../../../platform/errors.js';
import { newId } from '../../../platform/ids.js';
import { type Language, type Viewer, visibleId } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import { Account } from '../account.entity.js';
import { SocialIdentity } from '../identity.entity.js';
import { resolveIdentities } from '../identity.service.js';
import type { Network } from '../networks.js';
import { Post } from '../post.entity.js';
import { postToAnswer, type Reader } from './answered-post.queries.js';
import { needsApproval } from './approval.service.js';
import {
  type Addressed,
  answeringAccount,
  compose,
  networkOf,
  type Outbox,
  type Wording,
} from './composing.service.js';
import { queueReplies, tellOfReplies } from './outbox.queue.js';
import { explainRefusal, type Refusal } from './refusal.rules.js';
import type { ReplyMedia } from './reply.entity.js';
import { ReplyKind, ReplyState, type ReplyVisibility } from './reply.states.rules.js';

const LONGEST_TEXT = 50_000;
const MOST_MEDIA = 20;
/** How far ahead anything can be scheduled. */
export const LATEST_MS = 366 * 86_400_000;

/** Who writes, and in which language they read what stands in the way. */
export interface Writer {
  viewer: Viewer;
  language: Language;
}

export interface AnswerGiven {
  text: string;
  visibility?: ReplyVisibility | null;
  language?: string | null;
  media?: ReplyMedia[] | null;
  scheduledAt?: string | null;
  splitIntoThread?: boolean | null;
  approvalNote?: string | null;
  agent?: string | null;
  /** A machine says what somebody wrote down before: nobody has to agree again. */
  isAutomatic?: boolean;
  /** Whoever registered with `onSending` is asked about it right before it is sent. */
  asksFirst?: boolean;
  /** Files that lie with us, which a module above has found to be the writer's to send. */
  files?: ReplyMedia[];
}

export interface MessageGiven extends AnswerGiven {
  accountId: string;
  identityId?: string | null;
  customerId?: string | null;
  network?: Network | null;
  postId?: string | null;
}

export async function addressPost(
  reader: Reader,
  viewer: Viewer,
  input: { postId: string; accountId?: string | null },
): Promise<Addressed> {
  const postId = await visibleId(reader, viewer, Post, input.postId, 'postId');
  const post = (await postToAnswer(reader, postId))!;
  const accountId = await answeringAccount(reader, viewer, post, input.accountId);
  if (!accountId) throw invalid('accountId', 'There is no account of ours on the network of this post.', 'NOT_ALLOWED');
  return { kind: ReplyKind.REPLY, network: post.network, accountId, recipientId: post.authorId, post };
}

/** What this person said to us alone last is what a message goes on from: it knows the way back. */
export async function addressPerson(reader: Reader, viewer: Viewer, input: MessageGiven): Promise<Addressed> {
  const accountId = await visibleId(reader, viewer, Account, input.accountId, 'accountId');
  const network = await networkOf(reader, accountId);
  const recipientId = await recipientOf(reader, viewer, network, input);
  const postId = input.postId
    ? await visibleId(reader, viewer, Post, input.postId, 'postId')
    : await lastMessageOf(reader, accountId, recipientId);
  const post = postId ? await postToAnswer(reader, postId) : null;
  if (post && post.authorId !== recipientId) throw invalid('postId', 'Somebody else said this.');
  return { kind: ReplyKind.DIRECT_MESSAGE, network, accountId, recipientId, post };
}

async function recipientOf(reader: Reader, viewer: Viewer, network: Network, input: MessageGiven): Promise<string> {
  if (input.identityId) {
    const id = await visibleId(reader, viewer, SocialIdentity, input.identityId, 'identityId');
    const [there] = await reader.query(
      'select 1 from social_identities where organization_id = $1 and id = $2 and network = $3',
      [reader.scope.organizationId, id, network],
    );
    if (!there) throw invalid('identityId', 'The account is on another network than this person.');
    return id;
  }
  if (!input.customerId) throw invalid('identityId', 'Say who it is for: an identity or a customer.', 'REQUIRED');
  const customerId = await visibleId(reader, viewer, Customer, input.customerId, 'customerId');
  if (input.network && input.network !== network)
    throw invalid('network', 'The account is on another network than that.');
  const rows = await reader.query<{ id: string }>(
    'select id from social_identities where organization_id = $1 and customer_id = $2 and network = $3 order by first_seen_at limit 2',
    [reader.scope.organizationId, customerId, network],
  );
  if (rows.length !== 1)
    throw invalid(
      'identityId',
      rows.length > 1
        ? 'The customer has several identities on this network: say which one.'
        : 'The customer has no identity on this network.',
      'REQUIRED',
    );
  return rows[0]!.id;
}

async function lastMessageOf(reader: Reader, accountId: string, identityId: string): Promise<string | null> {
  const [row] = await reader.query<{ id: string }>(
    `select id from posts where organization_id = $1 and author_id = $2 and account_id = $3 and kind = 'DIRECT_MESSAGE' and not own
        and deleted_at is null order by occurred_at desc limit 1`,
    [reader.scope.organizationId, identityId, accountId],
  );
  return row?.id ?? null;
}

/** Whom a call is for: an identity, or the one that a number is. */
export async function addressCall(
  tx: Tx,
  viewer: Viewer,
  input: { accountId: string; identityId?: string | null; number?: string | null },
): Promise<Addressed> {
  const accountId = await visibleId(tx, viewer, Account, input.accountId, 'accountId');
  const network = await networkOf(tx, accountId);
  const number = input.number?.trim();
  if (!input.identityId && !number) throw invalid('number', 'Say whom to call: a number or an identity.', 'REQUIRED');
  if (number && !/^[+\d][\d ().-]{1,30}$/.test(number)) throw invalid('number', 'It is no telephone number.');
  const recipientId = input.identityId
    ? await visibleId(tx, viewer, SocialIdentity, input.identityId, 'identityId')
    : (await resolveIdentities(tx, network, [{ handle: number!.replace(/[^+\d]/g, ''), authored: false }]))[0]!.id;
  return { kind: ReplyKind.CALL, network, accountId, recipientId, post: null };
}

/**
 * Keeps what is to be said, and puts it into the queue unless it waits for somebody or for its moment: one row for each part.
 * Throws `InputError` for what would be refused.
 */
export async function keepReply(
  tx: Tx,
  outbox: Outbox,
  { viewer, language }: Writer,
  addressed: Addressed,
  given: AnswerGiven,
): Promise<{ replyId: string }> {
  const wording = wordingOf(given);
  const composed = await compose(tx, outbox, addressed, wording);
  if (composed.refusals.length > 0) throw refused(composed.refusals, language);
  const scheduledAt = wording.scheduledAt && wording.scheduledAt > new Date() ? wording.scheduledAt : null;
  const state =
    !given.isAutomatic && (await needsApproval(tx, viewer.role, addressed.accountId))
      ? ReplyState.AWAITING_APPROVAL
      : scheduledAt
        ? ReplyState.SCHEDULED
        : ReplyState.QUEUED;
  const ids = composed.parts.map(() => newId());
  const rows = composed.parts.map(({ text, rendered }, at) => ({
    organization_id: tx.scope.organizationId,
    id: ids[at]!,
    account_id: addressed.accountId,
    network: addressed.network,
    kind: addressed.kind,
    visibility: composed.visibility,
    post_id: addressed.post?.id ?? null,
    conversation_id: addressed.post?.conversationId ?? null,
    recipient_identity_id: addressed.recipientId,
    text,
    language: given.language ?? null,
    media: at === 0 ? (wording.media ?? []) : [],
    rendered,
    agent: given.agent ?? null,
    is_automatic: given.isAutomatic ?? false,
    asks_first: given.asksFirst ?? false,
    state,
    scheduled_at: scheduledAt,
    author: viewer.actor,
    approval_note: given.approvalNote ?? null,
    thread_id: ids.length > 1 ? ids[0] : null,
    continues_id: at > 0 ? ids[at - 1] : null,
    part: at + 1,
    parts: ids.length,
  }));
  const columns = Object.keys(rows[0]!).join(', ');
  await tx.query(
    `insert into replies (${columns}) select ${columns} from jsonb_populate_recordset(null::replies, $1)`,
    [JSON.stringify(rows)],
  );
  await tellOfReplies(tx, ids);
  if (state !== ReplyState.AWAITING_APPROVAL) await queueReplies(tx, ids.slice(0, 1), scheduledAt);
  return { replyId: ids[0]! };
}

/** Throws `InputError` for what nobody would send. */
export function wordingOf(given: AnswerGiven): Wording {
  const problems: InputProblem[] = [];
  const problem = (field: string, code: InputProblem['code'], message: string) =>
    problems.push({ field, code, message });
  const { text, media, scheduledAt, approvalNote, agent } = given;
  if (text.length > LONGEST_TEXT) problem('text', 'TOO_LONG', `It has at most ${LONGEST_TEXT} characters.`);
  if (!text.isWellFormed() || text.includes('\0'))
    problem('text', 'INVALID', 'It holds characters that cannot be sent.');
  if ((media?.length ?? 0) > MOST_MEDIA) problem('media', 'TOO_LONG', `At most ${MOST_MEDIA} attachments go with it.`);
  if (media?.some(({ url }) => !/^https?:\/\/\S+$/.test(url) || url.length > 2000))
    problem('media', 'INVALID', 'An attachment is named by its http or https address.');
  const at = scheduledAt ? new Date(scheduledAt) : null;
  if (at && at.getTime() > Date.now() + LATEST_MS) problem('scheduledAt', 'INVALID', 'It lies more than a year ahead.');
  if (given.language && !/^[A-Za-z0-9-]{2,35}$/.test(given.language))
    problem('language', 'INVALID', 'It is no language tag, such as "es" or "pt-BR".');
  const described = media
    ?.map(({ description }) => description)
    .filter(Boolean)
    .join(' ');
  for (const [field, value] of Object.entries({ approvalNote, agent, media: described })) {
    if (!value) continue;
    const most = field === 'media' ? 20_000 : 2000;
    if (value.length > most) problem(field, 'TOO_LONG', `It has at most ${most} characters.`);
    if (!value.isWellFormed() || value.includes('\0')) problem(field, 'INVALID', 'It cannot be kept.');
  }
  if (problems.length > 0) throw new InputError(problems);
  const { visibility, language, splitIntoThread } = given;
  return {
    text,
    visibility,
    language,
    media: [...(media ?? []), ...(given.files ?? [])],
    splitIntoThread,
    scheduledAt: at,
  };
}

const refused = (refusals: Refusal[], language: Language): InputError =>
  new InputError(
    refusals.map(refusal => ({
      field: refusal.code === 'TEXT_TOO_LONG' || refusal.code === 'EMPTY' ? 'text' : null,
      code: refusal.code === 'TEXT_TOO_LONG' ? 'TOO_LONG' : refusal.code === 'EMPTY' ? 'REQUIRED' : 'NOT_ALLOWED',
      message: explainRefusal(refusal, language),
    })),
  );
