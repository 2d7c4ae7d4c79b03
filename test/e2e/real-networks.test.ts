import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openTestApp, type TestApp } from '../support/app.js';
import { missingDovecot } from '../support/dovecot.js';
import { type BlueskyNetwork, findDevEnv, joinNetwork, startBlueskyNetwork } from '../support/jetstream-network.js';
import { type MailLoop, openMailLoop } from '../support/mail-loop.js';
import { eventually } from '../support/subscriber.js';
import { hasWordPress, openWordPress, type WordPressServer } from '../support/wordpress-server.js';

/** The product as an owner uses it, and a real network on the other side: connected, heard, answered, heard again. */
let app: TestApp;
type Manager = Awaited<ReturnType<typeof managerOf>>;

async function managerOf() {
  const client = await (await app.organization()).as('MANAGER');
  const named = (given: Record<string, string>) => Object.entries(given).map(([name, value]) => ({ name, value }));

  return {
    async connect(
      connector: string,
      settings: Record<string, string>,
      secrets: Record<string, string>,
      handle?: string,
    ) {
      const { connectAccount } = await client.data(
        `mutation ($input: ConnectAccountInput!) { connectAccount(input: $input) {
           account { id handle state sources { kind state } } userErrors { field code message } } }`,
        { input: { connector, handle, settings: named(settings), secrets: named(secrets) } },
      );
      expect(connectAccount.userErrors).toEqual([]);
      return connectAccount.account;
    },
    /** Until every source was read once. */
    followed: () =>
      eventually(async () => {
        const { sources } = await client.data('{ sources(first: 10) { edges { node { lastSuccessAt } } } }');
        return sources.edges.every((edge: { node: { lastSuccessAt: string | null } }) => edge.node.lastSuccessAt);
      }, 30),
    /** The post that holds these words, once it is in the inbox. */
    hear: (words: string) =>
      eventually(async () => {
        const { posts } = await client.data(
          `{ posts(first: 100) { edges { node { id text own externalId kind inReplyTo { id } conversation { id status } author { handle } } } } }`,
        );
        return posts.edges
          .map((edge: { node: { text: string } }) => edge.node)
          .find((post: { text: string }) => post.text.includes(words));
      }, 30),
    async answer(postId: string, text: string) {
      const { replyToPost } = await client.data(
        `mutation ($input: ReplyToPostInput!) { replyToPost(input: $input) { reply { id } userErrors { field code message } } }`,
        { input: { postId, text } },
      );
      expect(replyToPost.userErrors).toEqual([]);
      return eventually(async () => {
        const { reply } = await client.data(
          `query ($id: ID!) { reply(id: $id) { state url failure { code message } sentPost { text conversation { id } } } }`,
          { id: replyToPost.reply.id },
        );
        if (reply.failure) throw new Error(JSON.stringify(reply.failure));
        return reply.state === 'SENT' ? reply : null;
      }, 30);
    },
  };
}

async function openOn(settings: Record<string, string> = {}): Promise<Manager> {
  app = await openTestApp({ ALLOW_PRIVATE_ADDRESSES: 'true', ...settings });
  return managerOf();
}

function onReal(name: string, missing: string | undefined, tests: () => void): void {
  if (missing) console.warn(`${name} is not here (${missing}), so its test is skipped.`);
  (missing ? describe.skip : describe)(name, tests);
}

onReal('WordPress', hasWordPress() ? undefined : 'Debian: wordpress, php-cli, php-mysql, mariadb-server', () => {
  let blog: WordPressServer;
  let manager: Manager;
  beforeAll(async () => {
    blog = await openWordPress();
    manager = await openOn();
  }, 90_000);
  afterAll(async () => {
    await app?.close();
    await blog?.close();
  });

  test('a comment reaches the inbox, and its answer stands under it on the blog', async () => {
    const { username, applicationPassword } = blog;
    const account = await manager.connect('wordpress', { username }, { applicationPassword }, blog.url);
    expect(account).toMatchObject({ state: 'ACTIVE', sources: [{ kind: 'ACCOUNT' }] });
    await blog.comment({ name: 'Marisol', email: 'marisol@example.org' }, '¿Abrís los domingos? 🥖');
    // The source has its turn every five minutes; nobody here waits for it.
    await app.app.database.system.query(
      `select graphile_worker.reschedule_jobs(array_agg(id), now()) from graphile_worker.jobs where task_identifier = 'source.poll'`,
    );
    const heard = await manager.hear('¿Abrís los domingos? 🥖');
    const reply = await manager.answer(heard.id, 'Sí, de ocho a dos.');
    expect(reply.sentPost.conversation.id).toBe(heard.conversation.id);
    const { body } = await blog.api('GET', '/wp/v2/comments&status=all');
    const answer = body.find((comment: { content: { rendered: string } }) =>
      comment.content.rendered.includes('de ocho a dos'),
    );
    const asked = body.find((comment: { content: { rendered: string } }) =>
      comment.content.rendered.includes('domingos'),
    );
    expect(answer.parent).toBe(asked.id);
  }, 120_000);
});

