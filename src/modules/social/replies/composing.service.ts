import { invalid } from '../../../platform/errors.js';
import { type Viewer, visibleId } from '../../access/index.js';
import { Account } from '../account.entity.js';
import type { ChannelAccount } from '../channel.directory.js';
import {
  type Channel,
  type ChannelDirectory,
  channelOfAccount,
  isRefused,
  type RenderedReply,
  type ReplyDraft,
} from '../channel.directory.js';
import type { Network } from '../networks.js';
import { type Reader } from './answered-post.queries.js';
import { mediaOf } from './media.rules.js';
import type { Refusal } from './refusal.rules.js';
import type { ReplyMedia } from './reply.entity.js';
import { ReplyKind, ReplyVisibility } from './reply.states.rules.js';
import { type Granted, type PostToAnswer, refusalOf } from './sendability.rules.js';
import { splitText } from './splitting.rules.js';

/** What answering stands on: the adapters, and an account with the secrets that its adapter needs to be configured. */
export interface Outbox {
  channels: ChannelDirectory;
  accountOf(accountId: string): Promise<ChannelAccount | null>;
}

/** To whom something is said, from where; ids are stored ones that the viewer may see. */
export interface Addressed {
  kind: ReplyKind;
  network: Network;
  accountId: string;
  recipientId: string;
  post: PostToAnswer | null;
}

export interface Wording {
  text: string;
  visibility?: ReplyVisibility | null;
  language?: string | null;
  media?: ReplyMedia[] | null;
  splitIntoThread?: boolean | null;
  scheduledAt?: Date | null;
}

/** What would be sent: one part, or the parts of a thread; none when something stands in the way. */
export interface Composed {
  visibility: ReplyVisibility;
  parts: { text: string; rendered: RenderedReply }[];
  refusals: Refusal[];
  channel: Channel | undefined;
}

/**
 * The account a post is answered from: the one that is named, else the one that it reached, else the only one there is on its
 * network. Throws `InputError`.
 */
export async function answeringAccount(
  reader: Reader,
  viewer: Viewer,
  post: PostToAnswer,
  accountId: string | null | undefined,
): Promise<string | null> {
  if (accountId) {
    const id = await visibleId(reader, viewer, Account, accountId, 'accountId');
    if ((await networkOf(reader, id)) !== post.network)
      throw invalid('accountId', 'The account is on another network than the post.');
    return id;
  }
  const rows = await reader.query<{ id: string }>(
    `select id from accounts where organization_id = $1 and network = $2 and ($3::uuid is null or id = $3) order by created_at limit 2`,
    [reader.scope.organizationId, post.network, post.accountId],
  );
  if (rows.length > 1) throw invalid('accountId', 'Several accounts are on this network: say which one.', 'REQUIRED');
  return rows[0]?.id ?? null;
}

export async function networkOf(reader: Reader, accountId: string): Promise<Network> {
  const [row] = await reader.query<{ network: Network }>(
    'select network from accounts where organization_id = $1 and id = $2',
    [reader.scope.organizationId, accountId],
  );
  return row!.network;
}

/** Everything about what would be sent, and nothing written. */
export async function compose(
  reader: Reader,
  { channels, accountOf }: Outbox,
  { kind, accountId, post }: Addressed,
  wording: Wording,
): Promise<Composed> {
  const isPrivate = kind !== ReplyKind.REPLY || post?.answered.kind === 'DIRECT_MESSAGE';
  const visibility = wording.visibility ?? (isPrivate ? ReplyVisibility.PRIVATE : ReplyVisibility.PUBLIC);
  const account = await accountOf(accountId);
  if (account?.organizationId !== reader.scope.organizationId)
    return { visibility, parts: [], refusals: [{ code: 'NO_ACCOUNT' }], channel: undefined };
  const channel = channelOfAccount(channels, account);
  const [granted] = await reader.query<{ granted: Granted | null }>(
    'select granted from accounts where organization_id = $1 and id = $2',
    [reader.scope.organizationId, accountId],
  );
  const refusal = refusalOf({
    channel,
    accountState: account.state,
    granted: granted?.granted ?? null,
    kind,
    visibility,
    post,
    withMedia: (wording.media?.length ?? 0) > 0,
    at: wording.scheduledAt ?? new Date(),
  });
  if (refusal || !channel) return { visibility, parts: [], refusals: [refusal ?? { code: 'NOT_POSSIBLE' }], channel };
  if (kind === ReplyKind.CALL) {
    const rendered = { text: '', length: 0, payload: null };
    return { visibility, parts: [{ text: '', rendered }], refusals: [], channel };
  }
  return {
    visibility,
    channel,
    ...renderParts(channel, account, { visibility, post, wording, most: mostOf(channel, granted?.granted) }),
  };
}

/** However a network counts links and emoji, what is longer than this many times its limit and some does not fit. */
const FAR_TOO_LONG = 16;
const FAR_TOO_LONG_BY = 4000;

const mostOf = ({ capabilities }: Channel, granted: Granted | null | undefined): number | null =>
  capabilities.textLimit === null ? null : Math.max(capabilities.textLimit, granted?.textLimit ?? 0);

function renderParts(
  channel: Channel,
  account: ChannelAccount,
  {
    visibility,
    post,
    wording,
    most,
  }: { visibility: ReplyVisibility; post: PostToAnswer | null; wording: Wording; most: number | null },
): Pick<Composed, 'parts' | 'refusals'> {
  const draftOf = (text: string, isFirst: boolean): ReplyDraft => ({
    text,
    visibility: visibility === ReplyVisibility.PUBLIC ? 'public' : 'private',
    ...(wording.language && { language: wording.language }),
    ...(isFirst && wording.media?.length && { media: wording.media.map(mediaOf) }),
  });
  const parent = post?.answered ?? null;
  const render = (text: string, isFirst = true) => channel.render(account, draftOf(text, isFirst), parent);
  if (wording.text.trim() === '' && !wording.media?.length) return { parts: [], refusals: [{ code: 'EMPTY' }] };
  const { length } = wording.text;
  const whole =
    most !== null && length > FAR_TOO_LONG * most + FAR_TOO_LONG_BY
      ? { code: 'TEXT_TOO_LONG', message: 'It is far too long.', parameters: { length, max: most } }
      : render(wording.text);
  if (!isRefused(whole)) return { parts: [{ text: wording.text, rendered: whole }], refusals: [] };
  const refused = {
    parts: [],
    refusals: [{ code: whole.code, ...(whole.parameters && { parameters: whole.parameters }) }],
  };
  if (whole.code !== 'TEXT_TOO_LONG' || !wording.splitIntoThread) return refused;
  const texts = splitText(wording.text, part => !isRefused(render(part)));
  if (!texts) return refused;
  const parts = texts.map((text, at) => ({ text, rendered: render(text, at === 0) as RenderedReply }));
  return { parts, refusals: [] };
}
