import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { blueskyConnector } from '../integrations/bluesky/connector.js';
import { follow, source } from './support/jetstream-follow.js';
import { type BlueskyNetwork, findDevEnv, joinNetwork, startBlueskyNetwork } from './support/jetstream-network.js';

const folder = findDevEnv();
const describeNetwork = folder ? describe : describe.skip;

describeNetwork('a real AT Protocol network (skipped where @atproto/dev-env is not installed)', () => {
  let network: BlueskyNetwork;

  beforeAll(async () => {
    network = await startBlueskyNetwork(folder!);
  }, 60_000);

  afterAll(async () => {
    await network?.close();
  });

  test('brings mentions, replies, quotes, edits and deletions to a followed account, across a broken connection', async () => {
    const bakery = await joinNetwork(network.pdsUrl, 'bakery');
    const customer = await joinNetwork(network.pdsUrl, 'customer');
    // The server resolves handles as an AppView does, but knows no profiles.
    const connector = blueskyConnector({ jetstreamUrl: network.jetstream.url, appViewUrl: network.pdsUrl });
    const bakerySource = source('ACCOUNT', bakery.handle);
    const now = () => new Date();

    const following = follow(connector, bakerySource, null, now);
    await expect(following.check()).resolves.toMatchObject({ ok: true, account: { id: bakery.did } });
    await following.until(() => following.batches.length > 0);

    const own = await bakery.publish({ text: 'Hoy, pan de centeno 🥖' });
    const text = `👩‍🍳 ¡Bravo, @${bakery.handle}!`;
    const byteStart = Buffer.byteLength('👩‍🍳 ¡Bravo, ');
    const facets = [
      {
        index: { byteStart, byteEnd: byteStart + Buffer.byteLength(`@${bakery.handle}`) },
        features: [{ $type: 'app.bsky.richtext.facet#mention', did: bakery.did }],
      },
    ];
    const mention = await customer.publish({ text, langs: ['es'], facets });
    const reply = await customer.publish({ text: '¿Queda alguno?', reply: { root: own, parent: own } });
    await following.until(() => following.events().length === 2);
    network.jetstream.drop();
    await expect(following.ended()).resolves.toMatchObject({ fault: { class: 'transient' } });

    const quote = await customer.publish({ text: 'Mirad', embed: { $type: 'app.bsky.embed.record', record: own } });
    const edited = await customer.edit(mention.uri, { text: `${text} Otra vez.`, langs: ['es'], facets });
    await customer.remove(reply.uri);
    const resumed = follow(connector, bakerySource, following.cursor(), now);
    await resumed.until(() => resumed.events().length === 3);
    await resumed.stop();

    expect(following.events()).toMatchObject([
      {
        op: 'upsert',
        kind: 'MENTION',
        ref: { id: mention.uri },
        revision: mention.cid,
        text,
        language: 'es',
        author: { id: customer.did },
        mentions: [{ id: bakery.did, handle: bakery.handle }],
      },
      { op: 'upsert', kind: 'COMMENT', ref: { id: reply.uri }, parent: { id: own.uri }, root: { id: own.uri } },
    ]);
    expect(resumed.events()).toMatchObject([
      { op: 'upsert', kind: 'MENTION', ref: { id: quote.uri }, quoted: { id: own.uri, author: { id: bakery.did } } },
      { op: 'upsert', ref: { id: mention.uri }, revision: edited.cid, editedAt: expect.any(Date) },
      { op: 'delete', ref: { id: reply.uri }, tombstone: true },
    ]);
    expect(resumed.gaps()).toEqual([]);
  }, 60_000);
});
