import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { accept, mention } from '../support/posts.js';
import { socialOf } from '../support/social.js';

let app: TestApp;
let organization: TestOrganization;
beforeAll(async () => {
  app = await openTestApp({ DATABASE_POOL_SIZE: '2' } as never);
});
afterAll(() => app.close());

describe('linking', () => {
  test('more links may be ended at once than there are connections', async () => {
    organization = await app.organization();
    const agent = await organization.as('AGENT');
    await accept(
      app,
      organization,
      ['a', 'b', 'c', 'd', 'e', 'f'].map(handle => mention(handle, { handle })),
    );
    const { socialIdentities } = await agent.data('{ socialIdentities(first: 10) { edges { node { id } } } }');
    const results = await Promise.all(
      socialIdentities.edges.map(({ node: { id } }: { node: { id: string } }) =>
        agent.send(
          'mutation End($input: UnlinkIdentityInput!) { unlinkIdentity(input: $input) { userErrors { code } identity { id } } }',
          { input: { identityId: id } },
        ),
      ),
    );
    expect(results).toMatchObject(
      socialIdentities.edges.map(({ node: identity }: { node: object }) => ({
        data: { unlinkIdentity: { userErrors: [], identity } },
      })),
    );
  });
});

describe('an identity known by its handle only', () => {
  const star = (facts: object) => ({ author: { id: '77', ...facts } });
  const identities = async (organization: TestOrganization) => {
    const { rows } = await app.app.database.system.query(
      `select i.external_id as id, i.handle_key as handle, i.customer_id as customer,
              (select count(*)::int from interactions x where x.organization_id = i.organization_id and x.to_identity_id = i.id) as met,
              (select count(*)::int from posts p where p.organization_id = i.organization_id and p.author_id = i.id) as said
         from social_identities i where i.organization_id = $1 and (i.external_id is not null or i.handle_key = 'star' or i.handle_key is null)`,
      [organization.id],
    );
    return rows;
  };

  test('becomes one with whoever turns out to hold the handle, with all it has', async () => {
    const organization = await app.organization();
    const agent = await organization.as('AGENT');
    await accept(app, organization, [
      mention('1', { handle: 'fan', text: 'hi @star' }),
      mention('2', { handle: 'star', text: 'from an archive' }),
      mention('3', { ...star({}), text: 'hi' }),
    ]);
    const { socialIdentities, createCustomer } = await agent
      .data(`query { socialIdentities(first: 9, filter: { handle: { eq: "star" } }) { edges { node { id } } } }`)
      .then(async found => ({
        ...found,
        ...(await agent.data(
          'mutation { createCustomer(input: { kind: PERSON, displayName: "Star" }) { customer { id } userErrors { message } } }',
        )),
      }));
    await agent.data('mutation M($input: LinkIdentityInput!) { linkIdentity(input: $input) { userErrors { code } } }', {
      input: { identityId: socialIdentities.edges[0].node.id, customerId: createCustomer.customer.id },
    });
    await accept(app, organization, [mention('4', { ...star({ handle: 'star' }), text: 'hi again' })]);
    expect(await identities(organization)).toEqual([
      { id: '77', handle: 'star', customer: expect.any(String), met: 1, said: 3 },
    ]);
    const { customer } = await agent.data(
      `{ customer(id: "${createCustomer.customer.id}") { identities { handle link { status } } } }`,
    );
    expect(customer.identities).toEqual([{ handle: 'star', link: { status: 'CONFIRMED' } }]);
  });

  test('becomes one with its owner also when both are named in one batch', async () => {
    const organization = await app.organization();
    await accept(app, organization, [mention('1', { handle: 'fan', text: 'hi @star' })]);
    await accept(app, organization, [mention('2', star({}))]);
    await accept(app, organization, [
      mention('3', star({ handle: 'star' })),
      mention('4', { handle: 'fan', text: 'hello @star' }),
    ]);
    expect(await identities(organization)).toEqual([{ id: '77', handle: 'star', customer: null, met: 2, said: 2 }]);
  });
});

