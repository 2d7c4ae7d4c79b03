import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { signatureOf } from '../../integrations/twilio/request.signature.js';
import { newId, publicId } from '../../src/platform/ids.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { run } from '../support/command.js';
import { vault } from '../support/connector-context.js';
import { eventually } from '../support/subscriber.js';

const PUBLIC_URL = 'https://crm.example/social';
const TOKEN = '0123456789abcdef0123456789abcdef';
const NUMBER = '+34910000000';
let app: TestApp;
let organization: TestOrganization;
let owner: Client;
let accountId: string;
let key: string;

beforeAll(async () => {
  app = await openTestApp({ PUBLIC_URL, CREDENTIALS_KEY: Buffer.alloc(32, 7).toString('base64') });
  organization = await app.organization();
  owner = await organization.as('OWNER');
  accountId = newId();
  const { system } = app.app.database;
  const { rows } = await system.query(
    `insert into accounts (organization_id, id, network, handle, connector, settings) values ($1, $2, 'SMS', $3, 'twilio', $4) returning hook_key`,
    [organization.id, accountId, NUMBER, { accountSid: `AC${'0'.repeat(32)}` }],
  );
  key = rows[0].hook_key;
  await system.query('insert into account_secrets (organization_id, account_id, sealed) values ($1, $2, $3)', [
    organization.id,
    accountId,
    await vault.seal({ authToken: TOKEN }, accountId),
  ]);
});
afterAll(() => app.close());

function call(id: string, text: string, address = `${PUBLIC_URL}/hooks/${key}`) {
  const fields = new URLSearchParams({
    MessageSid: `SM${id.padStart(32, '0')}`,
    AccountSid: `AC${'0'.repeat(32)}`,
    From: '+34600111222',
    To: NUMBER,
    Body: text,
    NumMedia: '0',
    SmsStatus: 'received',
  });
  return app.app.server.fastify.inject({
    method: 'POST',
    // A proxy takes its own part of the address away.
    url: `/hooks/${key}`,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': signatureOf(TOKEN, address, fields),
    },
    payload: fields.toString(),
  });
}

const posts = async (): Promise<{ text: string; account: { id: string } }[]> => {
  const { posts: page } = await owner.data('{ posts { edges { node { text account { id } } } } }');
  return page.edges.map((edge: { node: object }) => edge.node);
};

test('a text message that the network tells of is there at once, signed over the address the world sees', async () => {
  expect((await call('1', '¿Abrís el lunes? 🥖', `http://127.0.0.1/hooks/${key}`)).statusCode).toBe(403);
  expect((await call('1', '¿Abrís el lunes? 🥖')).statusCode).toBeLessThan(300);
  expect(await eventually(async () => (await posts())[0])).toEqual({
    text: '¿Abrís el lunes? 🥖',
    account: { id: publicId('account', accountId) },
  });
  const said = JSON.stringify((await app.app.database.system.query('select envelope from webhook_deliveries')).rows);
  expect(said).not.toContain(key);
});

test('the command line has everything read again that is kept, and nothing is there twice', async () => {
  const { system, dataSource } = app.app.database;
  const settings = {
    DATABASE_URL: app.ownerUrl,
    DATABASE_APP_URL: (dataSource.options as { url: string }).url,
  };
  await eventually(async () => {
    const { rows } = await system.query(`select 1 from webhook_deliveries where state = 'DONE'`);
    return rows.length === 1;
  });
  const replay = ['hooks', 'replay', '--organization', organization.slug];
  expect((await run(replay, settings)).stdout).toBe('To be read again: 0.\n');
  const before = await system.query('select parsed_at from webhook_deliveries');
  expect(JSON.parse((await run([...replay, '--all', '--json'], settings)).stdout)).toEqual({ count: 1 });
  await eventually(async () => {
    const { rows } = await system.query('select parsed_at from webhook_deliveries');
    return rows[0].parsed_at > before.rows[0].parsed_at;
  });
  expect(await posts()).toHaveLength(1);
});

test('erasing a customer also erases what networks had told of it, and nothing else', async () => {
  await call('2', 'Y el martes');
  const { createCustomer } = await owner.data(
    `mutation { createCustomer(input: { displayName: "Clienta" }) { customer { id } } }`,
  );
  const { system } = app.app.database;
  const [author] = await eventually(async () => {
    const { rows } = await system.query<{ id: string }>(`select author_id as id from posts where text = 'Y el martes'`);
    return rows.length === 1 ? rows : null;
  });
  await system.query(
    `insert into webhook_deliveries (organization_id, id, account_id, method, envelope, body, state, post_ids)
     values ($1, $2, $3, 'POST', '', '', 'DONE', '{another}')`,
    [organization.id, newId(), accountId],
  );
  await owner.data(`mutation ($input: LinkIdentityInput!) { linkIdentity(input: $input) { userErrors { message } } }`, {
    input: { identityId: publicId('identity', author!.id), customerId: createCustomer.customer.id },
  });
  await owner.data(`mutation ($id: ID!) { eraseCustomer(input: { id: $id }) { userErrors { message } } }`, {
    id: createCustomer.customer.id,
  });
  expect((await system.query('select post_ids from webhook_deliveries')).rows).toEqual([{ post_ids: ['another'] }]);
});
