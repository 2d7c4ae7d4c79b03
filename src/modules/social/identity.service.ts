import type { Tx } from '../../platform/database/database.js';
import { sqlState } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import { normaliseEmail, normalisePhone, normaliseWebsite } from '../customers/index.js';
import { normaliseHandle } from './enrichment/text.rules.js';
import { mergeIdentities, type SameIdentity } from './identity-merge.service.js';
import type { Network } from './networks.js';

/** Somebody as a network names them: by its stable id, by a handle, or by both. */
export interface IdentityFacts {
  externalId?: string;
  handle?: string;
  displayName?: string;
  bio?: string;
  url?: string;
  avatarUrl?: string;
  followersCount?: number;
  verifiedEmail?: string;
  verifiedPhone?: string;
  /** They said something, rather than only being spoken of. */
  authored: boolean;
}

export interface ResolvedIdentity {
  id: string;
  customerId: string | null;
  followersCount: number | null;
  isNew: boolean;
  /** New, or told something about itself that it had not told before. */
  isChanged: boolean;
}

interface StoredIdentity {
  id: string;
  external_id: string | null;
  handle: string;
  handle_key: string | null;
  display_name: string | null;
  bio: string | null;
  url: string | null;
  avatar_url: string | null;
  followers_count: number | null;
  verified_email: string | null;
  verified_phone: string | null;
  authored: boolean;
  customer_id: string | null;
}

/** How often we look again when others insert the same identities at the same time. */
const ROUNDS = 5;

/**
 * Finds or creates the identities behind `facts`, in their order. The network's stable id decides; a handle finds whoever
 * holds it now. A handle that has passed to another id is taken from its former holder, who keeps its posts.
 */
export async function resolveIdentities(tx: Tx, network: Network, facts: IdentityFacts[]): Promise<ResolvedIdentity[]> {
  const wanted = facts.map(standardise).map(fact => ({
    fact,
    key: fact.handle ? normaliseHandle(network, fact.handle) || undefined : undefined,
  }));
  const created = new Set<string>();
  for (let round = 1; round <= ROUNDS; round++) {
    const stored = await find(tx, network, wanted);
    const missing = new Map<string, IdentityFacts & { key: string | undefined }>();
    const matches = wanted.map(({ fact, key }) => {
      const match = stored.match(fact.externalId, key);
      if (!match) {
        const name = fact.externalId ? `id:${fact.externalId}` : `handle:${key}`;
        missing.set(name, {
          ...missing.get(name),
          ...definedOnly(fact),
          authored: fact.authored || (missing.get(name)?.authored ?? false),
          key,
        });
      }
      return match;
    });
    if (missing.size === 0) {
      const found = matches as StoredIdentity[];
      const changed = await updateChanged(tx, wanted, found);
      return found.map((row, at) => ({
        id: row.id,
        customerId: row.customer_id,
        followersCount: facts[at]!.followersCount ?? row.followers_count,
        isNew: created.has(row.id),
        isChanged: created.has(row.id) || changed.has(row.id),
      }));
    }
    for (const id of await insert(tx, network, mergeByHandle([...missing.values()]))) created.add(id);
  }
  throw new Error('Identities kept changing while they were looked up.');
}

/** What proves who somebody is must be spelt as contact points are, or equal things would look different. */
function standardise(fact: IdentityFacts): IdentityFacts {
  const { url, verifiedEmail, verifiedPhone } = fact;
  if (!url && !verifiedEmail && !verifiedPhone) return fact;
  return {
    ...fact,
    url: url && (normaliseWebsite(url) ?? undefined),
    verifiedEmail: verifiedEmail && (normaliseEmail(verifiedEmail) ?? undefined),
    verifiedPhone: verifiedPhone && (normalisePhone(verifiedPhone) ?? undefined),
  };
}

type Wanted = { fact: IdentityFacts; key: string | undefined };

