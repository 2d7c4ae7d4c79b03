import { setImmediate } from 'node:timers/promises';
import {
  confirmClaims,
  deletePosts,
  type Enrichment,
  enrich,
  giveTurns,
  type IdentityFacts,
  InteractionKind,
  keepFiles,
  keepFormerTexts,
  keepPosts,
  knownPosts,
  linkByProof,
  lockThreads,
  type NewInteraction,
  PostKind,
  priorityOf,
  type ResolvedIdentity,
  recordInteractions,
  resolveConversations,
  resolveIdentities,
  runPostsHooks,
  type SentimentModel,
  tieFiles,
  unknownTexts,
} from '../modules/social/index.js';
import type { Scope, Tx } from '../platform/database/database.js';
import { linksIn, sanitiseHtml } from '../platform/markup.js';
import type { DeleteEvent, ExternalIdentity, InboundEvent, Network, UpsertEvent } from './connector.js';
import { fileIdsOf, type PreparedMedia, prepareMedia, storedMedia } from './media.js';

export interface IngestOptions {
  network: Network;
  sourceId?: string | null;
  accountId?: string | null;
  /** The organisation's own sentiment model, where it has one. */
  model?: SentimentModel | null;
  /** The channel shows how things are now, so a former text seen again is an edit; an archive or a stream may only repeat it. */
  isPresent?: boolean;
  /** Runs in the same transaction, after everything else: the source's cursor, a progress mark, a gap. */
  finish?: (tx: Tx) => Promise<void>;
}

export interface IngestSummary {
  created: number;
  edited: number;
  deleted: number;
  unchanged: number;
}

/** A post's text is judged before the transaction, which is then open only for writing. */
interface Prepared {
  event: UpsertEvent;
  /** Its own markup, made harmless. */
  html: string | null;
  media: PreparedMedia[];
  enrichment: Enrichment;
}

const PREPARED_AT_ONCE = 20;

export interface Writer {
  write<Result>(scope: Scope, work: (tx: Tx) => Promise<Result>): Promise<Result>;
}

/**
 * Accepts one batch from any channel, as one transaction: identities, conversations, posts, interactions, links by proof,
 * events, and whatever `finish` adds, all or nothing. The same batch again, or at the same time from elsewhere, adds nothing.
 */
export async function ingest(
  database: Writer,
  scope: Scope,
  events: InboundEvent[],
  options: IngestOptions,
): Promise<IngestSummary> {
  const { latest, former } = byRevision(events);
  const deletions = events.filter((event): event is DeleteEvent => event.op === 'delete');
  const prepared = await prepareAll(latest, options);
  return database.write(scope, async tx => {
    const kept = await store(tx, prepared, options);
    await keepFormerTexts(tx, options.network, former);
    const deleted = await deletePosts(
      tx,
      options.network,
      deletions.map(event => ({ externalId: event.ref.id, occurredAt: event.occurredAt, tombstone: event.tombstone })),
    );
    await options.finish?.(tx);
    const total = events.length - deletions.length;
    return { ...kept, deleted, unchanged: total - kept.created - kept.edited };
  });
}

/** Reading a text takes about 0.1 ms: every few posts others have their turn, such as the batch that is just being written. */
async function prepareAll(upserts: UpsertEvent[], options: IngestOptions): Promise<Prepared[]> {
  const prepared: Prepared[] = [];
  for (const event of upserts) {
    prepared.push({ ...prepare(event, options), media: event.media.length > 0 ? await prepareMedia(event.media) : [] });
    if (prepared.length % PREPARED_AT_ONCE === 0) await setImmediate();
  }
  return prepared;
}

