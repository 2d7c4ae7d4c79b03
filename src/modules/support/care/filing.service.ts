import type { Tx } from '../../../platform/database/database.js';
import { enqueue } from '../../../platform/jobs.js';
import { type KeptPost, PostKind, ReplyState } from '../../social/index.js';
import { takeSurveyAnswers } from '../surveys/answering.service.js';
import { channelOfPost, visibilityOfPost } from '../tickets/channel.rules.js';
import { addMessages, type NewMessage } from '../tickets/message.service.js';
import { type NewTicket, openTickets } from '../tickets/opening.service.js';
import { TicketMessageKind, TicketMessageVisibility } from '../tickets/ticket.states.rules.js';
import { type ActiveRule, type CareGround, careGround } from './care.ground.js';
import { careWords } from './care.words.js';
import {
  echoesOf,
  type FiledPost,
  followUpsOf,
  type HeldTicket,
  holdTickets,
  knownOf,
  onlyOpenTickets,
  sendingNow,
  ticketsByConversation,
  ticketsByNumber,
} from './filing.queries.js';
import { fateIn, numbersIn } from './filing.rules.js';
import { watchForFloods } from './flood.service.js';
import { fillIn, type IntakeFacts, ruleFor, subjectOf } from './intake.rules.js';

/** The job that looks again at posts of which it could not be said yet what they are. */
export const LOOK_TASK = 'care.look';
/** The job that acknowledges tickets that rules opened. */
export const ACKNOWLEDGE_TASK = 'care.acknowledge';

const LOOK_AGAIN_MS = 20_000;
/** For so many looks a sending may last; then what we said is taken for a colleague's own word. */
const MOST_LOOKS = 30;

/** A ticket that is to be opened, with what is said in it at once. */
interface Opening {
  ticket: NewTicket;
  posts: FiledPost[];
  rule: ActiveRule | null;
  followsUpId: string | null;
}

/**
 * Files what has just been said: into the ticket it goes on with, into one that follows up a closed one, or into one that a rule
 * opens; what belongs nowhere stays in the inbox. A constant number of statements for any number of posts.
 */
export async function filePosts(tx: Tx, posts: readonly KeptPost[], looks = 0): Promise<void> {
  const ground = await careGround(tx);
  const isWatched = ground.hasIncidents || ground.settings.floodMode !== 'OFF';
  if (isWatched && posts.some(({ own, auto }) => !own && !auto)) await watchForFloods(tx);
  if (!ground.hasTickets && ground.rules.length === 0) return;
  const filed = await filedPosts(tx, posts);
  const { ready, later } = await sortOut(tx, filed, looks);
  if (later.length > 0)
    await enqueue(
      tx,
      LOOK_TASK,
      { postIds: later.map(({ id }) => id), looks: looks + 1 },
      { runAt: new Date(Date.now() + (looks === 0 && later.every(({ own }) => own) ? 0 : LOOK_AGAIN_MS)) },
    );
  if (ready.length === 0) return;
  const found = ground.hasTickets ? await findTickets(tx, ready, ground) : new Map<string, string>();
  const rated = await takeSurveyAnswers(tx, ready);
  for (const [postId, { ticketId }] of rated) found.set(postId, ticketId);
  // A rating that asks for nothing goes on with the ticket, and does not open it again.
  await place(
    tx,
    ready.map(post => (rated.get(post.id)?.asksForMore === false ? { ...post, auto: true } : post)),
    found,
    ground,
  );
}

export async function filedPosts(tx: Pick<Tx, 'query' | 'scope'>, posts: readonly KeptPost[]): Promise<FiledPost[]> {
  const known = await knownOf(
    tx,
    posts.map(({ id }) => id),
  );
  return posts.flatMap(post => {
    const more = known.get(post.id);
    const isPrivate = visibilityOfPost(post.kind) === TicketMessageVisibility.PRIVATE;
    return more ? [{ ...post, ...more, isPrivate }] : [];
  });
}

