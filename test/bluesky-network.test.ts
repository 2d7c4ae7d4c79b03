import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { blueskyConnector } from '../integrations/bluesky/connector.js';
import type { ParentPost, Rendered, SendCommand, UpsertEvent } from '../src/ingest/connector.js';
import { newId } from '../src/platform/ids.js';
import { contextFor } from './support/connector-context.js';
import { follow, source } from './support/jetstream-follow.js';
import { type BlueskyNetwork, findDevEnv, joinNetwork, startBlueskyNetwork } from './support/jetstream-network.js';

const folder = findDevEnv();
/** One transparent point. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const describeNetwork = folder ? describe : describe.skip;

describeNetwork('a real AT Protocol network (skipped where @atproto/dev-env is not installed)', () => {
  let network: BlueskyNetwork;

  beforeAll(async () => {
    network = await startBlueskyNetwork(folder!);
  }, 120_000);

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

  test('a mention is answered, the answer is seen by everybody once however often it is sent, and deleted again', async () => {
    const shop = await joinNetwork(network.pdsUrl, 'panaderia');
    const guest = await joinNetwork(network.pdsUrl, 'clienta');
    const connector = blueskyConnector({ jetstreamUrl: network.jetstream.url, serviceUrl: network.pdsUrl });
    const shopSource = { ...source('ACCOUNT', shop.handle), credentials: { appPassword: shop.password } };
    const context = contextFor(connector, shopSource, { signal: AbortSignal.timeout(60_000) });
    await expect(connector.check(context)).resolves.toEqual({
      ok: true,
      account: { id: shop.did, handle: shop.handle, url: expect.any(String) },
      grants: { reply: { public: true } },
    });
    const now = () => new Date();
    const inbox = follow(connector, shopSource, null, now);
    const everybody = follow(connector, source('KEYWORD', 'centeno'), null, now);
    await inbox.until(() => inbox.batches.length > 0);
    await everybody.until(() => everybody.batches.length > 0);

    const text = `¿Hay pan, @${shop.handle}?`;
    const index = { byteStart: Buffer.byteLength('¿Hay pan, '), byteEnd: Buffer.byteLength(text) - 1 };
    const features = [{ $type: 'app.bsky.richtext.facet#mention', did: shop.did }];
    const question = await guest.publish({ text, facets: [{ index, features }] });
    await inbox.until(() => inbox.events().length === 1);
    const asked = inbox.events()[0] as UpsertEvent;
    expect(asked).toMatchObject({ ref: { id: question.uri }, replyTo: { cid: question.cid, rootUri: question.uri } });

    const { ref, kind, author, own, occurredAt, replyTo } = asked;
    const parent: ParentPost = { ref, kind, author, own, occurredAt, replyTo: replyTo!, text: asked.text };
    const draft = {
      text: `👩‍🍳 De centeno, @${guest.handle}: https://pan.example/hoy #pan`,
      visibility: 'public' as const,
    };
    const rendered = connector.render!(context, { ...draft, language: 'es' }, parent) as Rendered;
    const firstTriedAt = new Date();
    const media = [{ kind: 'image' as const, bytes: PICTURE, type: 'image/png', description: 'Una hogaza' }];
    const command: SendCommand = {
      key: newId(),
      kind: 'reply',
      visibility: 'public',
      parent,
      rendered,
      media,
      firstTriedAt,
    };
    expect(await connector.findSent!(context, command)).toBeNull();
    const sent = await connector.send!(context, command);
    if (sent.state !== 'sent') throw new Error('The answer was not sent');
    expect(await connector.send!(context, command)).toEqual(sent);
    expect(await connector.findSent!(context, command)).toEqual({ ref: sent.ref, replyTo: sent.replyTo });

    await everybody.until(() => everybody.events().length > 0);
    await inbox.until(() => inbox.events().length === 2);
    expect(everybody.events()).toMatchObject([
      {
        ref: sent.ref,
        author: { id: shop.did },
        text: draft.text,
        language: 'es',
        parent: { id: question.uri },
        root: { id: question.uri },
        mentions: [{ id: guest.did, handle: guest.handle }],
        media: [{ kind: 'image', description: 'Una hogaza' }],
      },
    ]);
    expect(inbox.events()[1]).toMatchObject({ kind: 'COMMENT', own: true, ref: sent.ref, replyTo: sent.replyTo });

    await connector.delete!(context, sent.ref);
    await connector.delete!(context, sent.ref);
    await everybody.until(() => everybody.events().length > 1);
    await everybody.stop();
    await inbox.stop();
    expect(everybody.events()[1]).toMatchObject({ op: 'delete', ref: { id: sent.ref.id } });
    expect(await connector.findSent!(context, command)).toBeNull();
  }, 60_000);

  test('refuses a wrong password as a matter of the account', async () => {
    const visitor = await joinNetwork(network.pdsUrl, 'molinera');
    const connector = blueskyConnector({ jetstreamUrl: network.jetstream.url, serviceUrl: network.pdsUrl });
    const wrong = { ...source('ACCOUNT', visitor.handle), credentials: { appPassword: 'not-this-one' } };
    await expect(connector.check(contextFor(connector, wrong))).resolves.toMatchObject({
      ok: false,
      problem: { class: 'auth', scope: 'account' },
    });
  });
});