async function store(tx: Tx, all: Prepared[], options: IngestOptions) {
  const { network, sourceId = null, accountId = null, isPresent = false } = options;
  const known = await knownPosts(
    tx,
    network,
    all.map(({ event }) => event.ref.id),
  );
  const said = all.map(({ event: { ref, revision, editedAt = null } }) => ({ externalId: ref.id, revision, editedAt }));
  const unknown = await unknownTexts(tx, network, said, known, isPresent);
  const prepared = all.filter(({ event }) => unknown.has(event.ref.id));
  if (prepared.length === 0) return { created: 0, edited: 0 };

  const threaded = prepared.map(({ event }) => ({
    externalId: event.ref.id,
    rootExternalId: event.root?.id ?? null,
    parentExternalId: event.parent?.id ?? null,
    occurredAt: event.occurredAt,
  }));
  const identities = await resolveAll(tx, network, prepared);
  await lockThreads(tx, network, threaded);
  const conversations = await resolveConversations(tx, network, threaded);
  const files = await keepFiles(
    tx,
    prepared.flatMap(({ media }) => media.flatMap(({ file }) => file ?? [])),
  );
  const { created, edited } = await keepPosts(
    tx,
    network,
    prepared.map(({ event, html, media, enrichment }) => ({
      externalId: event.ref.id,
      revision: event.revision,
      kind: event.kind,
      authorId: identities.of(event.author).id,
      conversationId: conversations.get(event.ref.id)!,
      sourceId,
      accountId,
      parentExternalId: event.parent?.id ?? null,
      title: event.title ?? null,
      html,
      url: event.ref.url ?? null,
      media: storedMedia(media, files),
      own: event.own,
      auto: event.auto,
      replyTo: event.replyTo ?? null,
      replyability: event.replyability ?? null,
      call: event.call ?? null,
      occurredAt: event.occurredAt,
      editedAt: event.editedAt ?? null,
      enrichment: forAuthor(event, enrichment, identities.of(event.author)),
    })),
    known,
    isPresent,
  );
  const having = prepared.flatMap(({ event, media }) => {
    const postId = created.get(event.ref.id) ?? edited.get(event.ref.id);
    return postId ? [[postId, fileIdsOf(media, files)] as const] : [];
  });
  await tieFiles(tx, new Map(having), [...edited.values()], files.values());
  await recordInteractions(
    tx,
    network,
    prepared.flatMap(({ event, enrichment }) => {
      const postId = created.get(event.ref.id);
      return postId ? interactionsOf(event, enrichment, postId, identities) : [];
    }),
  );
  const answers = prepared.filter(({ event: { ref, root, parent, auto } }) => {
    const isAnswer = parent !== undefined || (root !== undefined && root.id !== ref.id);
    return isAnswer && !auto && created.has(ref.id);
  });
  await giveTurns(
    tx,
    answers.map(({ event: { ref, own, occurredAt } }) => ({
      conversationId: conversations.get(ref.id)!,
      own,
      occurredAt,
    })),
  );
  await linkByProof(tx, { identityIds: identities.changedIds });
  await confirmClaims(
    tx,
    prepared.map(({ event, enrichment }) => ({ identityId: identities.of(event.author).id, text: enrichment.text })),
  );
  await runPostsHooks(
    tx,
    prepared.flatMap(({ event, enrichment }) => {
      const id = created.get(event.ref.id);
      return id
        ? [
            {
              id,
              network,
              kind: event.kind,
              externalId: event.ref.id,
              parentExternalId: event.parent?.id ?? null,
              accountId,
              sourceId,
              authorId: identities.of(event.author).id,
              conversationId: conversations.get(event.ref.id)!,
              title: event.title ?? null,
              text: enrichment.text,
              language: enrichment.language,
              sentimentScore: enrichment.sentiment.score,
              own: event.own,
              auto: event.auto,
              occurredAt: event.occurredAt,
            },
          ]
        : [];
    }),
  );
  return { created: created.size, edited: edited.size };
}

/** One event a post: when a batch holds several revisions of it, the last one given; the others are only remembered. */
function byRevision(events: InboundEvent[]) {
  const byId = new Map<string, UpsertEvent>();
  const former: { externalId: string; revision: string; text: string }[] = [];
  for (const event of events) {
    if (event.op !== 'upsert') continue;
    const before = byId.get(event.ref.id);
    if (before) former.push({ externalId: event.ref.id, revision: before.revision, text: before.text });
    byId.set(event.ref.id, event);
  }
  return { latest: [...byId.values()], former };
}