/** What can be filed now. What we say may be a reply that is just being sent, and a telephone that rings may yet be answered. */
async function sortOut(tx: Tx, posts: FiledPost[], looks: number): Promise<{ ready: FiledPost[]; later: FiledPost[] }> {
  const ours = posts.filter(({ own }) => own);
  const sending = ours.length > 0 && looks < MOST_LOOKS ? await sendingNow(tx) : new Set<string>();
  const echoes =
    ours.length > 0 && looks > 0
      ? await echoesOf(
          tx,
          ours.map(({ id }) => id),
        )
      : new Set<string>();
  const isLater = ({ own, accountId, callStatus, kind }: FiledPost): boolean => {
    if (own) return accountId === null ? sending.size > 0 : sending.has(accountId);
    return kind === PostKind.CALL && looks < MOST_LOOKS && (callStatus === 'RINGING' || callStatus === 'ANSWERED');
  };
  const left = posts.filter(({ id }) => !echoes.has(id));
  return { ready: left.filter(post => !isLater(post)), later: left.filter(isLater) };
}

/** The ticket that each post may go on with: of its conversation, by its number, or the only one that is open. */
async function findTickets(tx: Tx, posts: FiledPost[], { settings }: CareGround): Promise<Map<string, string>> {
  const found = await ticketsByConversation(tx, posts);
  const named = posts.filter(post => !found.has(post.id) && post.isPrivate && numbersIn(post.title).length > 0);
  if (named.length > 0) {
    const byNumber = await ticketsByNumber(
      tx,
      named.flatMap(({ title }) => numbersIn(title)),
      named.map(({ authorId }) => authorId),
    );
    for (const { id, title, authorId, customerId } of named) {
      // A number alone opens no door: it must come from somebody who speaks in that ticket.
      const ticket = numbersIn(title)
        .flatMap(number => byNumber.get(number) ?? [])
        .find(
          ({ writtenTo, ...whose }) =>
            whose.identityId === authorId ||
            (customerId !== null && whose.customerId === customerId) ||
            writtenTo.includes(authorId),
        );
      if (ticket) found.set(id, ticket.id);
    }
  }
  const open = await onlyOpenTickets(
    tx,
    posts.filter(({ id, isPrivate, own, auto }) => !found.has(id) && isPrivate && !own && !auto),
    settings,
  );
  for (const [postId, ticketId] of open) found.set(postId, ticketId);
  return found;
}

async function place(tx: Tx, posts: FiledPost[], found: Map<string, string>, ground: CareGround): Promise<void> {
  const now = new Date();
  const held = await holdTickets(tx, [...found.values()]);
  const fates = new Map(
    posts.flatMap(post => {
      const ticket = held.get(found.get(post.id) ?? '');
      return ticket
        ? [[post.id, { ticket, fate: fateIn(ticket, { ...post, now, days: ground.settings.followUpDays }) }] as const]
        : [];
    }),
  );
  const followed = await followUpsOf(tx, [
    ...new Set([...fates.values()].filter(({ fate }) => fate === 'FOLLOW_UP').map(({ ticket }) => ticket.id)),
  ]);
  const joins: [FiledPost, string][] = [];
  const openings = new Openings();
  for (const post of [...posts].sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime())) {
    const at = fates.get(post.id);
    if (at?.fate === 'JOIN') joins.push([post, at.ticket.id]);
    else if (at?.fate === 'FOLLOW_UP' && followed.has(at.ticket.id)) joins.push([post, followed.get(at.ticket.id)!]);
    else if (openings.join(post)) continue;
    else if (at?.fate === 'FOLLOW_UP') openings.add(post, followUp(at.ticket, post), null, at.ticket.id);
    else if (mayOpen(post)) {
      const rule = ruleFor(ground.rules, factsOf(post));
      if (rule?.action === 'OPEN') openings.add(post, newTicket(post, rule, ground), rule, null);
    }
  }
  await openAll(tx, openings.all, joins);
}

/** What we say ourselves, what machines say and what a telephone did while somebody answered it opens nothing. */
export const mayOpen = ({ own, auto, kind, callStatus }: FiledPost): boolean =>
  !own && !auto && (kind !== PostKind.CALL || ['MISSED', 'BUSY', 'CANCELLED'].includes(callStatus ?? ''));

/** Tickets of one batch that are not there yet; later words of the same person go into them. */
class Openings {
  readonly all: Opening[] = [];
  private readonly byThread = new Map<string, Opening>();

  join(post: FiledPost): boolean {
    const opening = threadsOf(post)
      .map(thread => this.byThread.get(thread))
      .find(Boolean);
    opening?.posts.push(post);
    return opening !== undefined;
  }

  add(post: FiledPost, ticket: NewTicket, rule: ActiveRule | null, followsUpId: string | null): void {
    const opening = { ticket, posts: [post], rule, followsUpId };
    this.all.push(opening);
    for (const thread of threadsOf(post)) this.byThread.set(thread, opening);
  }
}

