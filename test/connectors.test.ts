import 'reflect-metadata';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { entities } from '../src/app.js';
import { type Batch, type ConnectorContext, ConnectorError, type InboundEvent } from '../src/ingest/connector.js';
import { Reading } from '../src/ingest/reading.js';
import { connectorRegistry } from '../src/ingest/registry.js';
import { drivenSource } from '../src/modules/social/index.js';
import { Database } from '../src/platform/database/database.js';
import { newId } from '../src/platform/ids.js';
import { openLogger } from '../src/platform/logger.js';
import { contextFor, services, vault } from './support/connector-context.js';
import { cloneDatabase, type TestDatabase } from './support/database.js';
import { SUBJECTS, type Subject, type Trouble } from './support/subjects/index.js';

const log = openLogger('silent');
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

/** The account through which it is read, for an adapter that is given credentials; null for another. */
async function accountOf({ connector, source }: Subject, organizationId: string): Promise<string | null> {
  if (!source.credentials) return null;
  const id = newId();
  await database.system.query(
    `insert into accounts (organization_id, id, network, handle, connector, settings) values ($1, $2, $3, $4, $5, $6)`,
    [organizationId, id, connector.network, source.query, connector.kind, source.settings ?? {}],
  );
  await database.system.query('insert into account_secrets (organization_id, account_id, sealed) values ($1, $2, $3)', [
    organizationId,
    id,
    await vault.seal(source.credentials, id),
  ]);
  return id;
}

