import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { storedId } from '../../../platform/ids.js';
import { visibleId } from '../../access/index.js';
import {
  Account,
  type Addressed,
  answeringAccount,
  Network,
  networkOf,
  postToAnswer,
  ReplyKind,
  ReplyVisibility,
  resolveIdentities,
  type Writer,
} from '../../social/index.js';
import { channelOfPost } from '../tickets/channel.rules.js';
import type { Ticket } from '../tickets/ticket.entity.js';
import { TicketChannel } from '../tickets/ticket.states.rules.js';
import { requireConsent } from './consent.queries.js';

/** By which way something is to be said, as it was asked; ids are public ones. Nothing: as the customer spoke last. */
export interface AskedWay {
  channel?: TicketChannel | null;
  network?: Network | null;
  accountId?: string | null;
  identityId?: string | null;
  contactPointId?: string | null;
  visibility?: ReplyVisibility | null;
}

/** Where it goes: to a network, or nowhere but into the ticket, where its customer reads it in the portal. */
export interface Target {
  channel: TicketChannel;
  addressed: Addressed | null;
  /** By another way than the customer chose: only while they agree to it. */
  isOtherWay?: boolean;
}

type Held = Pick<Ticket, 'id' | 'customerId' | 'identityId' | 'sourcePostId' | 'channel'>;

const NETWORKS: Partial<Record<TicketChannel, Network>> = {
  EMAIL: Network.EMAIL,
  SMS: Network.SMS,
  FAX: Network.FAX,
};
/** Networks on which somebody is named by what a contact point is. */
const REACHED_BY: Partial<Record<Network, 'EMAIL' | 'PHONE'>> = {
  [Network.EMAIL]: 'EMAIL',
  [Network.SMS]: 'PHONE',
  [Network.FAX]: 'PHONE',
  [Network.WHATSAPP]: 'PHONE',
};

/** Finds the way to the customer of a ticket that is held. Throws `InputError`. */
export async function targetOf(tx: Tx, writer: Writer, ticket: Held, asked: AskedWay): Promise<Target> {
  const { channel } = asked;
  if (channel === TicketChannel.PORTAL || channel === TicketChannel.MANUAL) {
    const wrong = (['network', 'accountId', 'identityId', 'contactPointId'] as const).find(field => asked[field]);
    if (wrong) throw invalid(wrong, 'It goes nowhere but into the ticket.');
    return { channel, addressed: null };
  }
  if (channel === TicketChannel.CALL)
    throw invalid('channel', 'Nobody is answered in writing by telephone: place a call.', 'NOT_ALLOWED');
  const accountId = asked.accountId ? await visibleId(tx, writer.viewer, Account, asked.accountId, 'accountId') : null;
  const network = asked.network ?? (accountId ? await networkOf(tx, accountId) : null);
  const isAsked = Boolean(channel || network || asked.identityId || asked.contactPointId);
  if (!asked.contactPointId) {
    const postId = await lastWord(tx, ticket, {
      channel: channel ?? null,
      network,
      identityId: asked.identityId ? (storedId('identity', asked.identityId) ?? null) : null,
    });
    if (postId) {
      const chosen = isAsked ? await lastWord(tx, ticket, { channel: null, network: null, identityId: null }) : postId;
      return answer(tx, writer, ticket, { postId, isChosen: postId === chosen }, asked);
    }
    if (!isAsked) return { channel: TicketChannel.PORTAL, addressed: null };
  }
  return otherWay(tx, writer, ticket, { ...asked, network }, accountId);
}

/** What the customer wrote last, by a way like this one; null when that was no post. A call is not answered in writing. */
async function lastWord(
  tx: Tx,
  ticket: Held,
  { channel, network, identityId }: { channel: string | null; network: string | null; identityId: string | null },
): Promise<string | null> {
  const rows = await tx.query<{ post_id: string | null }>(
    `select w.post_id from (
       select m.post_id, m.channel, m.network, p.author_id, m.occurred_at, m.id from ticket_messages m
         left join posts p on p.organization_id = m.organization_id and p.id = m.post_id
        where m.organization_id = $1 and m.ticket_id = $2 and m.kind = 'CUSTOMER'
       union all
       select p.id, $7, p.network, p.author_id, '-infinity', p.id from posts p where p.organization_id = $1 and p.id = $6) w
      where w.channel <> 'CALL' and ($3::text is null or w.channel = $3) and ($4::text is null or w.network = $4) and ($5::uuid is null or w.author_id = $5)
      order by w.occurred_at desc, w.id desc limit 1`,
    [tx.scope.organizationId, ticket.id, channel, network, identityId, ticket.sourcePostId, ticket.channel],
  );
  return rows[0]?.post_id ?? null;
}

/**
 * Beside what was said; or to who said it alone, where they speak with us alone already. Where it is not the way they spoke by
 * last, as by any other than that.
 */
async function answer(
  tx: Tx,
  { viewer, language }: Writer,
  ticket: Held,
  { postId, isChosen }: { postId: string; isChosen: boolean },
  asked: AskedWay,
): Promise<Target> {
  const post = (await postToAnswer(tx, postId))!;
  const accountId = await answeringAccount(tx, viewer, post, asked.accountId);
  if (!accountId)
    throw invalid('accountId', 'There is no account of ours on the network where it was said.', 'NOT_ALLOWED');
  const channel = channelOfPost({ network: post.network, title: post.answered.title ?? null });
  if (!isChosen)
    await requireConsent(tx, { customerId: ticket.customerId, identityId: post.authorId, channel }, language);
  const isPublic = post.answered.kind !== 'DIRECT_MESSAGE';
  const alone =
    isPublic && asked.visibility === ReplyVisibility.PRIVATE ? await lastPrivate(tx, accountId, post.authorId) : null;
  const addressed = { network: post.network, accountId, recipientId: post.authorId };
  return {
    channel,
    isOtherWay: !isChosen,
    addressed: alone
      ? { ...addressed, kind: ReplyKind.DIRECT_MESSAGE, post: await postToAnswer(tx, alone) }
      : { ...addressed, kind: ReplyKind.REPLY, post },
  };
}

