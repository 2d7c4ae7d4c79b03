import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { catchUp, lookAgain } from '../../src/modules/matching/catch-up.service.js';
import { trainMatching } from '../../src/modules/matching/model.service.js';
import { openLogger } from '../../src/platform/logger.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import {
  AcceptLinkSuggestionDocument,
  DuplicateHintsDocument,
  LinkSuggestionsDocument,
  RejectLinkSuggestionDocument,
  ReopenLinkSuggestionDocument,
} from '../support/operations.generated.js';
import { type Social, socialOf } from '../support/social.js';
import { statementsOf } from '../support/statements.js';

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

const sql = async (text: string, values: unknown[] = []) =>
  (await app.app.database.system.query(text, [organization.id, ...values])).rows;
const scope = () => ({ organizationId: organization.id, actor: 'system:matching', requestId: 'test' });
const match = () => catchUp(app.app.database, scope(), openLogger('silent'));
const train = () => trainMatching(app.app.database, scope());

async function suggestions(as = client, filter: object = {}) {
  const { linkSuggestions } = await as.data(LinkSuggestionsDocument, { first: 50, filter });
  return linkSuggestions.edges.map(edge => edge.node);
}
const accept = async (id: string, as = client) =>
  (await as.data(AcceptLinkSuggestionDocument, { input: { id } })).acceptLinkSuggestion;
const reject = async (id: string, neverAskAgain = false) =>
  (await client.data(RejectLinkSuggestionDocument, { input: { id, neverAskAgain } })).rejectLinkSuggestion;

async function customer(input: object): Promise<string> {
  const { createCustomer } = await client.data(
    'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } userErrors { message } } }',
    { input },
  );
  expect(createCustomer.userErrors).toEqual([]);
  return createCustomer.customer.id;
}

/** An identity as a network tells of it. Answers its public id. */
async function identity(handle: string, facts: Record<string, string> = {}): Promise<string> {
  const columns = Object.keys(facts);
  const [row] = await sql(
    `insert into social_identities (organization_id, id, network, handle, handle_key${columns.map(name => `, ${name}`).join('')})
     values ($1, gen_random_uuid(), 'TWITTER', $2, lower($2)${columns.map((_, at) => `, $${at + 3}`).join('')}) returning id`,
    [handle, ...Object.values(facts)],
  );
  return organization.publicId('identity', row.id);
}

const linkOf = async (id: string) =>
  (
    await client.data(
      `query ($id: ID!) { socialIdentity(id: $id) { customer { id } link { method confidence evidence { kind code: detail } }
         linkSuggestions(first: 5) { edges { node { id state } } } } }`,
      { id },
    )
  ).socialIdentity;

/** María, and an identity that is most likely hers. */
async function likely(): Promise<{ customerId: string; identityId: string }> {
  const customerId = await customer({
    givenName: 'María',
    familyName: 'Zubizarreta Peña',
    birthDate: '1984-05-06',
    contactPoints: [{ kind: 'ADDRESS', address: { city: 'Mérida', country: 'VE' } }],
  });
  const identityId = await identity('mariazubizarreta', { display_name: 'Maria Zubizarreta', bio: 'Mérida · libros' });
  return { customerId, identityId };
}

