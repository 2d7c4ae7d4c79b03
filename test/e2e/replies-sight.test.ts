import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Network } from '../../src/modules/social/index.js';
import { newId } from '../../src/platform/ids.js';
import { answeringOn } from '../support/answering.js';
import { openTestApp, type TestApp } from '../support/app.js';
import { type EchoNetwork, openEchoNetwork } from '../support/echo-network.js';
import { statementsOf } from '../support/statements.js';

let app: TestApp;
let echo: EchoNetwork;
let ours: Awaited<ReturnType<typeof answeringOn>>;

beforeAll(async () => {
  echo = await openEchoNetwork();
  app = await openTestApp({ WORKER: 'off' }, { adapters: [echo.connector] });
});
afterAll(async () => {
  await app?.close();
  await echo?.close();
});
beforeEach(async () => {
  ours = await answeringOn(app, { network: Network.TELEGRAM });
});

const sql = (text: string, values: unknown[] = []) => app.app.database.system.query(text, values);
const REPLIES = '{ replies { totalCount edges { node { id text } } } }';

test('who does not see what somebody said does not see what was said to them', async () => {
  const team = newId();
  await sql(`insert into teams (organization_id, id, name) values ($1, $2, 'Obrador')`, [ours.organization.id, team]);
  const customer = newId();
  await sql(
    `insert into customers (organization_id, id, kind, display_name, team_id) values ($1, $2, 'PERSON', 'Ana', $3)`,
    [ours.organization.id, customer, team],
  );
  const postId = await ours.hear('q1', { handle: 'ana' });
  await sql(`update social_identities set customer_id = $2 where organization_id = $1 and handle = 'ana'`, [
    ours.organization.id,
    customer,
  ]);
  const { reply } = await ours.reply(postId, 'Sí.');
  const colleague = await ours.organization.as('AGENT', { teamIds: [team] });
  const outsider = await ours.organization.as('AGENT');
  const self = await ours.organization.as('CUSTOMER', { customerId: customer });
  expect((await colleague.data(REPLIES)).replies.totalCount).toBe(1);
  expect((await outsider.data(REPLIES)).replies.totalCount).toBe(0);
  const ask = 'query ($id: ID!) { reply(id: $id) { id } }';
  expect((await outsider.data(ask, { id: reply!.id })).reply).toBeNull();
  for (const name of ['cancelReply', 'retryReply', 'deleteReply', 'rescheduleReply']) {
    const { [name]: answer } = await outsider.data(
      `mutation ($id: ID!) { ${name}(input: { id: $id }) { userErrors { code } } }`,
      { id: reply!.id },
    );
    expect(answer.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
  }
  // Drafts are no business of whom they are for.
  const { post } = await self.data('query ($id: ID!) { post(id: $id) { text replies { totalCount } } }', {
    id: postId,
  });
  expect(post).toEqual({ text: 'post q1', replies: { totalCount: 0 } });
});

test('posts with their replies cost as many statements however many there are', async () => {
  for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) await ours.reply(await ours.hear(id), 'Sí.');
  const ask = (first: number) =>
    statementsOf(() =>
      ours.client.data(
        `query ($first: Int) { posts(first: $first) { edges { node { answerable { publicly reason }
           replies { edges { node { state failure { code } account { handle } recipient { handle } sentPost { id } } } } } } } }`,
        { first },
      ),
    );
  await ask(1);
  expect((await ask(6)).length).toBe((await ask(2)).length);
});

test('what would be written to somebody alone can be looked at too, in the language of who writes', async () => {
  const postId = await ours.hear('q1');
  const { post } = await ours.client.data('query ($id: ID!) { post(id: $id) { author { id } } }', { id: postId });
  const preview = async (input: object) =>
    (
      await ours.client.data(
        'query ($input: PreviewReplyInput!) { previewReply(input: $input) { text refusals { code message } } }',
        { input },
      )
    ).previewReply;
  expect(await preview({ accountId: ours.accountId, identityId: post.author.id, text: 'Hola' })).toEqual({
    text: 'Hola',
    refusals: [],
  });
  expect((await preview({ identityId: post.author.id, text: 'Hola' })).refusals[0].code).toBe('ACCOUNT_NEEDED');
  expect((await preview({ postId, text: '  ' })).refusals[0].code).toBe('EMPTY');
  for (const [language, words] of [
    ['es', 'No hay nada que enviar.'],
    ['pt', 'Não há nada para enviar.'],
  ]) {
    const response = await app.app.server.fastify.inject({
      method: 'POST',
      url: '/graphql',
      headers: { authorization: ours.client.authorization, 'accept-language': language! },
      payload: {
        query: 'query ($input: PreviewReplyInput!) { previewReply(input: $input) { refusals { message } } }',
        variables: { input: { postId, text: '' } },
      },
    });
    expect(response.json().data.previewReply.refusals).toEqual([{ message: words }]);
  }
});

test('what a person could never have sent is refused with the place that is wrong', async () => {
  const postId = await ours.hear('q1');
  const wrong = async (text: string, more: object) => (await ours.reply(postId, text, more)).userErrors[0];
  expect(await wrong('Sí.\u0000', {})).toMatchObject({ field: 'text', code: 'INVALID' });
  expect(await wrong('a'.repeat(50_001), {})).toMatchObject({ field: 'text', code: 'TOO_LONG' });
  expect(await wrong('Sí.', { media: [{ url: 'file:///etc/passwd' }] })).toMatchObject({ field: 'media' });
  expect(await wrong('Sí.', { scheduledAt: '2099-01-01T00:00:00Z' })).toMatchObject({ field: 'scheduledAt' });
  expect(await wrong('Sí.', { approvalNote: '\ud800' })).toMatchObject({ field: 'approvalNote' });
});