describe('the link of an identity', () => {
  test('is on the timeline while it holds, for whoever sees the identity', async () => {
    const organization = await app.organization();
    const owner = await organization.as('OWNER');
    const social = socialOf(app, organization, owner);
    await social.say('1', { handle: 'ana' });
    const [identity, customerId] = [await social.identity('ana'), await social.customer('Ana Gil')];
    const timeline = async (client = owner) =>
      (
        await client.data(
          'query ($id: ID!) { customer(id: $id) { timeline { edges { node { ... on IdentityLinked { identity { handle } } } } } } }',
          { id: customerId },
        )
      ).customer.timeline.edges
        .map(({ node }: any) => node.identity?.handle)
        .filter(Boolean);
    await social.link(identity.id, customerId);
    expect(await timeline()).toEqual(['ana']);
    await app.app.database.system.query(
      "insert into access_rules (organization_id, role, kind, scope) values ($1, 'ANALYST', 'IDENTITY', 'NONE')",
      [organization.id],
    );
    const analyst = await organization.as('ANALYST');
    const entries = await analyst.data(
      'query ($id: ID!) { customer(id: $id) { timeline { edges { node { __typename } } } } }',
      { id: customerId },
    );
    expect(JSON.stringify(entries)).not.toContain('IdentityLinked');
    await social.unlink(identity.id);
    expect(await timeline()).toEqual([]);
  });

  test('tells customers nothing of what staff wrote about it', async () => {
    const organization = await app.organization();
    const social = socialOf(app, organization, await organization.as('OWNER'));
    await social.say('1', { handle: 'ana' });
    const [identity, customerId] = [await social.identity('ana'), await social.customer('Ana Gil')];
    await social.link(identity.id, customerId, 'A neighbour told us.');
    const { rows } = await app.app.database.system.query('select id from customers where organization_id = $1', [
      organization.id,
    ]);
    const herself = await organization.as('CUSTOMER', { customerId: rows[0].id });
    const { customer } = await herself.data(
      'query ($id: ID!) { customer(id: $id) { identities { handle link { linkedBy evidence { detail } } linkHistory { unlinkReason } } } }',
      { id: customerId },
    );
    expect(customer.identities).toEqual([{ handle: 'ana', link: null, linkHistory: [] }]);
  });

  test('is proven by an address whose other holder was deleted', async () => {
    const organization = await app.organization();
    const owner = await organization.as('OWNER');
    const social = socialOf(app, organization, owner);
    const website = [{ kind: 'WEBSITE', value: 'https://ana.example' }];
    const other = await social.customer('Another Ana', website);
    await owner.data('mutation ($id: ID!) { deleteCustomer(input: { id: $id }) { userErrors { code } } }', {
      id: other,
    });
    await social.say('1', { author: { handle: 'ana', url: 'https://ana.example' } });
    expect((await social.identity('ana')).customer).toBeNull();
    const customerId = await social.customer('Ana Gil', website);
    expect((await social.identity('ana')).customer).toEqual({ id: customerId });
  });

  test('is claimed by a code that is told once and kept nowhere', async () => {
    const organization = await app.organization();
    const owner = await organization.as('OWNER');
    const social = socialOf(app, organization, owner);
    await social.say('1', { handle: 'ana' });
    const input = {
      identityId: (await social.identity('ana')).id,
      customerId: await social.customer('Ana Gil'),
      idempotencyKey: 'claim-1',
    };
    const claim = async () =>
      (
        await owner.data(
          'mutation ($input: ClaimIdentityInput!) { claimIdentity(input: $input) { code expiresAt userErrors { code } } }',
          { input },
        )
      ).claimIdentity;
    const first = await claim();
    expect(first.code).toMatch(/^vnc-/);
    expect(await claim()).toEqual({ ...first, code: null });
    const { rows } = await app.app.database.system.query(
      'select payload from idempotency_keys where organization_id = $1',
      [organization.id],
    );
    expect(JSON.stringify(rows)).not.toContain(first.code);
  });

  test('changes at once how much what the customer said lately matters', async () => {
    const organization = await app.organization();
    const social = socialOf(app, organization, await organization.as('OWNER'));
    const owner = await organization.as('OWNER');
    await social.say('1', { handle: 'ana', occurredAt: new Date(Date.now() - 60_000), text: 'Where is my parcel?' });
    const [identity, customerId] = [await social.identity('ana'), await social.customer('Ana Gil')];
    const priority = async () =>
      (await owner.data('{ posts(first: 1) { edges { node { priority { score reasons { code } } } } } }')).posts
        .edges[0].node.priority;
    const before = await priority();
    await social.link(identity.id, customerId);
    const linked = await priority();
    expect(linked.score).toBeGreaterThan(before.score);
    expect(linked.reasons).toContainEqual({ code: 'RELATIONSHIP' });
    await social.unlink(identity.id);
    expect(await priority()).toEqual(before);
  });
});
