import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { rotateCredentials } from '../../src/cli/credentials.command.js';
import { accounts } from '../../src/cli/doctor.accounts.js';
import type { Check } from '../../src/cli/finding.js';
import { connectorRegistry } from '../../src/ingest/registry.js';
import { openKeyRing } from '../../src/platform/secrets.js';
import { configuredVault, openVault, type Vault } from '../../src/platform/vault.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { run } from '../support/command.js';
import { services } from '../support/connector-context.js';
import { openPracticeNetwork, type PracticeNetwork } from '../support/practice.js';

let network: PracticeNetwork;
let app: TestApp;
let organization: TestOrganization;
let owner: Client;
let derived: Vault;

beforeAll(async () => {
  network = await openPracticeNetwork();
  app = await openTestApp({ ALLOW_PRIVATE_ADDRESSES: 'true', WORKER: 'off' }, { adapters: network.connectors });
  organization = await app.organization();
  owner = await organization.as('OWNER');
  for (const token of ['good-uno', 'good-dos', 'good-tres'])
    await owner.data(
      'mutation ($secrets: [AccountValueInput!]) { connectAccount(input: { connector: "practice", secrets: $secrets }) { userErrors { code } } }',
      { secrets: [{ name: 'token', value: token }] },
    );
  derived = configuredVault({ CREDENTIALS_KEYS_BEFORE: [] }, await openKeyRing(app.app.database.system, undefined));
});
afterAll(async () => {
  await app?.close();
  await network?.close();
});

const lines = async (vault = derived) => {
  const said: string[] = [];
  const check: Check = async (name, work) => {
    const [ok, detail] = await work().then(
      text => [true, text],
      error => [false, error.message],
    );
    said.push(`${ok ? 'ok' : 'NOT OK'} ${name}: ${detail}`.replace(/\d+ ms/, 'n ms'));
    return Boolean(ok);
  };
  await accounts(
    app.app.database.system,
    { vault, registry: connectorRegistry(network.connectors, () => services) },
    check,
  );
  return said;
};

test('doctor says of each account who the network says we are, or why not', async () => {
  network.revoke('good-dos');
  const name = (handle: string) => `account ${organization.slug}/WEB ${handle}`;
  expect(await lines()).toEqual([
    `NOT OK ${name('dos')}: AUTH: The token … is not accepted.`,
    `ok ${name('tres')}: we are tres, answered after n ms`,
    `ok ${name('uno')}: we are uno, answered after n ms`,
  ]);
  expect((await lines(openVault(randomBytes(32))))[1]).toContain('its credentials do not open');
});

test('rotating seals everything with the new key, also run twice at once, and loses nothing that was changed meanwhile', async () => {
  const { system } = app.app.database;
  const keys = await openKeyRing(system, undefined);
  const rotated = configuredVault({ CREDENTIALS_KEY: randomBytes(32), CREDENTIALS_KEYS_BEFORE: [] }, keys);
  const going = { requested: false };
  const both = await Promise.all([
    rotateCredentials(system, rotated, going),
    rotateCredentials(system, rotated, going),
  ]);
  for (const { resealed, current, lost } of both) expect([resealed + current, lost]).toEqual([3, 0]);
  expect(await rotateCredentials(system, rotated, going)).toEqual({ resealed: 0, current: 3, lost: 0 });
  expect((await lines(rotated))[2]).toContain('we are uno');
  const strange = openVault(randomBytes(32));
  expect(await rotateCredentials(system, strange, going)).toEqual({ resealed: 0, current: 0, lost: 3 });
});

test('rotating is a command, which fails for what no key opens', async () => {
  const settings = { DATABASE_URL: app.ownerUrl };
  // What the last test sealed has a key that nobody has any more.
  const failed = await run(['credentials', 'rotate', '--json'], settings);
  expect([failed.code, JSON.parse(failed.stdout)]).toEqual([1, { resealed: 0, current: 0, lost: 3 }]);
  await app.app.database.system.query('delete from account_secrets');
  const done = await run(['credentials', 'rotate'], settings);
  expect([done.code, done.stdout]).toEqual([0, 'Sealed anew: 0. Already so: 0.\n']);
});
