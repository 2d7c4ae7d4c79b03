import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Answer } from '../support/answer.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { statementsOf } from '../support/statements.js';

let product: TestApp;
let organization: TestOrganization;
let admin: Client;

beforeAll(async () => {
  product = await openTestApp({ WORKER: 'off' });
});
afterAll(() => product.close());
beforeEach(async () => {
  organization = await product.organization();
  admin = await organization.as('ADMIN');
});

async function act(name: string, type: string, answer: string, input: object, client = admin): Promise<Answer> {
  const document = `mutation ($input: ${type}!) { ${name}(input: $input) { ${answer} userErrors { field code } } }`;
  return (await client.data(document, { input }))[name];
}

const create = async (displayName: string, more: object = {}, client = admin): Promise<string> =>
  (await act('createCustomer', 'CreateCustomerInput', 'customer { id }', { displayName, ...more }, client)).customer.id;

const read = async (id: string, fields: string, client = admin): Promise<Answer> =>
  (await client.data(`query ($id: ID!) { customer(id: $id) { ${fields} } }`, { id })).customer;

const UNKNOWN = 'customer_00000000000000000000000000';

describe('contact points', () => {
  const POINT = 'contactPoint { id value label verified isPrimary } customer { version }';
  const add = (customerId: string, contactPoint: object) =>
    act('addContactPoint', 'AddContactPointInput', POINT, { customerId, contactPoint });

  test('one of each kind is the primary, whatever is added, chosen or removed', async () => {
    const id = await create('Ana');
    const first = (await add(id, { kind: 'EMAIL', value: 'a@example.com' })).contactPoint;
    const second = (await add(id, { kind: 'EMAIL', value: 'b@example.com' })).contactPoint;
    expect([first.isPrimary, second.isPrimary]).toEqual([true, false]);
    expect((await add(id, { kind: 'EMAIL', value: 'A@EXAMPLE.COM' })).userErrors).toEqual([
      { field: 'contactPoint.value', code: 'TAKEN' },
    ]);
    await act('updateContactPoint', 'UpdateContactPointInput', POINT, { id: second.id, isPrimary: true });
    const values = async () => (await read(id, 'contactPoints { value isPrimary }')).contactPoints;
    expect(await values()).toEqual([
      { value: 'b@example.com', isPrimary: true },
      { value: 'a@example.com', isPrimary: false },
    ]);
    const removed = await act('removeContactPoint', 'RemoveContactPointInput', POINT, { id: second.id });
    expect(removed).toMatchObject({ contactPoint: null, customer: { version: 5 } });
    expect(await values()).toEqual([{ value: 'a@example.com', isPrimary: true }]);
  });

  test('only the value that was proven is proven', async () => {
    const id = await create('Ana');
    const { contactPoint } = await add(id, { kind: 'PHONE', value: '612345678' });
    const verified = await act('verifyContactPoint', 'VerifyContactPointInput', POINT, { id: contactPoint.id });
    expect(verified.contactPoint).toMatchObject({ value: '+34612345678', verified: true });
    const update = (input: object) =>
      act('updateContactPoint', 'UpdateContactPointInput', POINT, { id: contactPoint.id, ...input });
    expect((await update({ value: '+34 612 345 678', label: 'mobile' })).contactPoint).toMatchObject({
      verified: true,
      label: 'mobile',
    });
    expect((await update({ value: '612345679' })).contactPoint).toMatchObject({
      value: '+34612345679',
      verified: false,
    });
    expect((await update({ value: '1' })).userErrors).toEqual([{ field: 'value', code: 'INVALID' }]);
  });

  test('a number without its country is read in the country of the organisation', async () => {
    await product.app.database.system.query("update organizations set default_country = 'BR' where id = $1", [
      organization.id,
    ]);
    const { contactPoint } = await add(await create('João'), { kind: 'PHONE', value: '(11) 91234-5678' });
    expect(contactPoint.value).toBe('+5511912345678');
  });
});

