import {
  type Batch,
  type ConnectorContext,
  ConnectorError,
  type InboundEvent,
  type PostKind,
} from '../../src/ingest/connector.js';
import { askReddit, type RedditConfig } from './api.client.js';
import { isGone, readListing, type Thing, thingEvent } from './thing.event.js';

type Context = ConnectorContext<RedditConfig>;

export interface RedditCursor {
  /** Up to when was read. */
  until: string;
  /** What was read, by name and kind, oldest first: looked at again for edits and deletions. */
  watched: [name: string, kind: string][];
  /** How many of them have had their turn. */
  turn: number;
}

const PAGE = 100;
/** Reddit gives about a thousand of any list. */
const MOST_PAGES = 10;
/** Reddit wants what is deleted there to be deleted here within two days, and tells nobody of it. */
const WATCHED = 1000;
/** The newest are looked at every time, and as many of the others in turn. */
const AT_ONCE = 100;
/** Things are listed late, and what a filter held back is let through later. */
const OVERLAP_MS = 3_600_000;

interface List {
  path: string;
  query?: Record<string, string>;
  /** Reading goes on without it. */
  isOptional?: boolean;
}

/** An account's own words are among it: people also answer in Reddit's app. */
function listsOf({ follows, username }: RedditConfig): List[] {
  if (follows.what === 'inbox')
    return [
      { path: '/message/inbox' },
      { path: `/user/${username}/comments`, query: { sort: 'new' } },
      // Since messages went over to the chat, Reddit leads some accounts from here to its sign-in page.
      { path: '/message/sent', isOptional: true },
    ];
  if (follows.what === 'search') return [{ path: '/search', query: { q: follows.words, sort: 'new', type: 'link' } }];
  return [{ path: `/r/${follows.name}/new` }, { path: `/r/${follows.name}/comments` }];
}

/** Pages by name, newest first. Throws `ConnectorError`. */
export async function listOf(context: Context, origin: string, { path, query }: List, after?: string) {
  const asked = { ...query, limit: PAGE, ...(after && { after }) };
  const page = readListing(await askReddit(context, origin, path, { query: asked }));
  if (!page) throw new ConnectorError({ class: 'transient', message: 'Reddit answered no list.', scope: 'endpoint' });
  if (page.unread > 0) context.log.warn({ path, unread: page.unread }, 'some of what Reddit listed cannot be read');
  return page;
}

/** Things by their names, as they are now; those that are nowhere are left out. */
export async function thingsOf(context: Context, origin: string, names: readonly string[]): Promise<Thing[]> {
  const things: Thing[] = [];
  for (let at = 0; at < names.length; at += PAGE) {
    const query = { id: names.slice(at, at + PAGE).join(',') };
    things.push(...(await listOf(context, origin, { path: '/api/info', query })).things);
  }
  return things;
}

export const kindOf = ({ name, type }: Pick<Thing, 'name' | 'type'>): PostKind => {
  if (name.startsWith('t4_')) return 'DIRECT_MESSAGE' as PostKind;
  if (name.startsWith('t3_')) return 'POST' as PostKind;
  return (type === 'username_mention' ? 'MENTION' : 'COMMENT') as PostKind;
};

async function readSince(context: Context, origin: string, list: List, since: number) {
  const things: Thing[] = [];
  let after: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page = await listOf(context, origin, list, after);
    things.push(...page.things.filter(thing => thing.created_utc * 1000 >= since));
    after = page.after;
    const reached = page.things.some(thing => thing.created_utc * 1000 < since);
    if (reached || !after) return { things };
  }
  return { things, from: Math.min(...things.map(thing => thing.created_utc * 1000)) };
}

const byAge = (a: { thing: Thing }, b: { thing: Thing }) => a.thing.created_utc - b.thing.created_utc;

/** What is looked at this time, and where the next turn begins. */
function inTurn({ watched, turn }: RedditCursor) {
  const [others, newest] = [watched.slice(0, -AT_ONCE), watched.slice(-AT_ONCE)];
  const from = turn < others.length ? turn : 0;
  return { now: [...others.slice(from, from + AT_ONCE), ...newest], next: from + AT_ONCE };
}

/**
 * What is new since the cursor, by time and not by name: a list asked for what comes before something that was deleted is empty.
 * What the inbox says of a comment is too little to know its thread or an edit by, so every comment is read by its name.
 */
export async function* poll(
  context: Context,
  origin: string,
  cursor: RedditCursor | null,
): AsyncGenerator<Batch<RedditCursor>> {
  const began = context.now();
  const since = cursor ? Date.parse(cursor.until) - OVERLAP_MS : began.getTime() - OVERLAP_MS;
  const looked = cursor ? inTurn(cursor) : { now: [], next: 0 };
  const listed = new Map<string, { kind: PostKind; thing?: Thing }>();
  let gap: Batch<RedditCursor>['gap'];
  let again: Map<string, Thing>;
  try {
    for (const list of listsOf(context.config)) {
      const { things, from } = await readSince(context, origin, list, since).catch(error => {
        const isShut = error instanceof ConnectorError && !['rate', 'auth'].includes(error.fault.class);
        if (!list.isOptional || !isShut || context.signal.aborted) throw error;
        context.log.warn({ path: list.path, reason: String(error) }, 'one of the lists of Reddit cannot be read');
        return { things: [], from: undefined };
      });
      for (const thing of things) {
        const isSummary = list.path === '/message/inbox' && thing.name.startsWith('t1_');
        listed.set(thing.name, { kind: kindOf(thing), ...(!isSummary && { thing }) });
      }
      if (from !== undefined && cursor)
        gap = { from: new Date(since), to: new Date(from), reason: 'Reddit lists no more than a thousand.' };
    }
    const summaries = [...listed].filter(([, { thing }]) => !thing).map(([name]) => name);
    const names = new Set([...summaries, ...looked.now.map(([name]) => name).filter(name => !listed.has(name))]);
    again = new Map((await thingsOf(context, origin, [...names])).map(thing => [thing.name, thing]));
  } catch (error) {
    if (context.signal.aborted) return;
    throw error;
  }
  const fresh = [...listed]
    .flatMap(([name, { kind, thing = again.get(name) }]) => (thing ? [{ kind, thing }] : []))
    .sort(byAge);
  const changed = looked.now.flatMap(([name, kind]) => {
    const thing = listed.has(name) ? undefined : again.get(name);
    return thing && (isGone(thing) || typeof thing.edited === 'number') ? [{ kind: kind as PostKind, thing }] : [];
  });
  const all = [...fresh, ...changed].sort(byAge);
  const gone = new Set(all.filter(({ thing }) => isGone(thing)).map(({ thing }) => thing.name));
  const watched = [
    ...(cursor?.watched ?? []).filter(([name]) => !listed.has(name)),
    ...fresh.filter(({ thing }) => !thing.name.startsWith('t4_')).map(({ kind, thing }) => [thing.name, kind] as const),
  ].filter(([name]) => !gone.has(name)) as RedditCursor['watched'];
  yield {
    events: all.flatMap(({ kind, thing }) => eventOf(context, thing, kind) ?? []),
    cursor: { until: began.toISOString(), watched: watched.slice(-WATCHED), turn: looked.next },
    more: false,
    ...(gap && { gap }),
  };
}

function eventOf(context: Context, thing: Thing, kind: PostKind): InboundEvent | undefined {
  if (isGone(thing)) return { op: 'delete', ref: { id: thing.name }, occurredAt: context.now(), tombstone: true };
  return thingEvent(thing, kind, context.config.username);
}