async function lastPrivate(tx: Tx, accountId: string, identityId: string): Promise<string | null> {
  const [row] = await tx.query<{ id: string }>(
    `select id from posts where organization_id = $1 and author_id = $2 and account_id = $3 and kind = 'DIRECT_MESSAGE' and not own
        and deleted_at is null order by occurred_at desc limit 1`,
    [tx.scope.organizationId, identityId, accountId],
  );
  return row?.id ?? null;
}

/** Another way than the customer chose: they must have agreed to it, and somebody of ours must be there. */
async function otherWay(
  tx: Tx,
  { language }: Writer,
  ticket: Held,
  asked: AskedWay,
  chosenAccountId: string | null,
): Promise<Target> {
  const point = asked.contactPointId ? await contactPoint(tx, ticket, asked.contactPointId) : null;
  const network =
    asked.network ??
    (asked.channel && NETWORKS[asked.channel]) ??
    (point && (point.kind === 'EMAIL' ? Network.EMAIL : Network.SMS));
  if (!network) throw invalid('network', 'Say on which network.', 'REQUIRED');
  const recipient = await recipientOf(tx, ticket, network, asked, point);
  const channel = channelOfPost({ network });
  await requireConsent(tx, { customerId: ticket.customerId, identityId: recipient, channel }, language);
  const accountId = chosenAccountId ?? (await onlyAccount(tx, network));
  if ((await networkOf(tx, accountId)) !== network)
    throw invalid('accountId', 'The account is on another network than that.');
  const before = await lastPrivate(tx, accountId, recipient);
  return {
    channel,
    isOtherWay: true,
    addressed: {
      kind: ReplyKind.DIRECT_MESSAGE,
      network,
      accountId,
      recipientId: recipient,
      post: before ? await postToAnswer(tx, before) : null,
    },
  };
}

interface Point {
  kind: string;
  value: string;
}

async function contactPoint(tx: Tx, ticket: Held, id: string): Promise<Point> {
  const [point] = await tx.query<Point>(
    `select kind, value from contact_points where organization_id = $1 and id = $2 and customer_id = $3 and kind in ('EMAIL', 'PHONE')`,
    [tx.scope.organizationId, storedId('contact', id), ticket.customerId],
  );
  if (!point) throw invalid('contactPointId', "There is no such way to this ticket's customer.", 'NOT_FOUND');
  return point;
}

async function recipientOf(
  tx: Tx,
  ticket: Held,
  network: Network,
  asked: AskedWay,
  point: Point | null,
): Promise<string> {
  const { organizationId } = tx.scope;
  if (asked.identityId) {
    const [identity] = await tx.query<{ id: string }>(
      `select id from social_identities
        where organization_id = $1 and id = $2 and network = $3 and (customer_id = $4 or id = $5)`,
      [organizationId, storedId('identity', asked.identityId), network, ticket.customerId, ticket.identityId],
    );
    if (!identity)
      throw invalid('identityId', 'The customer of this ticket has no such identity on this network.', 'NOT_FOUND');
    return identity.id;
  }
  if (!ticket.customerId && !point)
    throw invalid(
      'channel',
      'Nobody knows whose this ticket is: say which customer, or answer as they wrote.',
      'NOT_ALLOWED',
    );
  const known = point
    ? []
    : await tx.query<{ id: string }>(
        'select id from social_identities where organization_id = $1 and customer_id = $2 and network = $3 order by first_seen_at limit 2',
        [organizationId, ticket.customerId, network],
      );
  if (known.length > 1)
    throw invalid('identityId', 'The customer has several identities on this network: say which one.', 'REQUIRED');
  if (known[0]) return known[0].id;
  const way = point ?? (await primaryPoint(tx, ticket, REACHED_BY[network]));
  if (!way || way.kind !== REACHED_BY[network])
    throw invalid('identityId', 'The customer cannot be reached on this network as far as we know.', 'REQUIRED');
  const [identity] = await resolveIdentities(tx, network, [{ handle: way.value, authored: false }]);
  return identity!.id;
}

async function primaryPoint(tx: Tx, ticket: Held, kind: string | undefined): Promise<Point | null> {
  if (!kind) return null;
  const [point] = await tx.query<Point>(
    `select kind, value from contact_points where organization_id = $1 and customer_id = $2 and kind = $3
      order by is_primary desc, created_at limit 1`,
    [tx.scope.organizationId, ticket.customerId, kind],
  );
  return point ?? null;
}

async function onlyAccount(tx: Tx, network: Network): Promise<string> {
  const rows = await tx.query<{ id: string }>(
    'select id from accounts where organization_id = $1 and network = $2 order by created_at limit 2',
    [tx.scope.organizationId, network],
  );
  if (rows.length > 1) throw invalid('accountId', 'Several accounts are on this network: say which one.', 'REQUIRED');
  if (!rows[0]) throw invalid('accountId', 'There is no account of ours on this network.', 'NOT_ALLOWED');
  return rows[0].id;
}