async function find(tx: Tx, network: Network, wanted: Wanted[]) {
  const rows = await tx.query<StoredIdentity>(
    `select id, external_id, handle, handle_key, display_name, bio, url, avatar_url, followers_count,
            verified_email, verified_phone, authored, customer_id
       from social_identities
      where organization_id = $1 and network = $2 and (external_id = any ($3) or handle_key = any ($4))`,
    [
      tx.scope.organizationId,
      network,
      unique(wanted.map(({ fact }) => fact.externalId)),
      unique(wanted.map(({ key }) => key)),
    ],
  );
  const byId = new Map(rows.filter(row => row.external_id !== null).map(row => [row.external_id!, row]));
  const byHandle = new Map(rows.filter(row => row.handle_key !== null).map(row => [row.handle_key!, row]));
  // Who is named by a handle alone is whoever else in the batch tells that handle with an id.
  const told = new Map(
    wanted.filter(({ fact, key }) => fact.externalId && key).map(({ fact, key }) => [key, fact.externalId!]),
  );
  return {
    match(externalId: string | undefined, key: string | undefined): StoredIdentity | undefined {
      const holder = key ? byHandle.get(key) : undefined;
      if (!externalId) return byId.get(told.get(key) ?? '') ?? holder;
      // Until now we knew only the handle; whoever holds it has just told its id.
      return byId.get(externalId) ?? (holder?.external_id === null ? holder : undefined);
    },
  };
}

async function insert(
  tx: Tx,
  network: Network,
  missing: (IdentityFacts & { key: string | undefined })[],
): Promise<string[]> {
  const rows = missing
    .map(fact => ({
      organization_id: tx.scope.organizationId,
      id: newId(),
      network,
      external_id: fact.externalId ?? null,
      handle: fact.handle?.replace(/^@/, '') ?? fact.externalId ?? '',
      handle_key: fact.key ?? null,
      display_name: fact.displayName ?? null,
      bio: fact.bio ?? null,
      url: fact.url ?? null,
      avatar_url: fact.avatarUrl ?? null,
      followers_count: fact.followersCount ?? null,
      verified_email: fact.verifiedEmail ?? null,
      verified_phone: fact.verifiedPhone ?? null,
      authored: fact.authored,
    }))
    // One order for everybody: two writers of the same identities then wait for each other instead of deadlocking.
    .sort((a, b) => compare(a.handle_key ?? a.external_id!, b.handle_key ?? b.external_id!));
  const moved = rows.filter(row => row.external_id !== null && row.handle_key !== null).map(row => row.handle_key);
  if (moved.length > 0) {
    await tx.query(
      `update social_identities set handle_key = null, updated_at = now()
        where organization_id = $1 and network = $2 and handle_key = any ($3) and external_id is not null`,
      [tx.scope.organizationId, network, moved],
    );
  }
  const inserted = await tx.query<{ id: string }>(
    `insert into social_identities
       (organization_id, id, network, external_id, handle, handle_key, display_name, bio, url, avatar_url, followers_count,
        verified_email, verified_phone, authored)
     select organization_id, id, network, external_id, handle, handle_key, display_name, bio, url, avatar_url, followers_count,
            verified_email, verified_phone, authored
       from json_populate_recordset(null::social_identities, $1)
     on conflict do nothing returning id`,
    [JSON.stringify(rows)],
  );
  return inserted.map(row => row.id);
}

