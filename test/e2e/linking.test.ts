import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Network } from '../../src/ingest/connector.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { accept, mention } from '../support/posts.js';
import { type Social, socialOf } from '../support/social.js';

let app: TestApp;
let organization: TestOrganization;
let client: Client;
let social: Social;

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off' });
});
afterAll(() => app?.close());
beforeEach(async () => {
  organization = await app.organization();
  client = await organization.as('OWNER');
  social = socialOf(app, organization, client);
});

const say: Social['say'] = (...given) => social.say(...given);
const identity: Social['identity'] = (...given) => social.identity(...given);
const customer: Social['customer'] = (...given) => social.customer(...given);
const link: Social['link'] = (...given) => social.link(...given);
const unlink: Social['unlink'] = (...given) => social.unlink(...given);

describe('linking by hand', () => {
  test('ties an identity to a customer with its grounds, unties it, and remembers both', async () => {
    await say('1', { handle: 'ana' });
    const { id } = await identity('ana');
    const [first, second] = [await customer('Ana Gil'), await customer('Other Ana')];
    expect(await link(id, first, 'She told us on the phone.')).toEqual({
      identity: { customer: { id: first } },
      userErrors: [],
    });
    expect(await link(id, first)).toMatchObject({ userErrors: [] });
    expect(await link(id, second)).toMatchObject({ userErrors: [{ field: 'identityId', code: 'CONFLICT' }] });
    expect((await identity('ana')).link).toEqual({
      method: 'MANUAL',
      confidence: 1,
      evidence: [{ kind: 'MANUAL', detail: 'She told us on the phone.' }],
    });
    expect(await unlink(id, 'It was her sister.')).toEqual({ identity: { customer: null }, userErrors: [] });
    expect(await unlink(id)).toMatchObject({ userErrors: [] });
    expect(await link(id, second)).toMatchObject({ userErrors: [] });
    const { linkHistory, customer: now } = await identity('ana');
    expect(now).toEqual({ id: second });
    expect(linkHistory).toMatchObject([
      { status: 'CONFIRMED', customer: { id: second }, unlinkedAt: null },
      {
        status: 'ENDED',
        customer: { id: first },
        unlinkReason: 'It was her sister.',
        unlinkedBy: expect.stringMatching(/^(key|api_key)/),
      },
    ]);
  });

  test('by two people at once leaves one link', async () => {
    await say('1', { handle: 'ana' });
    const { id } = await identity('ana');
    const customers = await Promise.all([1, 2, 3, 4].map(at => customer(`Ana ${at}`)));
    const outcomes = await Promise.all(customers.map(one => link(id, one)));
    expect(outcomes.filter(outcome => outcome.userErrors.length === 0)).toHaveLength(1);
    expect((await identity('ana')).linkHistory).toHaveLength(1);
  });

  test('shows what a customer said under all its identities', async () => {
    await say('1', { handle: 'ana' });
    await accept(app, organization, [mention('2', { handle: 'ana' })], { network: Network.MASTODON });
    const id = await customer('Ana Gil');
    for (const network of ['TWITTER', 'MASTODON']) await link((await identity('ana', network)).id, id);
    const { customer: shown } = await client.data(
      'query ($id: ID!) { customer(id: $id) { identities { network } posts { totalCount edges { node { externalId } } } } }',
      { id },
    );
    expect(shown.identities.map((one: any) => one.network).sort()).toEqual(['MASTODON', 'TWITTER']);
    expect(shown.posts.totalCount).toBe(2);
  });
});

describe('linking by proof', () => {
  const EMAIL = { kind: 'EMAIL', value: 'ana@example.com' };
  const PHONE = { kind: 'PHONE', value: '+34 612 34 56 78' };
  const proven = { handle: 'ana', id: '7', verifiedEmail: 'ana@example.com' };

  test('happens when the network vouches for an address of exactly one customer', async () => {
    const id = await customer('Ana Gil', [EMAIL]);
    await say('1', { author: proven });
    expect(await identity('ana')).toMatchObject({
      customer: { id },
      link: { method: 'AUTOMATIC', confidence: 1, evidence: [{ kind: 'VERIFIED_EMAIL' }] },
    });
    expect(JSON.stringify((await identity('ana')).link)).not.toContain('ana@example.com');
  });

  test('also when the customer comes after the post, and by telephone', async () => {
    await say('1', { author: { handle: 'ana', verifiedPhone: '+34612345678' } });
    const id = await customer('Ana Gil', [PHONE]);
    expect((await identity('ana')).customer).toEqual({ id });
  });

  test('does not happen by an address nobody verified, nor where two customers share it', async () => {
    await client.data(
      'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { userErrors { code } } }',
      { input: { displayName: 'Ana', contactPoints: [EMAIL] } },
    );
    await say('1', { author: proven });
    expect((await identity('ana')).customer).toBeNull();
    await customer('Ana Gil', [EMAIL]);
    await customer('Her Father', [PHONE]);
    await customer('Her Mother', [PHONE]);
    await say('2', { author: { handle: 'eva', verifiedPhone: '+34612345678' } });
    expect((await identity('ana')).customer).toBeNull();
    expect((await identity('eva')).customer).toBeNull();
  });

  test('does not happen where two proofs name two customers', async () => {
    await customer('Ana Gil', [EMAIL]);
    await customer('Luis Gil', [PHONE]);
    await say('1', { author: { ...proven, verifiedPhone: '+34612345678' } });
    expect((await identity('ana')).customer).toBeNull();
  });

  test('does not bring back what a person untied', async () => {
    await customer('Ana Gil', [EMAIL]);
    await say('1', { author: proven });
    const { id, customer: linked } = await identity('ana');
    expect(linked).not.toBeNull();
    await unlink(id, 'Not her.');
    await say('2', { author: { ...proven, displayName: 'Ana again' } });
    expect((await identity('ana')).customer).toBeNull();
    expect((await identity('ana')).linkHistory).toHaveLength(1);
  });

  test('is given by a code that the identity publishes, once, and only by it', async () => {
    await say('1', { handle: 'ana' });
    await say('2', { handle: 'eva' });
    const [ana, eva] = [await identity('ana'), await identity('eva')];
    const id = await customer('Ana Gil');
    const { claimIdentity } = await client.data(
      'mutation ($input: ClaimIdentityInput!) { claimIdentity(input: $input) { code expiresAt userErrors { code } } }',
      { input: { identityId: ana.id, customerId: id } },
    );
    const { code, userErrors } = claimIdentity;
    expect(userErrors).toEqual([]);
    await say('3', { handle: 'eva', text: `hola ${code}` });
    expect((await identity('eva')).customer).toBeNull();
    expect((await identity('ana')).customer).toBeNull();
    await say('4', { handle: 'ana', text: `mi código es ${code.toUpperCase()}.` });
    expect(await identity('ana')).toMatchObject({
      customer: { id },
      link: { method: 'CLAIM', evidence: [{ kind: 'CONFIRMED_CLAIM' }] },
    });
    await unlink(ana.id);
    await say('5', { handle: 'ana', text: `otra vez ${code}` });
    expect((await identity('ana')).customer).toBeNull();
    expect(eva.customer).toBeNull();
  });
});
