import 'reflect-metadata';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { entities } from '../src/app.js';
import type { AnyConnector, InboundEvent, RawRequest, WebhookContent } from '../src/ingest/connector.js';
import { connectorRegistry } from '../src/ingest/registry.js';
import { parseTask } from '../src/ingest/webhook.parsing.js';
import { Webhooks } from '../src/ingest/webhooks.js';
import { Database } from '../src/platform/database/database.js';
import { newId } from '../src/platform/ids.js';
import { openLogger } from '../src/platform/logger.js';
import { servicesFor, vault } from './support/connector-context.js';
import { cloneDatabase, type TestDatabase } from './support/database.js';
import { hookNetwork } from './support/hook-network.js';
import { SUBJECTS, type Subject } from './support/subjects/index.js';

const log = openLogger('silent');
const BASE = 'https://crm.example';
const ALL = [hookNetwork, ...SUBJECTS];
let clone: TestDatabase;
let database: Database;
const opened: Subject[] = [];

beforeAll(async () => {
  clone = await cloneDatabase();
  database = await Database.open({ ownerUrl: clone.ownerUrl, appUrl: clone.appUrl, entities, poolSize: 4 });
});
afterEach(async () => {
  for (const subject of opened.splice(0)) await subject.close();
});
afterAll(async () => {
  await database.close();
  await clone.drop();
});

/** The account that is called, in an organisation of its own, with the endpoint and the task as the product has them. */
async function called(subject: Subject, connector: AnyConnector = subject.connector) {
  const [organizationId, accountId, sourceId] = [newId(), newId(), newId()];
  const { source } = subject;
  const { system } = database;
  await system.query('insert into organizations (id, slug, name) values ($1, $2, $2)', [organizationId, accountId]);
  const { rows } = await system.query<{ hook_key: string }>(
    `insert into accounts (organization_id, id, network, handle, connector, settings) values ($1, $2, $3, $4, $5, $6) returning hook_key`,
    [organizationId, accountId, connector.network, source.query, connector.kind, source.settings ?? {}],
  );
  await system.query('insert into account_secrets (organization_id, account_id, sealed) values ($1, $2, $3)', [
    organizationId,
    accountId,
    await vault.seal(source.credentials ?? {}, accountId),
  ]);
  await system.query(
    `insert into sources (organization_id, id, account_id, connector, network, kind, query) values ($1, $2, $3, $4, $5, 'ACCOUNT', $6)`,
    [organizationId, sourceId, accountId, connector.kind, connector.network, source.query],
  );
  const registry = connectorRegistry([connector], servicesFor);
  const hookSecret = () => subject.hooks?.secret ?? '';
  const endpoint = new Webhooks({ database, registry, vault, hookSecret, publicUrl: BASE, log });
  const scope = { organizationId, actor: 'system:test', requestId: 'test' };
  const waiting = async (): Promise<string[]> => {
    const found = await system.query<{ id: string }>(
      `select id from webhook_deliveries where organization_id = $1 and state = 'RECEIVED' order by received_at, id`,
      [organizationId],
    );
    return found.rows.map(row => row.id);
  };
  const parse = async (over = database, among = registry) => {
    const task = parseTask({ database: over, registry: among, vault, hookSecret, publicUrl: BASE, log });
    for (const deliveryId of await waiting())
      await task({ deliveryId }, { scope, signal: new AbortController().signal, log });
  };
  return {
    waiting,
    parse,
    call: (request: RawRequest) =>
      endpoint.receive({ key: rows[0]!.hook_key, request: asSent(request), caller: '127.0.0.1', requestId: 'test' }),
    /** Everything that was called is to be read again. */
    rewind: () =>
      system.query(`update webhook_deliveries set state = 'RECEIVED' where organization_id = $1`, [organizationId]),
    async stored(): Promise<number> {
      const found = await system.query('select 1 from webhook_deliveries where organization_id = $1', [organizationId]);
      return found.rowCount!;
    },
    /** Everything that must not be lost or doubled. */
    async kept() {
      const posts = await system.query(
        `select external_id, revision, text, parent_external_id, deleted_at is not null as deleted, edited_at is not null as edited, own,
                account_id = $2 and source_id = $3 as ours
           from posts where organization_id = $1 order by external_id`,
        [organizationId, accountId, sourceId],
      );
      const told = await system.query(
        `select type, count(*)::integer as count from events where organization_id = $1 and type like 'post.%' group by type order by type`,
        [organizationId],
      );
      const interactions = await system.query(
        `select i.kind, f.external_id as "from", t.external_id as "to" from interactions i
           join social_identities f on f.organization_id = i.organization_id and f.id = i.from_identity_id
           join social_identities t on t.organization_id = i.organization_id and t.id = i.to_identity_id
          where i.organization_id = $1 order by 1, 2, 3`,
        [organizationId],
      );
      const problems = await system.query(
        `select problem from webhook_deliveries where organization_id = $1 and state = 'FAILED'`,
        [organizationId],
      );
      return { posts: posts.rows, told: told.rows, interactions: interactions.rows, problems: problems.rows };
    },
  };
}

