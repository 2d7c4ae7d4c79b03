import { newId } from '../../src/platform/ids.js';
import type { Client, TestApp, TestOrganization } from './app.js';
import { vault } from './connector-context.js';

export const SITE_SECRET = 'un secreto del horno';

/** With this configuration an app opens what `vault` has sealed. */
export const SITE_CONFIG = { CREDENTIALS_KEY: Buffer.alloc(32, 7).toString('base64') };

export interface TestSite {
  organization: TestOrganization;
  owner: Client;
  accountId: string;
  key: string;
}

/** An organisation with a site that has a form and a chat. */
export async function siteOf(test: TestApp, origins: string, settings: object = {}): Promise<TestSite> {
  const organization = await test.organization();
  const accountId = newId();
  const { system } = test.app.database;
  const { rows } = await system.query<{ hook_key: string }>(
    `insert into accounts (organization_id, id, network, handle, display_name, connector, settings)
     values ($1, $2, 'WEB', 'www.horno.example', 'Horno San Blas', 'web', $3) returning hook_key`,
    [organization.id, accountId, { origins, ...settings }],
  );
  await system.query('insert into account_secrets (organization_id, account_id, sealed) values ($1, $2, $3)', [
    organization.id,
    accountId,
    await vault.seal({ secret: SITE_SECRET }, accountId),
  ]);
  return { organization, owner: await organization.as('OWNER'), accountId, key: rows[0]!.hook_key };
}

export interface InboxPost {
  id: string;
  text: string;
  title: string | null;
  own: boolean;
  author: { displayName: string | null };
}

export async function inboxOf({ owner }: TestSite): Promise<InboxPost[]> {
  const { posts } = await owner.data(
    '{ posts(first: 50) { edges { node { id text title own author { displayName } } } } }',
  );
  return posts.edges.map((edge: { node: InboxPost }) => edge.node);
}