describe('preferences, consent, notes and relations', () => {
  test('a preference is replaced under its key and can be removed', async () => {
    const customerId = await create('Ana', { preferences: [{ key: 'bread', value: 'pale' }] });
    const set = (input: object) =>
      act('setPreference', 'SetPreferenceInput', 'customer { version }', { customerId, ...input });
    expect((await set({ key: ' bread ', value: 'well baked' })).customer.version).toBe(2);
    expect((await set({ key: 'milk', value: '' })).userErrors).toEqual([{ field: 'value', code: 'REQUIRED' }]);
    expect((await read(customerId, 'preferences { key value }')).preferences).toEqual([
      { key: 'bread', value: 'well baked' },
    ]);
    const remove = () => act('removePreference', 'RemovePreferenceInput', '', { customerId, key: 'bread' });
    expect((await remove()).userErrors).toEqual([]);
    expect((await remove()).userErrors).toEqual([{ field: 'key', code: 'NOT_FOUND' }]);
  });

  test('the last word on each purpose and channel counts, and every earlier one is kept', async () => {
    const customerId = await create('Ana');
    const say = (state: string, recordedAt: string, channel = 'EMAIL') =>
      act('recordConsent', 'RecordConsentInput', 'customer { id }', {
        customerId,
        consent: { purpose: 'MARKETING', channel, state, recordedAt, source: 'shop' },
      });
    await say('GRANTED', '2026-03-01T10:00:00Z');
    await say('WITHDRAWN', '2026-05-01T10:00:00Z');
    // Told late: it does not undo what was said after it.
    await say('GRANTED', '2026-04-01T10:00:00Z');
    await say('GRANTED', '2026-04-01T10:00:00Z', 'PHONE');
    const customer = await read(
      customerId,
      `consents { channel state } consentHistory(first: 2) { totalCount edges { node { channel state recordedAt } } pageInfo { hasNextPage endCursor } }`,
    );
    expect(customer.consents).toEqual([
      { channel: 'EMAIL', state: 'WITHDRAWN' },
      { channel: 'PHONE', state: 'GRANTED' },
    ]);
    expect(customer.consentHistory.totalCount).toBe(4);
    expect(customer.consentHistory.edges[0].node).toEqual({
      channel: 'EMAIL',
      state: 'WITHDRAWN',
      recordedAt: '2026-05-01T10:00:00Z',
    });
    const rest = await read(
      customerId,
      `consentHistory(first: 9, after: "${customer.consentHistory.pageInfo.endCursor}") { edges { node { state } } }`,
    );
    expect(rest.consentHistory.edges).toHaveLength(2);
  });

  test('a note is written, read and removed', async () => {
    const customerId = await create('Ana');
    const { note } = await act('addNote', 'AddNoteInput', 'note { id text author }', {
      customerId,
      text: ' Called.\r\nWill come back. ',
    });
    expect(note).toMatchObject({ text: 'Called.\nWill come back.', author: expect.stringMatching(/^key:/) });
    expect((await act('addNote', 'AddNoteInput', '', { customerId, text: '\u0000' })).userErrors).toEqual([
      { field: 'text', code: 'REQUIRED' },
    ]);
    expect((await act('addNote', 'AddNoteInput', '', { customerId, text: '😀'.repeat(6000) })).userErrors).toEqual([
      { field: 'text', code: 'TOO_LONG' },
    ]);
    expect((await act('removeNote', 'RemoveNoteInput', 'note { id }', { id: note.id })).userErrors).toEqual([]);
    expect((await read(customerId, 'notes { totalCount edges { node { id } } }')).notes).toEqual({
      totalCount: 0,
      edges: [],
    });
  });

  test('a relation is seen from both ends, and what holds both ways is kept once', async () => {
    const [ana, shop, luis] = [await create('Ana'), await create('Shop', { kind: 'COMPANY' }), await create('Luis')];
    const relate = (fromId: string, toId: string, kind: string, more: object = {}) =>
      act('relateCustomers', 'RelateCustomersInput', 'from { displayName } to { displayName }', {
        fromId,
        toId,
        kind,
        ...more,
      });
    expect((await relate(ana, shop, 'EMPLOYEE_OF', { since: '2020-01-01', detail: 'baker' })).from.displayName).toBe(
      'Ana',
    );
    await relate(ana, luis, 'FAMILY', { detail: 'sister' });
    await relate(luis, ana, 'FAMILY', { detail: 'brother' });
    expect((await relate(ana, ana, 'FRIEND')).userErrors).toEqual([{ field: 'toId', code: 'NOT_ALLOWED' }]);
    expect((await relate(ana, UNKNOWN, 'FRIEND')).userErrors).toEqual([{ field: 'toId', code: 'NOT_FOUND' }]);
    expect((await relate(ana, luis, 'FRIEND', { since: '2020-01-02', until: '2020-01-01' })).userErrors).toEqual([
      { field: 'until', code: 'INVALID' },
    ]);
    const relations = async (id: string) =>
      (
        await read(
          id,
          'relations { totalCount edges { node { id kind direction detail since other { displayName } } } }',
        )
      ).relations;
    expect(
      (await relations(shop)).edges.map(({ node }: Answer) => [
        node.kind,
        node.direction,
        node.detail,
        node.since,
        node.other.displayName,
      ]),
    ).toEqual([['EMPLOYEE_OF', 'INCOMING', 'baker', '2020-01-01', 'Ana']]);
    const seen = await relations(ana);
    expect(seen.totalCount).toBe(2);
    expect(seen.edges.map(({ node }: Answer) => [node.kind, node.direction, node.detail])).toEqual([
      ['FAMILY', 'MUTUAL', 'brother'],
      ['EMPLOYEE_OF', 'OUTGOING', 'baker'],
    ]);
    expect(
      (await act('unrelateCustomers', 'UnrelateCustomersInput', 'to { id }', { id: seen.edges[0].node.id })).userErrors,
    ).toEqual([]);
    expect((await relations(luis)).totalCount).toBe(0);
  });
});