async function updateChanged(tx: Tx, wanted: Wanted[], found: StoredIdentity[]): Promise<Set<string>> {
  const changes = new Map<string, Record<string, unknown>>();
  const taken = new Map<string, string>();
  // When a batch names several identities by one handle, the last of them holds it now.
  const holders = new Map(wanted.map(({ key }, at) => [key, found[at]!.id]));
  wanted.forEach(({ fact, key }, at) => {
    const row = found[at]!;
    const held = key && holders.get(key) === row.id ? key : row.handle_key;
    const next = {
      external_id: fact.externalId ?? row.external_id,
      handle: fact.handle && fact.authored ? fact.handle.replace(/^@/, '') : row.handle,
      handle_key: held !== null && (holders.get(held) ?? row.id) !== row.id ? null : held,
      display_name: fact.displayName ?? row.display_name,
      bio: fact.bio ?? row.bio,
      url: fact.url ?? row.url,
      avatar_url: fact.avatarUrl ?? row.avatar_url,
      followers_count: fact.followersCount ?? row.followers_count,
      verified_email: fact.verifiedEmail ?? row.verified_email,
      verified_phone: fact.verifiedPhone ?? row.verified_phone,
      authored: fact.authored || row.authored,
    };
    const changed = (Object.keys(next) as (keyof typeof next)[]).some(name => next[name] !== row[name]);
    if (changed) {
      changes.set(row.id, { id: row.id, ...next });
      if (next.handle_key !== null && next.handle_key !== row.handle_key) taken.set(next.handle_key, row.id);
      Object.assign(row, next);
    }
  });
  if (changes.size === 0) return new Set();
  const rows = [...changes.values()].sort((a, b) => compare(a.id as string, b.id as string));
  if (taken.size > 0) {
    const nameless = await takeHandles(tx, new Map([...taken].sort(([a], [b]) => compare(a, b))));
    const named = new Set(found.map(row => row.id));
    const customers = await mergeIdentities(
      tx,
      nameless.filter(({ id }) => !named.has(id)),
    );
    for (const row of found) row.customer_id ??= customers.get(row.id) ?? null;
  }
  await tx
    .query(
      `update social_identities i
          set external_id = n.external_id, handle = n.handle, handle_key = n.handle_key, display_name = n.display_name, bio = n.bio,
              url = n.url, avatar_url = n.avatar_url, followers_count = n.followers_count,
              verified_email = n.verified_email, verified_phone = n.verified_phone, authored = n.authored or i.authored, updated_at = now()
         from json_populate_recordset(null::social_identities, $2) n
        where i.organization_id = $1 and i.id = n.id`,
      [tx.scope.organizationId, JSON.stringify(rows)],
    )
    .catch(handleTaken);
  return new Set(changes.keys());
}

/**
 * Takes handles from whoever else holds them now. Two writers that want the same one come one after the other. Answers those
 * that have no other name left: they were never anybody but who holds the handle now.
 */
async function takeHandles(tx: Tx, taken: Map<string, string>): Promise<SameIdentity[]> {
  const handles = [...taken.keys()];
  await tx.query('select pg_advisory_xact_lock(hashtextextended(handle, 0)) from unnest($1::text[]) as handle', [
    handles,
  ]);
  const losers = await tx.query<SameIdentity & { external_id: string | null }>(
    `update social_identities i set handle_key = null, updated_at = now()
       from unnest($2::uuid[], $3::text[]) as m(id, handle_key)
      where i.organization_id = $1 and i.handle_key = m.handle_key and i.id <> m.id
        and i.network = (select network from social_identities where organization_id = $1 and id = m.id)
     returning i.id, m.id as "ownerId", i.external_id`,
    [tx.scope.organizationId, [...taken.values()], handles],
  );
  return losers.filter(loser => loser.external_id === null);
}

/** Another writer gave a handle of ours to somebody else while we looked: a reason to look again, as after any lost race. */
function handleTaken(error: unknown): never {
  if (sqlState(error) === '23505')
    throw Object.assign(new Error('A handle changed hands.', { cause: error }), { code: '40001' });
  throw error;
}

/** Within one batch a handle may be seen alone and with its id: that is one identity. */
function mergeByHandle(
  missing: (IdentityFacts & { key: string | undefined })[],
): (IdentityFacts & { key: string | undefined })[] {
  const withId = new Map(missing.filter(fact => fact.externalId && fact.key).map(fact => [fact.key!, fact]));
  return missing.filter(fact => fact.externalId || !fact.key || !withId.has(fact.key));
}

const definedOnly = (fact: IdentityFacts): IdentityFacts =>
  Object.fromEntries(Object.entries(fact).filter(([, value]) => value !== undefined)) as unknown as IdentityFacts;

const unique = (values: (string | undefined)[]): string[] => [...new Set(values.filter(value => value !== undefined))];

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