/** What is asked for stands in the address, where a subject has said it only once. */
function asSent(request: RawRequest): RawRequest {
  const asked = new URLSearchParams(
    Object.fromEntries(Object.entries(request.query).map(([name, value]) => [name, value ?? ''])),
  );
  return asked.size > 0 && !new URL(request.url).search ? { ...request, url: `${request.url}?${asked}` } : request;
}

/** A database that dies before it commits the nth transaction. */
function dyingAt(nth: number): Database {
  let transactions = 0;
  return new Proxy(database, {
    get(target, name) {
      if (name !== 'write') return Reflect.get(target, name);
      return (scope: never, work: (tx: never) => Promise<unknown>) =>
        target.write(scope, async tx => {
          const result = await work(tx as never);
          transactions += 1;
          if (transactions === nth) throw new Error('killed');
          return result;
        });
    },
  });
}

describe.each(ALL)('the adapter $name, when it is called', ({ name, open }) => {
  /** Null, and said so, when its network does not call. */
  async function subjectOf(): Promise<(Subject & Required<Pick<Subject, 'hooks'>>) | null> {
    const subject = await open();
    opened.push(subject);
    if (!subject.hooks) {
      expect(Boolean(subject.connector.verifyWebhook)).toBe(subject.calledElsewhere !== undefined);
      return null;
    }
    expect(subject.connector.capabilities.inbound.webhook).toBe(true);
    return subject as never;
  }

  test('keeps what its network tells: posts, edits, deletions and echoes', async () => {
    const subject = await subjectOf();
    if (!subject) return;
    const { deliveries, posts, edited, deleted, own } = subject.hooks;
    const account = await called(subject);
    for (const request of deliveries) {
      const asked = performance.now();
      const { status } = await account.call(request);
      expect(status).toBeLessThan(300);
      expect(performance.now() - asked).toBeLessThan(1000);
      await account.parse();
    }
    const kept = await account.kept();
    expect(kept.problems).toEqual([]);
    expect({
      posts: kept.posts.length,
      edited: kept.posts.filter(post => post.edited).length,
      deleted: kept.posts.filter(post => post.deleted).length,
      own: kept.posts.filter(post => post.own).length,
    }).toEqual({ posts, edited, deleted, own });
    expect(kept.posts.filter(post => post.deleted).every(post => post.text === '')).toBe(true);
    expect(kept.posts.every(post => post.ours)).toBe(true);
  });

  test('keeps nothing twice of what comes again, twice at once, or is read again', async () => {
    const subject = await subjectOf();
    if (!subject) return;
    const account = await called(subject);
    for (const request of subject.hooks.deliveries) {
      await account.call(request);
      await account.parse();
    }
    const once = await account.kept();
    for (const request of subject.hooks.deliveries) await Promise.all([account.call(request), account.call(request)]);
    await account.parse();
    expect(await account.kept()).toEqual(once);
    for (let time = 0; time < 2; time += 1) {
      await account.rewind();
      await account.parse();
    }
    expect(await account.kept()).toEqual(once);
  });

  test('loses and doubles nothing when the process dies between storing and reading', async () => {
    const subject = await subjectOf();
    if (!subject) return;
    const [whole, broken] = [await called(subject), await called(subject)];
    for (const request of subject.hooks.deliveries) {
      for (const account of [whole, broken]) await account.call(request);
      await whole.parse();
      const killed = await broken.parse(dyingAt(1)).catch((error: unknown) => String(error));
      expect(killed).toContain('killed');
      expect(await broken.waiting()).toHaveLength(1);
      await broken.parse();
    }
    expect(await broken.kept()).toEqual(await whole.kept());
  });

  test('may be told in another order and in pieces', async () => {
    const subject = await subjectOf();
    if (!subject) return;
    const { deliveries } = subject.hooks;
    const events = contentOf(subject, deliveries).flatMap(content => content.events);
    const counts = Map.groupBy(events, event => event.ref.id);
    const isSingle = (event: InboundEvent) => counts.get(event.ref.id)!.length === 1;
    const inOrder = await called(subject, only(subject, isSingle));
    for (const request of deliveries) {
      await inOrder.call(request);
      await inOrder.parse();
    }
    const reversed = await called(subject, only(subject, isSingle));
    for (const request of deliveries.toReversed()) {
      await reversed.call(request);
      await reversed.parse();
    }
    expect(await reversed.kept()).toEqual(await inOrder.kept());
    const split = await called(subject);
    const whole = await called(subject);
    for (const request of deliveries) {
      for (const account of [split, whole]) await account.call(request);
      await whole.parse();
      const [{ events: all }] = contentOf(subject, [request]) as [WebhookContent];
      for (const [at] of all.entries()) {
        await split.rewind();
        await split.parse(database, connectorRegistry([only(subject, (_event, index) => index === at)], servicesFor));
      }
      await split.parse();
    }
    expect(await split.kept()).toEqual(await whole.kept());
  });

  test('refuses what is forged, and stores nothing of it', async () => {
    const subject = await subjectOf();
    if (!subject) return;
    expect(subject.hooks.forged.length).toBeGreaterThan(0);
    const account = await called(subject);
    for (const request of subject.hooks.forged) {
      const { status } = await account.call(request);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    }
    expect(await account.stored()).toBe(0);
    const { challenge } = subject.hooks;
    if (challenge) {
      const { status, body } = await account.call(challenge.request);
      expect({ status, body }).toEqual({ status: 200, body: challenge.body });
    }
    expect(await account.stored()).toBe(0);
  });

  test('what it cannot read is kept with the reason, never an accident', async () => {
    const subject = await subjectOf();
    if (!subject) return;
    const garbage = [Buffer.alloc(0), Buffer.from('{"'), Buffer.from([0xff, 0xfe, 0]), Buffer.from('null')];
    const trusting = { ...subject.connector, verifyWebhook: () => ({ kind: 'events' as const }) };
    const account = await called(subject, trusting);
    const [first] = subject.hooks.deliveries;
    // Some say in the address what there is.
    const { origin, pathname } = new URL(first!.url);
    const bare = { ...first!, url: origin + pathname, query: {} };
    for (const body of garbage) expect((await account.call({ ...bare, body })).status).toBeLessThan(300);
    await account.parse();
    expect(await account.waiting()).toEqual([]);
    expect(await account.kept()).toMatchObject({ posts: [], interactions: [] });
    expect(`${name}: ${JSON.stringify((await account.kept()).problems)}`).not.toContain('did not explain');
  });
});

/** The adapter, handing over only those events of a delivery. */
const only = ({ connector }: Subject, isMeant: (event: InboundEvent, index: number) => boolean): AnyConnector => ({
  ...connector,
  verifyWebhook: connector.verifyWebhook!.bind(connector),
  parseWebhook(context, request) {
    const content = connector.parseWebhook!(context, request);
    return { ...content, events: content.events.filter(isMeant) };
  },
});

function contentOf({ connector, source, hooks }: Subject, requests: RawRequest[]): WebhookContent[] {
  const hookSecret = hooks?.secret ?? '';
  const context = { config: connector.configure(source), hookSecret, now: () => new Date() };
  return requests.map(request => connector.parseWebhook!(context, request));
}
