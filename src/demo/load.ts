import { setTimeout as sleep } from 'node:timers/promises';
import { Network } from '../ingest/connector.js';
import { ingest } from '../ingest/ingest.service.js';
import { createOrganization, Role, Viewer } from '../modules/access/index.js';
import {
  addNote,
  ContactPointKind,
  type CreateCustomerItem,
  createCustomer,
  relateCustomers,
} from '../modules/customers/index.js';
import { GraphRunKind, requestRun } from '../modules/graph/index.js';
import { createAccount, linkByProof, resolveIdentities } from '../modules/social/index.js';
import type { Database, Scope } from '../platform/database/database.js';
import { newId, publicId, storedId } from '../platform/ids.js';
import { createExample } from './create.js';
import type { Example, ExampleCustomer, ExampleIdentity, ExamplePost } from './example.js';
import { loadSales } from './load.sales.js';
import { loadSupport } from './load.support.js';

const SEED = 'vinculo';
const ACTOR = 'system:demo';
const CUSTOMERS_A_TRANSACTION = 25;
const POSTS_A_BATCH = 250;
const RUN_LOOK_MS = 100;

export interface LoadedExample {
  example: Example;
  scope: Scope;
  /** Stored ids of the brands' accounts, by brand and network. */
  accounts: Map<string, string>;
}

const accountKey = (brand: string, network: Network): string => `${brand}:${network}`;

/**
 * The example organisation, made through the same services as real data. When it is there already it is only described again:
 * the generator gives the same example for the same moment, and that moment is when the organisation was created.
 */
export async function loadExample(database: Database, now: Date): Promise<LoadedExample> {
  const { slug, name } = createExample({ seed: SEED, now, customers: 0, posts: 0 }).organization;
  const known = await findOrganization(database, slug);
  if (known) {
    const scope = { organizationId: known.id, actor: ACTOR, requestId: newId() };
    return {
      example: createExample({ seed: SEED, now: known.createdAt }),
      scope,
      accounts: await accountsOf(database, scope),
    };
  }
  const organizationId = storedId('organization', (await createOrganization(database.system, { slug, name })).id)!;
  const scope = { organizationId, actor: ACTOR, requestId: newId() };
  const viewer = new Viewer({ actor: ACTOR, organizationId, role: Role.OWNER });
  const { createdAt } = (await findOrganization(database, slug))!;
  const example = createExample({ seed: SEED, now: createdAt });
  await loadAccounts(database, scope, viewer, example);
  const { customers, identities, posts, story } = example;
  await loadCustomers(database, scope, viewer, story ? [...customers, story.customer] : customers);
  await loadIdentities(database, scope, story ? [...identities, story.identities[0]!] : identities);
  await loadSales(database, scope, viewer, example);
  const accounts = await accountsOf(database, scope);
  await loadPosts({ example, scope, accounts }, database, posts);
  if (story) await loadPosts({ example, scope, accounts }, database, story.posts);
  await loadSupport(database, scope, viewer, story);
  return { example, scope, accounts };
}

/**
 * Has the graph of an example that was just loaded worked out as soon as there is no run under way: one that began while it was
 * being loaded knows half of it, and the next would start by itself in a minute only.
 */
export async function analyseExample({ scope }: LoadedExample, database: Database, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const open = await database.read(scope, "select 1 from graph_runs where state in ('QUEUED', 'RUNNING')");
    if (open.length === 0) {
      await database.write(scope, tx => requestRun(tx, GraphRunKind.ANALYSIS));
      return;
    }
    await sleep(RUN_LOOK_MS, undefined, { signal }).catch(() => {});
  }
}

/** Accepts posts as if their networks had sent them. */
export async function loadPosts(
  { scope, accounts }: LoadedExample,
  database: Database,
  posts: ExamplePost[],
): Promise<void> {
  // What a batch holds is of one network and concerns one account, as it is from any channel.
  const batches = Map.groupBy(posts, post => accountKey(post.brand, post.network));
  for (const [key, group] of batches) {
    for (let at = 0; at < group.length; at += POSTS_A_BATCH) {
      const events = group.slice(at, at + POSTS_A_BATCH).map(post => post.event);
      await ingest(database, scope, events, { network: group[0]!.network, accountId: accounts.get(key) ?? null });
    }
  }
}

