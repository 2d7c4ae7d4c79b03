import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { blueskyConnector } from '../integrations/bluesky/connector.js';
import type { NotificationCursor } from '../integrations/bluesky/notification.reader.js';
import type { Batch, UpsertEvent } from '../src/ingest/connector.js';
import { contextFor } from './support/connector-context.js';
import { cloneDatabase, type TestDatabase } from './support/database.js';
import { type BlueskyNetwork, findDevEnv, joinNetwork, startBlueskyNetwork } from './support/jetstream-network.js';
import { hasRedis, startRedis } from './support/redis.js';

const folder = findDevEnv();
const describeNetwork = folder && hasRedis() ? describe : describe.skip;

describeNetwork('a real Bluesky AppView (skipped where @atproto/dev-env or redis-server is not installed)', () => {
  let network: BlueskyNetwork;
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let clone: TestDatabase;

  beforeAll(async () => {
    redis = await startRedis();
    clone = await cloneDatabase();
    network = await startBlueskyNetwork(folder!, { postgresUrl: clone.ownerUrl, redis: redis.address });
  }, 120_000);

  afterAll(async () => {
    await network?.close();
    await redis?.close();
    await clone?.drop();
  });

  test('lists mentions, answers deep in a thread and quotes, which are read once, oldest first', async () => {
    const bakery = await joinNetwork(network.pdsUrl, 'panaderia');
    const guest = await joinNetwork(network.pdsUrl, 'clienta');
    const connector = blueskyConnector({ jetstreamUrl: network.jetstream.url, serviceUrl: network.pdsUrl });
    const account = { kind: 'ACCOUNT' as const, query: bakery.handle, credentials: { appPassword: bakery.password } };
    const context = contextFor(connector, account, { signal: AbortSignal.timeout(80_000) });
    let cursor: NotificationCursor | null = null;
    const events: UpsertEvent[] = [];
    const poll = async () => {
      for await (const batch of connector.poll!(context, cursor as never)) {
        const read = batch as unknown as Batch<NotificationCursor>;
        events.push(...(read.events as UpsertEvent[]));
        cursor = read.cursor;
      }
    };
    /** Polls until there are so many in all: the network takes a moment to index what was published. */
    const pollUntil = async (count: number) => {
      const deadline = performance.now() + 30_000;
      while (events.length < count && performance.now() < deadline) {
        await poll();
        if (events.length < count) await new Promise(resolve => setTimeout(resolve, 100));
      }
    };

    const index = { byteStart: 0, byteEnd: Buffer.byteLength(`@${bakery.handle}`) };
    const features = [{ $type: 'app.bsky.richtext.facet#mention', did: bakery.did }];
    const own = await bakery.publish({ text: 'Hoy, pan de centeno' });
    const mention = await guest.publish({ text: `@${bakery.handle} ¿abren hoy?`, facets: [{ index, features }] });
    await pollUntil(1);
    const answer = await guest.publish({ text: '¿Queda alguno?', reply: { root: own, parent: own } });
    const deeper = await guest.publish({ text: '¿Nadie?', reply: { root: own, parent: answer } });
    const quote = await guest.publish({ text: 'Mirad', embed: { $type: 'app.bsky.embed.record', record: own } });
    await pollUntil(4);
    await poll();

    expect(events).toMatchObject([
      {
        kind: 'MENTION',
        ref: { id: mention.uri },
        revision: mention.cid,
        author: { id: guest.did, handle: guest.handle },
        replyTo: { cid: mention.cid, rootUri: mention.uri, rootCid: mention.cid },
      },
      { kind: 'COMMENT', ref: { id: answer.uri }, replyTo: { cid: answer.cid, rootUri: own.uri, rootCid: own.cid } },
      { kind: 'COMMENT', ref: { id: deeper.uri }, parent: { id: answer.uri }, root: { id: own.uri } },
      { kind: 'MENTION', ref: { id: quote.uri }, quoted: { id: own.uri } },
    ]);
  }, 90_000);
});
