import { expect } from '@jest/globals';
import { publicId } from '../../src/platform/ids.js';
import type { Client, TestApp, TestOrganization } from './app.js';
import { accept, mention } from './posts.js';

type Given = Parameters<typeof mention>[1];

const POST = `id text deletedAt editedAt url hashtags links media { url } sentiment { label score words { word } } inReplyTo { externalId }
  conversation { id status assignee { name } team { name } } author { id handle displayName }`;

const LINK =
  'mutation ($input: LinkIdentityInput!) { linkIdentity(input: $input) { identity { customer { id } } userErrors { field code } } }';
const UNLINK =
  'mutation ($input: UnlinkIdentityInput!) { unlinkIdentity(input: $input) { identity { customer { id } } userErrors { field code } } }';

/** What tests of posts and identities do again and again, as one caller in one organisation. */
export function socialOf(app: TestApp, organization: TestOrganization, client: Client) {
  const say = (id: string, given: Given = {}) => accept(app, organization, [mention(id, given)]);

  async function post(externalId: string): Promise<any> {
    const { rows } = await app.app.database.system.query<{ id: string }>(
      'select id from posts where organization_id = $1 and external_id = $2',
      [organization.id, externalId],
    );
    const { post: shown } = await client.data(`query ($id: ID!) { post(id: $id) { ${POST} } }`, {
      id: publicId('post', rows[0]!.id),
    });
    return shown;
  }

  async function identity(handle: string, network = 'TWITTER'): Promise<any> {
    const { socialIdentities } = await client.data(
      `query ($handle: String, $network: Network) { socialIdentities(filter: { handle: { eq: $handle }, network: { eq: $network } }) { edges { node {
      id handle externalId displayName followersCount customer { id } link { method confidence evidence { kind detail } }
      linkHistory { status method customer { id } linkedBy unlinkedBy unlinkReason unlinkedAt }
      sent: interactions(direction: FROM) { totalCount edges { node { kind to { handle } } } }
      got: interactions(direction: TO) { totalCount edges { node { kind from { handle } } } }
      all: interactions { totalCount edges { node { id } } } posts { totalCount } } } } }`,
      { handle, network },
    );
    return socialIdentities.edges[0]?.node;
  }

  async function customer(displayName: string, contactPoints: object[] = []): Promise<string> {
    const { createCustomer } = await client.data(
      'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id contactPoints { id kind } } userErrors { field message } } }',
      { input: { displayName, contactPoints } },
    );
    expect(createCustomer.userErrors).toEqual([]);
    for (const { id } of createCustomer.customer.contactPoints)
      await client.data('mutation ($id: ID!) { verifyContactPoint(input: { id: $id }) { userErrors { code } } }', {
        id,
      });
    return createCustomer.customer.id;
  }

  const link = async (identityId: string, customerId: string, note?: string) =>
    (await client.data(LINK, { input: { identityId, customerId, note } })).linkIdentity;
  const unlink = async (identityId: string, reason?: string) =>
    (await client.data(UNLINK, { input: { identityId, reason } })).unlinkIdentity;

  return { say, post, identity, customer, link, unlink };
}

export type Social = ReturnType<typeof socialOf>;