onReal('Dovecot and a mail server', missingDovecot, () => {
  let mail: MailLoop;
  let manager: Manager;
  beforeAll(async () => {
    mail = await openMailLoop();
    manager = await openOn();
  }, 60_000);
  afterAll(async () => {
    await app?.close();
    await mail?.close();
  });

  test('a mail reaches the inbox with its file, is answered, and what comes back joins the conversation', async () => {
    const address = mail.someone('pedidos');
    const { settings, credentials } = mail.account(address);
    await manager.connect(
      'email',
      { ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)])), address },
      { password: credentials.password },
      address,
    );
    await mail.dovecot.deliver(
      mail.mail(address, { 'Message-ID': '<first@customer.example>' }, '¿Hay tarta de queso?'),
      address,
    );
    const heard = await manager.hear('tarta de queso');
    expect(heard).toMatchObject({ kind: 'DIRECT_MESSAGE' });
    await manager.answer(heard.id, 'Queda una.');
    const sent = mail.smtp.taken.at(-1)!;
    expect(sent.raw).toMatch(/In-Reply-To: <first@customer\.example>/i);
    const [, id] = /^Message-ID:\s*(<[^>]+>)/im.exec(sent.raw)!;
    await mail.dovecot.deliver(
      mail.mail(address, { 'In-Reply-To': id!, References: `<first@customer.example> ${id}` }, 'Me la quedo'),
      address,
    );
    const again = await manager.hear('Me la quedo');
    expect(again.conversation.id).toBe(heard.conversation.id);
    expect(again.inReplyTo).not.toBeNull();
  }, 90_000);
});

onReal('The AT Protocol', findDevEnv() ? undefined : '@atproto/dev-env', () => {
  let network: BlueskyNetwork;
  let manager: Manager;
  beforeAll(async () => {
    network = await startBlueskyNetwork(findDevEnv()!);
    manager = await openOn({ BLUESKY_JETSTREAM_URL: network.jetstream.url, BLUESKY_APPVIEW_URL: network.pdsUrl });
  }, 90_000);
  afterAll(async () => {
    await app?.close();
    await network?.close();
  });

  test('a mention reaches the inbox, and its answer is seen on the network', async () => {
    const bakery = await joinNetwork(network.pdsUrl, 'bakery');
    const customer = await joinNetwork(network.pdsUrl, 'customer');
    await manager.connect(
      'bluesky',
      { identifier: bakery.handle, service: network.pdsUrl },
      { appPassword: bakery.password },
      bakery.handle,
    );
    const text = `@${bakery.handle} ¿queda roscón?`;
    const mention = {
      index: { byteStart: 0, byteEnd: Buffer.byteLength(`@${bakery.handle}`) },
      features: [{ $type: 'app.bsky.richtext.facet#mention', did: bakery.did }],
    };
    // Without an AppView nothing but the stream tells of mentions, and it begins where it is followed.
    await manager.followed();
    const said = await customer.publish({ text, facets: [mention] });
    const heard = await manager.hear('¿queda roscón?');
    expect(heard).toMatchObject({ kind: 'MENTION', externalId: said.uri });
    await manager.answer(heard.id, 'Quedan dos 👑');
    const [answer] = await eventually(async () => {
      const list = await fetch(
        `${network.pdsUrl}/xrpc/com.atproto.repo.listRecords?repo=${bakery.did}&collection=app.bsky.feed.post`,
      );
      const { records } = (await list.json()) as { records: { value: { text: string; reply?: object } }[] };
      return records.length > 0 ? records : null;
    });
    expect(answer!.value).toMatchObject({ text: 'Quedan dos 👑', reply: { parent: { uri: said.uri, cid: said.cid } } });
  }, 90_000);
});