const threadsOf = ({ isPrivate, conversationId, authorId, customerId }: FiledPost): string[] =>
  isPrivate
    ? [conversationId, `person ${customerId ?? authorId}`]
    : [`${conversationId} ${authorId}`, ...(customerId ? [`${conversationId} ${customerId}`] : [])];

async function openAll(tx: Tx, openings: Opening[], joins: [FiledPost, string][]): Promise<void> {
  const opened = await openTickets(
    tx,
    openings.map(({ ticket }) => ticket),
  );
  const made = openings.flatMap((opening, at) => (opened[at] ? [{ ...opening, id: opened[at].ticketId }] : []));
  const following = made.filter(({ followsUpId }) => followsUpId);
  if (following.length > 0)
    await tx.query(
      `insert into ticket_links (organization_id, id, from_ticket_id, to_ticket_id, kind, created_by)
       select $1, gen_random_uuid(), l.from_id, l.to_id, 'FOLLOWS_UP', $4 from unnest($2::uuid[], $3::uuid[]) as l(from_id, to_id)
       on conflict do nothing`,
      [
        tx.scope.organizationId,
        following.map(({ id }) => id),
        following.map(({ followsUpId }) => followsUpId),
        tx.scope.actor,
      ],
    );
  await addMessages(tx, [
    ...joins.map(([post, ticketId]) => messageOf(post, ticketId)),
    ...made.flatMap(({ id, posts }) => posts.map(post => messageOf(post, id))),
  ]);
  const acknowledged = made.filter(({ rule }) => rule?.acknowledges);
  if (acknowledged.length > 0)
    await enqueue(tx, ACKNOWLEDGE_TASK, {
      tickets: acknowledged.map(({ id, rule }) => ({ ticketId: id, ruleId: rule!.id })),
    });
}

/** A post as a message of a ticket: what we said on the network itself is an agent's word. */
export const messageOf = (post: FiledPost, ticketId: string): NewMessage => ({
  ticketId,
  kind: post.own ? TicketMessageKind.AGENT : TicketMessageKind.CUSTOMER,
  channel: channelOfPost(post),
  network: post.network,
  visibility: visibilityOfPost(post.kind),
  state: post.own ? ReplyState.SENT : 'RECEIVED',
  postId: post.id,
  conversationId: post.conversationId,
  identityId: post.authorId,
  isAutomatic: post.auto,
  occurredAt: post.occurredAt,
});

export const factsOf = (post: FiledPost): IntakeFacts => ({
  ...post,
  channel: channelOfPost(post),
  isCustomer: post.customerId !== null,
});

/** The ticket that a post opens, as a rule says. */
export function newTicket(post: FiledPost, rule: ActiveRule | null, { defaultLanguage }: CareGround): NewTicket {
  const language = post.language === 'und' ? null : post.language;
  const words = careWords(language, defaultLanguage);
  const subject = subjectOf(
    post,
    post.kind === PostKind.CALL ? words.call(post.authorName) : words.message(post.authorName),
  );
  const named = rule?.subject && fillIn(rule.subject, { subject, author: post.authorName, network: post.network });
  return {
    subject: (named || subject).slice(0, 300).toWellFormed(),
    channel: channelOfPost(post),
    network: post.network,
    language,
    customerId: post.customerId,
    identityId: post.authorId,
    sourcePostId: post.id,
    conversationId: post.conversationId,
    openedAt: post.occurredAt,
    ...(rule && {
      type: rule.type,
      ...(rule.priority && { priority: rule.priority }),
      categoryId: rule.categoryId,
      tags: rule.tags,
      teamId: rule.teamId,
      queueId: rule.queueId,
      assigneeId: rule.assigneeId,
    }),
  };
}

const followUp = (before: HeldTicket, post: FiledPost): NewTicket => ({
  subject: before.subject,
  type: before.type as NewTicket['type'],
  channel: channelOfPost(post),
  network: post.network,
  language: post.language === 'und' ? before.language : post.language,
  customerId: before.customerId ?? post.customerId,
  identityId: before.identityId ?? post.authorId,
  sourcePostId: post.id,
  conversationId: post.conversationId,
  teamId: before.teamId,
  categoryId: before.categoryId,
  openedAt: post.occurredAt,
});