async function findOrganization(
  database: Database,
  slug: string,
): Promise<{ id: string; createdAt: Date } | undefined> {
  const { rows } = await database.system.query<{ id: string; createdAt: Date }>(
    `select id, date_trunc('milliseconds', created_at) as "createdAt" from organizations where slug = $1`,
    [slug],
  );
  return rows[0];
}

async function accountsOf(database: Database, scope: Scope): Promise<Map<string, string>> {
  const rows = await database.read<{ id: string; key: string }>(
    scope,
    `select id, external_id as key from accounts where external_id is not null`,
  );
  return new Map(rows.map(row => [row.key, row.id]));
}

async function loadAccounts(database: Database, scope: Scope, viewer: Viewer, { brands }: Example): Promise<void> {
  await database.write(scope, async tx => {
    for (const brand of brands) {
      for (const { network, handle, displayName } of brand.accounts) {
        await createAccount(tx, viewer, { network, handle, displayName, externalId: accountKey(brand.key, network) });
      }
    }
  });
}

async function loadCustomers(
  database: Database,
  scope: Scope,
  viewer: Viewer,
  customers: ExampleCustomer[],
): Promise<void> {
  const ids = new Map<string, string>();
  for (let at = 0; at < customers.length; at += CUSTOMERS_A_TRANSACTION) {
    await database.write(scope, async tx => {
      for (const customer of customers.slice(at, at + CUSTOMERS_A_TRANSACTION)) {
        const { customerId } = await createCustomer(tx, viewer, itemOf(customer));
        ids.set(customer.key, publicId('customer', customerId));
      }
    });
  }
  await database.write(scope, async tx => {
    for (const { key, notes, relations } of customers) {
      const customerId = ids.get(key)!;
      for (const { text } of notes) await addNote(tx, viewer, { customerId, text });
      for (const { kind, to } of relations)
        await relateCustomers(tx, viewer, { fromId: customerId, toId: ids.get(to)!, kind } as never);
    }
    // These customers proved their addresses when they signed up.
    await tx.query(
      'update contact_points set verified_at = created_at where organization_id = $1 and kind in ($2, $3)',
      [scope.organizationId, ContactPointKind.EMAIL, ContactPointKind.PHONE],
    );
  });
}

function itemOf(customer: ExampleCustomer): CreateCustomerItem {
  const {
    kind,
    displayName,
    givenName,
    familyName,
    language,
    tags,
    email,
    phone,
    address,
    website,
    preferences,
    consents,
  } = customer;
  return {
    kind,
    displayName,
    givenName,
    familyName,
    language,
    tags,
    preferences,
    externalId: customer.key,
    contactPoints: [
      { kind: ContactPointKind.EMAIL, value: email },
      { kind: ContactPointKind.PHONE, value: phone },
      { kind: ContactPointKind.ADDRESS, address },
      ...(website ? [{ kind: ContactPointKind.WEBSITE, value: website }] : []),
    ],
    consents: consents.map(({ purpose, channel, granted, recordedAt, source }) => ({
      purpose,
      channel,
      state: granted ? 'GRANTED' : 'WITHDRAWN',
      recordedAt,
      source,
    })),
  } as CreateCustomerItem;
}

async function loadIdentities(database: Database, scope: Scope, identities: ExampleIdentity[]): Promise<void> {
  for (const [network, group] of Map.groupBy(identities, identity => identity.network)) {
    await database.write(scope, async tx => {
      const facts = group.map(
        ({ id: externalId, handle, displayName, followersCount, url, bio, verifiedEmail, verifiedPhone }) => ({
          externalId,
          handle,
          displayName,
          followersCount,
          url,
          bio,
          verifiedEmail,
          verifiedPhone,
          authored: false,
        }),
      );
      const resolved = await resolveIdentities(tx, network, facts);
      await linkByProof(tx, { identityIds: resolved.map(identity => identity.id) });
    });
  }
}