describe('statements', () => {
  test('a page of 50 customers with what belongs to them costs as many statements as a page of two', async () => {
    const items = Array.from({ length: 50 }, (_, at) => ({
      displayName: `Customer ${at}`,
      contactPoints: [{ kind: 'EMAIL', value: `c${at}@example.com` }],
      preferences: [{ key: 'bread', value: 'well baked' }],
      consents: [{ purpose: 'SERVICE', channel: 'EMAIL', state: 'GRANTED' }],
    }));
    const { results } = await act('createCustomers', 'CreateCustomersInput', 'results { customer { id } }', { items });
    for (const [at, result] of results.slice(1, 4).entries()) {
      await act('addNote', 'AddNoteInput', '', { customerId: result.customer.id, text: `note ${at}` });
      await act('relateCustomers', 'RelateCustomersInput', '', {
        fromId: results[0].customer.id,
        toId: result.customer.id,
        kind: 'FRIEND',
      });
    }
    const page = (first: number) =>
      admin.data(`{ customers(first: ${first}, orderBy: { field: DISPLAY_NAME }) { edges { node { displayName
        contactPoints { kind value verified } preferences { key value } consents { purpose state }
        notes(first: 3) { edges { node { text } } } consentHistory(first: 2) { edges { node { state } } }
        relations(first: 2) { edges { node { kind other { displayName } } } }
        timeline(first: 5) { edges { cursor node { __typename summary } } } } } } }`);
    let answer: Answer;
    const fifty = await statementsOf(async () => {
      answer = await page(50);
    });
    expect(answer.customers.edges).toHaveLength(50);
    expect(
      answer.customers.edges.every(
        ({ node }: Answer) => node.contactPoints.length === 1 && node.preferences.length === 1,
      ),
    ).toBe(true);
    expect(fifty.length).toBe((await statementsOf(() => page(2))).length);
    // The page, six fields of its rows, the timeline, and the other ends of relations.
    expect(fifty.length).toBe(9);
  });
});