function prepare(event: UpsertEvent, { network, model }: IngestOptions): Omit<Prepared, 'media'> {
  const { text, kind, language, author, own, auto } = event;
  const html = event.html ? sanitiseHtml(event.html) : null;
  const enrichment = enrich({ text, network, kind, language, followersCount: author.followersCount, own, auto }, model);
  // Plain text has lost where its links lead; the markup still says it.
  const links = html ? [...new Set([...enrichment.links, ...linksIn(html, event.ref.url)])] : enrichment.links;
  return { event, html, enrichment: { ...enrichment, links } };
}

/** What we know of the author counts too; most are strangers, whose priority stands as it was judged. */
function forAuthor(event: UpsertEvent, enrichment: Enrichment, author: ResolvedIdentity): Enrichment {
  const isCustomer = author.customerId !== null;
  if (!isCustomer && author.followersCount === (event.author.followersCount ?? null)) return enrichment;
  const { kind, own, auto } = event;
  const { text, language, sentiment } = enrichment;
  return {
    ...enrichment,
    priority: priorityOf({
      text,
      language,
      sentiment,
      kind,
      own,
      auto,
      isCustomer,
      followersCount: author.followersCount,
    }),
  };
}

/** Everybody a batch names, resolved together, found again by how they were named. */
interface Identities {
  of(identity: ExternalIdentity): ResolvedIdentity;
  ofHandle(handle: string): ResolvedIdentity;
  changedIds: string[];
}

async function resolveAll(tx: Tx, network: Network, prepared: Prepared[]): Promise<Identities> {
  const facts: IdentityFacts[] = [];
  const places = new Map<string, number>();
  const add = (identity: ExternalIdentity, authored: boolean) => {
    const { id: externalId, ...rest } = identity;
    const name = nameOf(identity);
    const known = facts[places.get(name) ?? facts.length];
    if (!known) {
      places.set(name, facts.length);
      facts.push({ ...rest, externalId, authored });
      return;
    }
    // Named twice, once perhaps with more than the other time.
    for (const [key, value] of Object.entries(rest)) known[key as keyof typeof rest] ??= value as never;
    known.authored ||= authored;
  };
  for (const { event, enrichment } of prepared) {
    add(event.author, true);
    for (const other of othersIn(event)) add(other, false);
    for (const handle of enrichment.handles) add({ handle }, false);
  }
  const resolved = await resolveIdentities(tx, network, facts);
  const find = (name: string): ResolvedIdentity => resolved[places.get(name)!]!;
  return {
    of: identity => find(nameOf(identity)),
    ofHandle: handle => find(nameOf({ handle })),
    changedIds: resolved.filter(identity => identity.isChanged).map(identity => identity.id),
  };
}

const nameOf = (identity: ExternalIdentity): string =>
  identity.id ? `id:${identity.id}` : `handle:${identity.handle?.toLowerCase()}`;

/** Identities an event names beside its author: those it answers, passes on, quotes or mentions. */
function othersIn(event: UpsertEvent): ExternalIdentity[] {
  const { parent, reposted, quoted, mentions = [] } = event;
  return [parent?.author, reposted?.author, quoted?.author, ...mentions].filter(
    identity => identity?.id || identity?.handle,
  ) as ExternalIdentity[];
}

function interactionsOf(
  event: UpsertEvent,
  enrichment: Enrichment,
  postId: string,
  identities: Identities,
): NewInteraction[] {
  const from = identities.of(event.author).id;
  const found = new Map<string, NewInteraction>();
  const add = (kind: InteractionKind, to: ResolvedIdentity) =>
    found.set(`${kind}:${to.id}`, {
      kind,
      fromIdentityId: from,
      toIdentityId: to.id,
      postId,
      occurredAt: event.occurredAt,
    });
  const { parent, reposted, quoted } = event;
  if (parent?.author)
    add(
      event.kind === PostKind.COMMENT ? InteractionKind.COMMENT : InteractionKind.REPLY,
      identities.of(parent.author),
    );
  if (reposted?.author) add(InteractionKind.REPOST, identities.of(reposted.author));
  if (quoted?.author) add(InteractionKind.QUOTE, identities.of(quoted.author));
  for (const mention of event.mentions ?? [])
    if (mention.id || mention.handle) add(InteractionKind.MENTION, identities.of(mention));
  for (const handle of enrichment.handles) add(InteractionKind.MENTION, identities.ofHandle(handle));
  return [...found.values()];
}
