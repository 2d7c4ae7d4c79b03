import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { wordpressConnector } from '../../integrations/wordpress/connector.js';
import { type ParentPost, PostKind } from '../../src/ingest/connector.js';
import { newId } from '../../src/platform/ids.js';
import { openTestApp, type TestApp } from '../support/app.js';
import { contextFor, vault } from '../support/connector-context.js';
import { eventually } from '../support/subscriber.js';
import { hasWordPress, openWordPress, type WordPressServer } from '../support/wordpress-server.js';

const isHere = hasWordPress();
if (!isHere) console.warn('WordPress, PHP or MariaDB is not installed, so the test of a real blog is skipped.');

let app: TestApp;
let blog: WordPressServer;
beforeAll(async () => {
  if (!isHere) return;
  const CREDENTIALS_KEY = Buffer.alloc(32, 7).toString('base64');
  [app, blog] = await Promise.all([openTestApp({ ALLOW_PRIVATE_ADDRESSES: 'true', CREDENTIALS_KEY }), openWordPress()]);
}, 60_000);
afterAll(async () => {
  await app?.close();
  await blog?.close();
});

(isHere ? test : test.skip)(
  'a comment on a real blog reaches the inbox, and its answer stands under it on the blog and in the conversation',
  async () => {
    const organization = await app.organization();
    const manager = await organization.as('MANAGER');
    const account = newId();
    const { system } = app.app.database;
    const settings = { username: blog.username };
    const credentials = { applicationPassword: blog.applicationPassword };
    await system.query(
      `insert into accounts (organization_id, id, network, handle, connector, settings) values ($1, $2, 'BLOG', $3, 'wordpress', $4)`,
      [organization.id, account, blog.url, settings],
    );
    await system.query('insert into account_secrets (organization_id, account_id, sealed) values ($1, $2, $3)', [
      organization.id,
      account,
      await vault.seal(credentials, account),
    ]);

    await blog.comment({ name: 'Carla', email: 'carla@customer.example' }, 'El pan llegó duro 😞');
    const { createSource } = await manager.data(
      `mutation ($input: CreateSourceInput!) { createSource(input: $input) { source { id } userErrors { code message } } }`,
      {
        input: {
          kind: 'ACCOUNT',
          connector: 'wordpress',
          accountId: organization.publicId('account', account),
          query: blog.url,
        },
      },
    );
    expect(createSource.userErrors).toEqual([]);
    const posts = async () =>
      (
        await manager.data(`{ posts(first: 50, orderBy: [{ field: OCCURRED_AT }]) { edges { node {
          kind text externalId author { displayName } inReplyTo { text } conversation { id } } } } }`)
      ).posts.edges.map((edge: { node: unknown }) => edge.node);
    const find = async (text: string) => (await posts()).find((post: { text: string }) => post.text.startsWith(text));
    await eventually(() => find('El pan llegó duro'));
    const question = await find('El pan llegó duro');
    expect(question).toMatchObject({ kind: 'COMMENT', author: { displayName: 'Carla' } });
    expect(question.inReplyTo.text).toContain('Welcome to WordPress');

    const { rows } = await system.query(
      'select reply_to, replyability, occurred_at from posts where organization_id = $1 and external_id = $2',
      [organization.id, question.externalId],
    );
    const parent: ParentPost = {
      ref: { id: question.externalId },
      kind: PostKind.COMMENT,
      author: question.author,
      own: false,
      text: question.text,
      occurredAt: rows[0].occurred_at,
      replyTo: rows[0].reply_to,
    };
    const connector = wordpressConnector();
    const context = contextFor(connector, { kind: 'ACCOUNT', query: blog.url, settings, credentials });
    await connector.hide!(context, parent.ref, false);
    const rendered = connector.render!(context, { text: 'Lo sentimos, Carla', visibility: 'public' }, parent);
    if (!('payload' in rendered)) throw new Error(rendered.code);
    const firstTriedAt = new Date();
    const sent = await connector.send!(context, {
      ...{ key: newId(), kind: 'reply', visibility: 'public', parent, rendered, media: [], firstTriedAt },
    });
    expect(sent.state).toBe('sent');
    expect(await blog.page()).toMatch(/llegó duro[\s\S]*class="children"[\s\S]*Lo sentimos, Carla/);

    await manager.data(`mutation ($input: SourceInput!) { pollSourceNow(input: $input) { userErrors { code } } }`, {
      input: { id: createSource.source.id },
    });
    await eventually(() => find('Lo sentimos'));
    const answer = await find('Lo sentimos');
    expect(answer).toMatchObject({ inReplyTo: { text: question.text }, conversation: question.conversation });
  },
  60_000,
);