/** A source of an organisation of its own, read as the product reads it. */
async function follow(subject: Subject) {
  const [organizationId, id] = [newId(), newId()];
  const { connector, source } = subject;
  const scope = { organizationId, actor: 'system:test', requestId: 'test' };
  await database.system.query('insert into organizations (id, slug, name) values ($1, $2, $2)', [organizationId, id]);
  const accountId = await accountOf(subject, organizationId);
  await database.system.query(
    `insert into sources (organization_id, id, account_id, connector, network, kind, query, cursor) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      organizationId,
      id,
      accountId,
      connector.kind,
      connector.network,
      source.kind,
      source.query,
      JSON.stringify(subject.reading!.beginning),
    ],
  );
  const registry = connectorRegistry([connector], services);

  return {
    /** Reads everything from the stored cursor; `meddle` may change a batch, `over` stands in for the database. */
    async read({ meddle = (batch: Batch<unknown>) => batch, over = database } = {}): Promise<void> {
      const stored = await drivenSource(database.system, vault, id);
      // A stream on which nothing follows never ends by itself.
      if (connector.listen && subject.reading!.isAtEnd(JSON.parse(stored!.cursor!))) return;
      const reading = new Reading({ database: over, registry, vault, log }, stored!, connector, scope);
      const abort = new AbortController();
      for await (const batch of batchesOf(subject, reading.context(abort.signal), reading.cursor)) {
        await reading.store(meddle(batch));
        if (subject.reading!.isAtEnd(batch.cursor)) abort.abort();
      }
    },
    rewind: () =>
      database.system.query('update sources set cursor = $2 where id = $1', [
        id,
        JSON.stringify(subject.reading!.beginning),
      ]),
    /** Everything that must not be lost or doubled. */
    async kept() {
      const posts = await database.system.query(
        `select external_id, revision, text, parent_external_id, deleted_at is not null as deleted, edited_at is not null as edited
           from posts where organization_id = $1 order by external_id`,
        [organizationId],
      );
      const told = await database.system.query(
        `select type, count(*)::integer as count from events where organization_id = $1 and type like 'post.%' group by type order by type`,
        [organizationId],
      );
      const interactions = await database.system.query(
        `select i.kind, p.external_id as post, f.external_id as "from", t.external_id as "to"
           from interactions i left join posts p on p.organization_id = i.organization_id and p.id = i.post_id
           join social_identities f on f.organization_id = i.organization_id and f.id = i.from_identity_id
           join social_identities t on t.organization_id = i.organization_id and t.id = i.to_identity_id
          where i.organization_id = $1 order by 1, 2, 3, 4`,
        [organizationId],
      );
      return { posts: posts.rows, told: told.rows, interactions: interactions.rows };
    },
  };
}

function batchesOf(
  { connector }: Subject,
  context: ConnectorContext<unknown>,
  cursor: unknown,
): AsyncIterable<Batch<unknown>> {
  return (connector.listen ?? connector.poll)!.call(connector, context, cursor);
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

/** One event a batch: as finely as a network could have sent it. */
async function* oneByOne(subject: Subject): AsyncGenerator<InboundEvent> {
  const abort = new AbortController();
  const context = contextFor(subject.connector, subject.source, { signal: abort.signal });
  for await (const batch of batchesOf(subject, context, subject.reading!.beginning)) {
    yield* batch.events;
    if (subject.reading!.isAtEnd(batch.cursor)) abort.abort();
  }
}

describe.each(SUBJECTS)('the adapter $name', ({ open }) => {
  async function subjectOf(trouble?: Trouble): Promise<Subject> {
    const subject = await open(trouble);
    opened.push(subject);
    return subject;
  }

  test('brings what was recorded, and read twice it brings nothing twice', async () => {
    const subject = await subjectOf();
    const source = await follow(subject);
    await source.read();
    const once = await source.kept();
    expect(once.posts).toHaveLength(subject.reading!.posts);
    expect(once.told).toContainEqual({ type: 'post.received', count: subject.reading!.posts });
    await source.rewind();
    await source.read();
    expect(await source.kept()).toEqual(once);
    await source.read({ meddle: batch => ({ ...batch, events: [...batch.events, ...batch.events] }) });
    expect(await source.kept()).toEqual(once);
  });

  test('loses and doubles nothing when the process dies between a batch and its cursor', async () => {
    const subject = await subjectOf();
    const whole = await follow(subject);
    await whole.read();
    const broken = await follow(subject);
    for (const nth of [1, 1, 2, 3]) {
      await broken.read({ over: dyingAt(nth) }).catch(error => expect(String(error)).toContain('killed'));
    }
    await broken.read();
    expect(await broken.kept()).toEqual(await whole.kept());
  });

  test('may give its events in another order and more than once', async () => {
    const subject = await subjectOf();
    const events = await Array.fromAsync(oneByOne(subject));
    const counts = Map.groupBy(events, event => event.ref.id);
    const single = events.filter(event => counts.get(event.ref.id)!.length === 1);
    const inOrder = await follow(subject);
    const reversed = await follow(subject);
    const only = (given: InboundEvent[]) => {
      let isFirst = true;
      return (batch: Batch<unknown>) => {
        const kept = { ...batch, events: isFirst ? given : [] };
        isFirst = false;
        return kept;
      };
    };
    await inOrder.read({ meddle: only(single) });
    await reversed.read({ meddle: only([...single, ...single].reverse()) });
    expect(await reversed.kept()).toEqual(await inOrder.kept());
  });

  test('tells of edits and deletions as far as it says it does', async () => {
    const subject = await subjectOf();
    const { edits, deletions } = subject.connector.capabilities;
    const source = await follow(subject);
    await source.read();
    await subject.reading!.edit?.();
    if (subject.reading!.edit) await source.read();
    const { posts, told } = await source.kept();
    if (edits.notified || edits.detectable) expect(posts.some(post => post.edited)).toBe(true);
    // What is told by calls is shown where these are tested.
    if (deletions.notified && !subject.hooks)
      expect(told).toContainEqual({ type: 'post.deleted', count: expect.any(Number) });
    expect(posts.filter(post => post.deleted).every(post => post.text === '')).toBe(true);
  });

  test.each([
    ['limited', 'rate'],
    ['broken', 'transient'],
    ['gone', 'transient'],
  ] as const)(
    'a network that is %s is a fault of class %s, in reading and in checking',
    async (trouble, faultClass) => {
      const subject = await subjectOf(trouble);
      const source = await follow(subject);
      const error = await source.read().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ConnectorError);
      expect((error as ConnectorError).fault).toMatchObject({
        class: faultClass,
        message: expect.stringMatching(/\w/),
      });
      if (trouble === 'limited') expect((error as ConnectorError).fault.retryAt).toBeInstanceOf(Date);
      expect(await check(subject)).toMatchObject({ ok: false, problem: { class: faultClass } });
    },
  );

  test('what cannot be read is skipped or refused, never an accident', async () => {
    const subject = await subjectOf('malformed');
    const source = await follow(subject);
    const error = await source.read().catch((thrown: unknown) => thrown);
    if (error) expect(error).toBeInstanceOf(ConnectorError);
    else expect([0, subject.reading!.posts]).toContain((await source.kept()).posts.length);
    expect(await check(subject)).toHaveProperty('ok');
  });

  test('stops within a second when it is told to, whatever the network does', async () => {
    for (const trouble of ['silent', undefined] as const) {
      const subject = await subjectOf(trouble);
      const abort = new AbortController();
      const context = contextFor(subject.connector, subject.source, { signal: abort.signal });
      const reading = Array.fromAsync(batchesOf(subject, context, subject.reading!.beginning));
      await new Promise(done => setTimeout(done, 100));
      const asked = performance.now();
      abort.abort();
      await reading;
      expect(performance.now() - asked).toBeLessThan(1000);
    }
  });

  test('refuses a source it cannot follow as invalid', async () => {
    const { connector } = await subjectOf();
    const kinds = ['ACCOUNT', 'KEYWORD', 'FEED'] as const;
    for (const kind of kinds) {
      try {
        connector.configure({ kind, query: ' ' });
      } catch (error) {
        expect(error).toMatchObject({ name: 'ConnectorError', fault: { class: 'invalid' } });
        continue;
      }
      throw new Error(`${connector.kind} follows nothing as ${kind}`);
    }
  });
});

async function check({ connector, source }: Subject) {
  return connector.check(contextFor(connector, source, { signal: AbortSignal.timeout(2000) }));
}
