import 'reflect-metadata';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { entities } from '../src/app.js';
import { type Batch, ConnectorError, type InboundEvent } from '../src/ingest/connector.js';
import { Database } from '../src/platform/database/database.js';
import type { Outbound } from '../src/platform/outbound.js';
import { contextFor, services } from './support/connector-context.js';
import { cloneDatabase, type TestDatabase } from './support/database.js';
import { batchesOf, dyingAt, followSubject, type ReadSubject } from './support/subject-reading.js';
import { SUBJECTS, type Subject, type Trouble } from './support/subjects/index.js';

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

/** One event a batch: as finely as a network could have sent it. */
async function* oneByOne({ connector, source, reading }: ReadSubject): AsyncGenerator<InboundEvent> {
  const abort = new AbortController();
  const context = contextFor(connector, source, { signal: abort.signal });
  for await (const batch of batchesOf(connector, context, reading.beginning)) {
    yield* batch.events;
    if (reading.isAtEnd(batch.cursor)) abort.abort();
  }
}

describe.each(SUBJECTS)('the adapter $name', ({ open }) => {
  async function subjectOf(trouble?: Trouble): Promise<Subject> {
    const subject = await open(trouble);
    opened.push(subject);
    return subject;
  }
  /** A test of adapters that read, over the network in this trouble; for the others there is nothing to hold. */
  const reads = (name: string, hold: (subject: ReadSubject) => Promise<void>, trouble?: Trouble) =>
    test(name, async () => {
      const subject = await subjectOf(trouble);
      const { reading } = subject;
      if (reading) await hold({ ...subject, reading });
    });

  reads('brings what was recorded, and read twice it brings nothing twice', async subject => {
    const source = await followSubject(database, subject);
    await source.read();
    const once = await source.kept();
    expect(once.posts).toHaveLength(subject.reading.posts);
    expect(once.told).toContainEqual({ type: 'post.received', count: subject.reading.posts });
    await source.rewind();
    await source.read();
    expect(await source.kept()).toEqual(once);
    await source.read({ meddle: batch => ({ ...batch, events: [...batch.events, ...batch.events] }) });
    expect(await source.kept()).toEqual(once);
  });

  reads('loses and doubles nothing when the process dies between a batch and its cursor', async subject => {
    const whole = await followSubject(database, subject);
    await whole.read();
    const broken = await followSubject(database, subject);
    for (const nth of [1, 1, 2, 3]) {
      await broken.read({ over: dyingAt(database, nth) }).catch(error => expect(String(error)).toContain('killed'));
    }
    await broken.read();
    expect(await broken.kept()).toEqual(await whole.kept());
  });

  reads('may give its events in another order and more than once', async subject => {
    const events = await Array.fromAsync(oneByOne(subject));
    const counts = Map.groupBy(events, event => event.ref.id);
    const single = events.filter(event => counts.get(event.ref.id)!.length === 1);
    const inOrder = await followSubject(database, subject);
    const reversed = await followSubject(database, subject);
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

  reads('tells of edits and deletions as far as it says it does', async subject => {
    const { edits, deletions } = subject.connector.capabilities;
    const source = await followSubject(database, subject);
    await source.read();
    await subject.reading.edit?.();
    if (subject.reading.edit) await source.read();
    const { posts, told } = await source.kept();
    if (edits.notified || edits.detectable) expect(posts.some(post => post.edited)).toBe(true);
    // What is told by calls is shown where these are tested.
    if (deletions.notified && !subject.hooks)
      expect(told).toContainEqual({ type: 'post.deleted', count: expect.any(Number) });
    expect(posts.filter(post => post.deleted).every(post => post.text === '')).toBe(true);
  });

  for (const [trouble, faultClass] of [
    ['limited', 'rate'],
    ['broken', 'transient'],
    ['gone', 'transient'],
    ['expired', 'auth'],
  ] as const)
    reads(
      `a network that is ${trouble} is a fault of class ${faultClass}, in reading and in checking`,
      async subject => {
        // What is read without credentials has none that could end.
        if (trouble === 'expired' && !takesSecrets(subject)) return;
        const source = await followSubject(database, subject);
        const error = await source.read().catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(ConnectorError);
        expect((error as ConnectorError).fault).toMatchObject({
          class: faultClass,
          message: expect.stringMatching(/\w/),
        });
        if (trouble === 'limited') expect((error as ConnectorError).fault.retryAt).toBeInstanceOf(Date);
        expect(await check(subject)).toMatchObject({ ok: false, problem: { class: faultClass } });
      },
      trouble,
    );

  reads(
    'what cannot be read is skipped or refused, never an accident',
    async subject => {
      const source = await followSubject(database, subject);
      const error = await source.read().catch((thrown: unknown) => thrown);
      if (error) expect(error).toBeInstanceOf(ConnectorError);
      else expect([0, subject.reading.posts]).toContain((await source.kept()).posts.length);
      expect(await check(subject)).toHaveProperty('ok');
    },
    'malformed',
  );

  reads('answers larger than we take are a failure like others, and cost nothing of what is stored', async subject => {
    const source = await followSubject(database, subject);
    const outbound: Outbound = {
      ...services.outbound,
      request: (url, request) => services.outbound.request(url, { ...request, maxBytes: 8 }),
    };
    const error = await source.read({ through: () => ({ ...services, outbound }) }).catch((thrown: unknown) => thrown);
    if (error) expect(error).toBeInstanceOf(ConnectorError);
    await source.read();
    expect((await source.kept()).posts).toHaveLength(subject.reading.posts);
  });

  reads('keeps what is dated a little ahead of our clock, and shows as a loss what no clock can say', async subject => {
    const ahead = (hours: number) => (batch: Batch<unknown>) => ({
      ...batch,
      events: batch.events.map(event => ({ ...event, occurredAt: new Date(Date.now() + hours * 3_600_000) })),
    });
    const [little, far] = [await followSubject(database, subject), await followSubject(database, subject)];
    await little.read({ meddle: ahead(20) });
    await far.read({ meddle: ahead(240) });
    expect((await little.kept()).posts).toHaveLength(subject.reading.posts);
    expect(await little.gaps()).toEqual([]);
    expect((await far.kept()).posts).toEqual([]);
    expect(await far.gaps()).toContainEqual({ reason: expect.stringContaining('future') });
  });

  reads('keeps what people write, in whatever letters', async subject => {
    const { say } = subject.reading;
    if (!say) return;
    const source = await followSubject(database, subject);
    const text = 'Ñandú 🥐 👩🏽‍🍳 e\u0301 שלום مرحبا 𝒜𐍈';
    await say.call(subject.reading, text);
    await source.read();
    expect((await source.kept()).posts.map(post => post.text.normalize())).toContainEqual(
      expect.stringContaining(text.normalize()),
    );
  });

  test('stops within a second when it is told to, whatever the network does', async () => {
    for (const trouble of ['silent', undefined] as const) {
      const { connector, source, reading } = await subjectOf(trouble);
      if (!reading) return;
      const abort = new AbortController();
      const context = contextFor(connector, source, { signal: abort.signal });
      const batches = Array.fromAsync(batchesOf(connector, context, reading.beginning));
      await new Promise(done => setTimeout(done, 100));
      const asked = performance.now();
      abort.abort();
      await batches;
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

const takesSecrets = ({ connector: { connection } }: Subject): boolean =>
  Boolean(connection?.oauth ?? connection?.fields.some(field => field.kind === 'secret' && field.required));

async function check({ connector, source }: Subject) {
  return connector.check(contextFor(connector, source, { signal: AbortSignal.timeout(2000) }));
}