describe('a suggestion', () => {
  test('says who may be whom, how likely, and why, in the language of the reader', async () => {
    const { customerId, identityId } = await likely();
    await identity('somebody', { display_name: 'Robert Smith' });
    await match();
    const [one, ...others] = await suggestions();
    expect(others).toEqual([]);
    expect(one).toMatchObject({ identity: { id: identityId }, customer: { id: customerId }, state: 'PENDING' });
    expect(one!.confidence).toBeGreaterThan(0.5);
    expect(one!.confidence).toBeLessThan(1);
    expect(one!.evidence[0]).toMatchObject({ kind: 'NAME', weight: expect.any(Number) });
    expect(one!.evidence[0]!.detail).toContain('The same given name and surname.');
    expect(one!.evidence.map(({ kind }) => kind)).toContain('PLACE');

    const response = await app.app.server.fastify.inject({
      method: 'POST',
      url: '/graphql',
      headers: { authorization: client.authorization, 'accept-language': 'es' },
      payload: { query: '{ linkSuggestions(first: 1) { edges { node { evidence { detail } } } } }' },
    });
    expect(response.json().data.linkSuggestions.edges[0].node.evidence[0].detail).toContain(
      'El mismo nombre y el mismo apellido.',
    );
  });

  test('is found from the customer and from the identity', async () => {
    const { customerId, identityId } = await likely();
    await match();
    const { customer: shown } = await client.data(
      'query ($id: ID!) { customer(id: $id) { linkSuggestions(first: 5) { totalCount edges { node { identity { id } } } } } }',
      { id: customerId },
    );
    expect(shown.linkSuggestions).toEqual({ totalCount: 1, edges: [{ node: { identity: { id: identityId } } }] });
    expect((await linkOf(identityId)).linkSuggestions.edges).toHaveLength(1);
  });

  test('links the two when it is accepted, once, with its grounds', async () => {
    const { customerId, identityId } = await likely();
    await match();
    const [one] = await suggestions();
    const outcomes = await Promise.all([accept(one!.id), accept(one!.id)]);
    expect(outcomes.map(outcome => outcome.userErrors)).toEqual([[], []]);
    expect(outcomes[0]!.suggestion).toMatchObject({ state: 'ACCEPTED' });
    const { customer: owner, link } = await linkOf(identityId);
    expect(owner).toEqual({ id: customerId });
    expect(link).toMatchObject({ method: 'MANUAL', confidence: 1 });
    expect(link.evidence.map((entry: { kind: string }) => entry.kind)).toEqual(
      expect.arrayContaining(['MANUAL', 'NAME', 'PLACE']),
    );
    await match();
    expect(await suggestions()).toEqual([]);
    expect(await suggestions(client, { state: { eq: 'ACCEPTED' } })).toHaveLength(1);
    expect((await reject(one!.id)).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
  });

  test('that is rejected stays rejected for whoever the customer is merged into', async () => {
    const { customerId } = await likely();
    await match();
    const [one] = await suggestions();
    expect((await reject(one!.id)).userErrors).toEqual([]);
    // Another one of the same name comes, and the first is merged into it before anybody looks.
    const survivorId = await customer({ givenName: 'María', familyName: 'Zubizarreta Peña', birthDate: '1984-05-06' });
    const { mergeCustomers } = await client.data(
      'mutation ($input: MergeCustomersInput!) { mergeCustomers(input: $input) { mergeId userErrors { message } } }',
      { input: { survivorId, mergedIds: [customerId] } },
    );
    expect(mergeCustomers.userErrors).toEqual([]);
    await match();
    expect(await suggestions()).toEqual([]);
  });

  test('that is rejected stays rejected, also when all is learnt and compared anew', async () => {
    const { identityId } = await likely();
    await match();
    const [one] = await suggestions();
    expect((await reject(one!.id)).suggestion).toMatchObject({ state: 'REJECTED' });
    await train();
    await lookAgain(app.app.database, scope());
    await match();
    await sql('update social_identities set bio = $2 where organization_id = $1', ['Mérida, Venezuela']);
    await match();
    expect(await suggestions()).toEqual([]);
    expect((await accept(one!.id)).userErrors).toMatchObject([{ field: 'id', code: 'CONFLICT' }]);
    expect((await linkOf(identityId)).customer).toBeNull();
  });

  test.each([true, false])('that is rejected (neverAskAgain: %s) is not linked on proof either', async never => {
    const { customerId, identityId } = await likely();
    await sql('update social_identities set verified_email = $2 where organization_id = $1', [
      'maria@zubi.example.com',
    ]);
    await match();
    await reject((await suggestions())[0]!.id, never);
    const add = 'mutation ($input: AddContactPointInput!) { addContactPoint(input: $input) { contactPoint { id } } }';
    const verify =
      'mutation ($input: VerifyContactPointInput!) { verifyContactPoint(input: $input) { userErrors { code } } }';
    const prove = async (ownerId: string) => {
      const input = { customerId: ownerId, contactPoint: { kind: 'EMAIL', value: 'maria@zubi.example.com' } };
      const { addContactPoint } = await client.data(add, { input });
      const { verifyContactPoint } = await client.data(verify, { input: { id: addContactPoint.contactPoint.id } });
      expect(verifyContactPoint.userErrors).toEqual([]);
    };
    await prove(customerId);
    expect((await linkOf(identityId)).customer).toBeNull();
    // Nor to whoever the rejected one is merged into.
    const survivorId = await customer({ givenName: 'María', familyName: 'Zubizarreta Peña', birthDate: '1984-05-06' });
    const { mergeCustomers } = await client.data(
      'mutation ($input: MergeCustomersInput!) { mergeCustomers(input: $input) { mergeId userErrors { message } } }',
      { input: { survivorId, mergedIds: [customerId] } },
    );
    expect(mergeCustomers.userErrors).toEqual([]);
    await match();
    expect((await linkOf(identityId)).customer).toBeNull();
  });

  test('that was rejected waits again once that is taken back', async () => {
    const { identityId } = await likely();
    await match();
    const [one] = await suggestions();
    await reject(one!.id, true);
    await match();
    const reopen = async () =>
      (await client.data(ReopenLinkSuggestionDocument, { input: { id: one!.id } })).reopenLinkSuggestion;
    for (const { suggestion, userErrors } of [await reopen(), await reopen()]) {
      expect(userErrors).toEqual([]);
      expect(suggestion).toMatchObject({ id: one!.id, state: 'PENDING' });
    }
    await match();
    expect(await suggestions()).toHaveLength(1);
    await accept(one!.id);
    expect((await linkOf(identityId)).customer).not.toBeNull();
    expect((await reopen()).userErrors).toMatchObject([{ field: 'id', code: 'CONFLICT' }]);
  });

  test('is not made for anybody else once nobody is to be asked again', async () => {
    await likely();
    await match();
    await reject((await suggestions())[0]!.id, true);
    await customer({ givenName: 'María', familyName: 'Zubizarreta', birthDate: '1984-01-01' });
    await match();
    expect(await suggestions()).toEqual([]);
  });

  test('is withdrawn when what it rests on changes, and comes back with it', async () => {
    const { customerId } = await likely();
    await match();
    const rename = (familyName: string) =>
      client.data(
        'mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { userErrors { message } } }',
        { input: { id: customerId, givenName: 'Petra', familyName, displayName: `Petra ${familyName}` } },
      );
    expect(await suggestions()).toHaveLength(1);
    await rename('Okonkwo');
    await match();
    expect(await suggestions()).toEqual([]);
    await client.data(
      'mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { userErrors { message } } }',
      { input: { id: customerId, givenName: 'María', familyName: 'Zubizarreta', displayName: 'María Zubizarreta' } },
    );
    await match();
    expect(await suggestions()).toHaveLength(1);
  });

  test('is not made of what a person unlinked', async () => {
    const { customerId, identityId } = await likely();
    await social.link(identityId, customerId);
    await social.unlink(identityId);
    await match();
    expect(await suggestions()).toEqual([]);
  });

  test('is weaker where two customers have the name, and not made of a parody', async () => {
    await customer({ displayName: 'Ignacio Urrutia' });
    await customer({ displayName: 'Ignacio Urrutia' });
    await identity('nachourrutia', { display_name: 'Nacho Urrutia' });
    await customer({ displayName: 'Valentina Ormaetxea' });
    await identity('valentinaormaetxea', { display_name: 'Valentina Ormaetxea', bio: 'Cuenta parodia' });
    await match();
    const found = await suggestions();
    expect(found.filter(one => one.customer!.displayName.startsWith('Valentina'))).toEqual([]);
    expect(found).toHaveLength(2);
    expect(new Set(found.map(one => one.customer!.id)).size).toBe(2);
    for (const { confidence } of found) expect(confidence).toBeLessThan(0.5);
    for (const { evidence } of found) expect(evidence.map(({ kind }) => kind)).toContain('RIVALS');
  });
});

describe('linking by itself', () => {
  const strong = async () => {
    const customerId = await customer({
      displayName: 'Ximena Goikoetxea',
      contactPoints: [
        { kind: 'PHONE', value: '+34612345678' },
        { kind: 'EMAIL', value: 'ximena@goikoetxea.example.com' },
      ],
    });
    const identityId = await identity('ximenagoikoetxea', {
      display_name: 'Ximena Goikoetxea',
      verified_phone: '+34612345678',
      verified_email: 'ximena@goikoetxea.example.com',
    });
    return { customerId, identityId };
  };

  test('needs strong evidence of two kinds, and keeps it', async () => {
    const { customerId, identityId } = await strong();
    const weak = await likely();
    await match();
    const { customer: owner, link } = await linkOf(identityId);
    expect(owner).toEqual({ id: customerId });
    expect(link).toMatchObject({ method: 'AUTOMATIC' });
    expect(link.confidence).toBeGreaterThan(0.999);
    expect((await linkOf(weak.identityId)).customer).toBeNull();
  });

  test('is left to people where the organisation says so', async () => {
    const set = async (input: object) =>
      (
        await client.data(
          'mutation ($input: SetMatchingRulesInput!) { setMatchingRules(input: $input) { rules { review autoLink } userErrors { field code } } }',
          { input },
        )
      ).setMatchingRules;
    expect(await set({ autoLink: 0.98 })).toEqual({
      rules: null,
      userErrors: [{ field: 'autoLink', code: 'INVALID' }],
    });
    expect(await set({ autoLink: null })).toEqual({ rules: { review: 0.5, autoLink: null }, userErrors: [] });
    expect(await set({ review: 0.6 })).toEqual({ rules: { review: 0.6, autoLink: null }, userErrors: [] });
    const { identityId } = await strong();
    await match();
    expect((await linkOf(identityId)).customer).toBeNull();
    expect(await suggestions()).toHaveLength(1);
  });
});

describe('keeping up', () => {
  test('goes by what another process has learnt since', async () => {
    const { customerId } = await likely();
    await match();
    const [before] = await suggestions();
    // As another process keeps it: among so many customers a likeness says less.
    await sql(
      `update match_models set customers = 1000000, trained_at = trained_at + interval '1 second' where organization_id = $1`,
    );
    await lookAgain(app.app.database, scope());
    await match();
    const [after] = await suggestions();
    expect(after?.confidence ?? 0).toBeLessThan(before!.confidence);
    expect(before!.customer!.id).toBe(customerId);
  });

  test('by two at once makes each suggestion once', async () => {
    for (const surname of ['Etxeberria', 'Zubizarreta', 'Goikoetxea', 'Urrutia', 'Iparraguirre']) {
      await customer({
        displayName: `Ainhoa ${surname}`,
        contactPoints: [{ kind: 'ADDRESS', address: { city: 'Mérida', country: 'VE' } }],
      });
      await identity(`ainhoa${surname}`, { display_name: `Ainhoa ${surname}`, bio: 'Mérida' });
    }
    await Promise.all([match(), match(), match()]);
    await match();
    const pairs = (await sql('select identity_id from link_suggestions where organization_id = $1')).length;
    expect(pairs).toBe(new Set((await suggestions()).map(one => one.identity!.id)).size);
    expect(pairs).toBe(5);
    expect(await sql('select 1 from match_queue where organization_id = $1')).toEqual([]);
  });

  test('loses nothing when it dies half-way', async () => {
    await likely();
    const { database } = app.app;
    // A database whose transactions do all their work and then never commit.
    const dying = Object.assign(Object.create(database), {
      write: (at: Parameters<typeof database.write>[0], work: Parameters<typeof database.write>[1]) =>
        database.write(at, async tx => {
          await work(tx);
          throw new Error('The process is gone.');
        }),
    });
    await expect(catchUp(dying, scope(), openLogger('silent'))).rejects.toThrow('gone');
    expect(await suggestions()).toEqual([]);
    await match();
    expect(await suggestions()).toHaveLength(1);
  });
});

test('a contact point that changes hands has both customers looked at again', async () => {
  const email = { kind: 'EMAIL', value: 'ximena@goikoetxea.example.com' };
  const former = await customer({ displayName: 'Ximena Goikoetxea', contactPoints: [email] });
  const latter = await customer({ displayName: 'Robert Smith' });
  await match();
  await sql(
    `update contact_points set customer_id = (select id from customers c where c.organization_id = $1 and c.display_name = 'Robert Smith')
      where organization_id = $1`,
  );
  const queued = await sql('select subject_id from match_queue where organization_id = $1 and is_customer');
  expect(queued.map(row => organization.publicId('customer', row.subject_id)).sort()).toEqual([former, latter].sort());
});

describe('what fails', () => {
  /** The database, whose first two writes do all their work and then fail by the statement. */
  const failing = (...statements: string[]) => {
    let failures = 2;
    const { database } = app.app;
    return Object.assign(Object.create(database), {
      write: (at: Parameters<typeof database.write>[0], work: Parameters<typeof database.write>[1]) =>
        database.write(at, async tx => {
          const done = await work(tx);
          if (failures-- > 0) for (const statement of statements) await tx.query(statement);
          return done;
        }),
    });
  };
  const queued = () => sql('select id from match_queue where organization_id = $1 order by id');

  test.each([
    ['a statement that takes too long', ["set local statement_timeout = '20ms'", 'select pg_sleep(5)']],
    ['a lost connection', ['select pg_terminate_backend(pg_backend_pid())']],
  ])('for %s is tried again', async (_, statements) => {
    await likely();
    const before = await queued();
    await expect(catchUp(failing(...statements), scope(), openLogger('silent'))).rejects.toThrow();
    expect(await queued()).toEqual(before);
    await match();
    expect(await suggestions()).toHaveLength(1);
  });

  test('for its own values is left out, alone', async () => {
    await customer({ displayName: 'Robert Smith' });
    await likely();
    await catchUp(failing('select 1 / 0'), scope(), openLogger('silent'));
    expect(await queued()).toEqual([]);
    expect(await suggestions()).toHaveLength(1);
    const known = await sql('select distinct subject_id from match_keys where organization_id = $1 and is_customer');
    expect(known).toHaveLength(1);
  });
});

describe('what is seen of it', () => {
  test('is only what both sides of are seen, without what is hidden', async () => {
    const { customerId } = await likely();
    const [team] = await sql(
      `insert into teams (organization_id, id, name) values ($1, gen_random_uuid(), 'North') returning id`,
    );
    await sql('update customers set team_id = $2 where organization_id = $1', [team.id]);
    await match();
    const [one] = await suggestions();
    expect(one).toMatchObject({ customer: { id: customerId } });
    const agent = await organization.as('AGENT', { teamIds: [] });
    expect(await suggestions(agent)).toEqual([]);
    expect((await accept(one!.id, agent)).userErrors).toMatchObject([{ field: 'id', code: 'NOT_FOUND' }]);
    const analyst = await organization.as('ANALYST');
    const [seen] = await suggestions(analyst);
    expect(seen!.evidence.map(({ kind }) => kind)).not.toContain('PLACE');
  });

  test('is gone when the customer is erased whom its own was merged into, and from the audit log', async () => {
    const { customerId } = await likely();
    await match();
    const [one] = await suggestions();
    await reject(one!.id);
    const survivorId = await customer({ displayName: 'Robert Smith' });
    await client.data(
      'mutation ($input: MergeCustomersInput!) { mergeCustomers(input: $input) { userErrors { message } } }',
      { input: { survivorId, mergedIds: [customerId] } },
    );
    await client.data('mutation ($id: ID!) { eraseCustomer(input: { id: $id }) { userErrors { message } } }', {
      id: survivorId,
    });
    expect(await sql('select 1 from link_suggestions where organization_id = $1')).toEqual([]);
    expect(await sql('select 1 from match_keys where organization_id = $1 and is_customer')).toEqual([]);
    const told = await sql(
      `select before, after from audit_entries where organization_id = $1 and table_name = 'link_suggestions'`,
    );
    expect(told).toEqual([{ before: null, after: null }]);
  });

  test('is gone when the customer is erased', async () => {
    const { customerId } = await likely();
    await match();
    await accept((await suggestions())[0]!.id);
    await client.data('mutation ($id: ID!) { eraseCustomer(input: { id: $id }) { userErrors { message } } }', {
      id: customerId,
    });
    expect(await sql('select 1 from link_suggestions where organization_id = $1')).toEqual([]);
    expect(await sql('select 1 from match_keys where organization_id = $1')).toEqual([]);
    await match();
    expect(await sql('select 1 from match_keys where organization_id = $1')).toEqual([]);
  });
});

describe('duplicates', () => {
  test('are hinted at while a customer is being typed, and after it is kept', async () => {
    const known = await customer({
      displayName: 'José Goikoetxea',
      contactPoints: [{ kind: 'EMAIL', value: 'jose@goikoetxea.example.com' }],
    });
    await match();
    const input = {
      displayName: 'Pepe Goikoetxea',
      contactPoints: [{ kind: 'EMAIL' as const, value: 'JOSE@goikoetxea.example.com' }],
    };
    const { duplicateHints } = await client.data(DuplicateHintsDocument, { input: input as never });
    expect(duplicateHints).toMatchObject([{ customer: { id: known } }]);
    expect(duplicateHints[0]!.confidence).toBeGreaterThan(0.9);
    expect(duplicateHints[0]!.evidence.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['NAME', 'EMAIL']));
    const { createCustomer } = await client.data(
      `mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) {
         customer { possibleDuplicates { customer { id } } } possibleDuplicates { customer { id } confidence } } }`,
      { input },
    );
    expect(createCustomer.possibleDuplicates).toMatchObject([{ customer: { id: known } }]);
    expect(createCustomer.customer.possibleDuplicates).toHaveLength(1);
    const { duplicateHints: none } = await client.data(DuplicateHintsDocument, {
      input: { displayName: 'Robert Smith' },
    });
    expect(none).toEqual([]);
  });

  test('and suggestions are read with a fixed number of statements, however many there are', async () => {
    const list = () =>
      statementsOf(() =>
        client.data(`{ linkSuggestions(first: 50) { edges { node { identity { handle } customer { displayName linkSuggestions(first: 3) { edges { node { id } } } } evidence { detail } } } }
          customers(first: 50) { edges { node { possibleDuplicates { customer { displayName } confidence } } } } }`),
      );
    const add = async (count: number, suffix: string) => {
      for (let at = 0; at < count; at++) {
        const name = `Nerea Iparraguirre${suffix}${'abcdefgh'[at]}`;
        await customer({ displayName: name });
        await customer({ displayName: name, birthDate: '1990-01-01' });
        await identity(`nerea${suffix}${at}`, { display_name: name });
      }
      await match();
    };
    await customer({ displayName: 'Robert Smith' });
    await likely();
    await add(1, 'x');
    expect(await suggestions()).not.toEqual([]);
    await list();
    const few = await list();
    await add(6, 'y');
    const many = await list();
    expect(many.length).toBe(few.length);
  });
});
