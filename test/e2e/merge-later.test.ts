import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { type Merging, mergingOf } from '../support/merging.js';
import { type Social, socialOf } from '../support/social.js';

let app: TestApp;
let organization: TestOrganization;
let client: Client;
let social: Social;
let m: Merging;

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off', COST_PER_MINUTE: '1000000000' });
});
afterAll(() => app?.close());
beforeEach(async () => {
  organization = await app.organization();
  client = await organization.as('OWNER');
  social = socialOf(app, organization, client);
  m = mergingOf(app, organization, client);
});

const see = async (id: string, fields: string): Promise<any> =>
  (await client.data(`query ($id: ID!) { customer(id: $id) { ${fields} } }`, { id })).customer;

const email = (value: string, isPrimary = false) => ({ kind: 'EMAIL', value, isPrimary });

describe('what happened after a merge', () => {
  test('stays where it was added, and where it was changed, and is told', async () => {
    await m.act('defineCustomField', { key: 'branch', label: 'Branch', type: 'TEXT' });
    await m.act('defineCustomField', { key: 'points', label: 'Points', type: 'NUMBER' });
    await m.act('defineCustomField', { key: 'size', label: 'Size', type: 'NUMBER' });
    const a = await m.create({ displayName: 'A', tags: ['a'], contactPoints: [email('a@example.com')] });
    const b = await m.create({
      displayName: 'B',
      jobTitle: 'Baker',
      language: 'es',
      tags: ['b', 'c'],
      contactPoints: [email('b@example.com'), email('b2@example.com')],
      preferences: [
        { key: 'bread', value: 'dark' },
        { key: 'coffee', value: 'black' },
      ],
      customFields: { branch: 'Norte', points: 1, size: 3 },
    });
    const { note: kept } = await m.act('addNote', { customerId: b, text: 'Kept.' }, 'note { id }');
    const { note: gone } = await m.act('addNote', { customerId: b, text: 'Gone.' }, 'note { id }');
    const mergeId = await m.merge(a, [b]);

    const points = (await see(a, 'contactPoints { id value }')).contactPoints;
    const idOf = (value: string) => points.find((point: any) => point.value === value).id;
    await m.act('updateCustomer', {
      id: a,
      jobTitle: 'Chef',
      tags: ['a', 'c', 'new'],
      customFields: { branch: 'Sur' },
    });
    await m.act('removeCustomField', { key: 'size' });
    await m.act('removeContactPoint', { id: idOf('b2@example.com') });
    await m.act('updateContactPoint', { id: idOf('b@example.com'), label: 'home' });
    await m.act('addContactPoint', { customerId: a, contactPoint: email('later@example.com', true) });
    await m.act('setPreference', { customerId: a, key: 'bread', value: 'white' });
    await m.act('setPreference', { customerId: a, key: 'tea', value: 'green' });
    await m.act('removeNote', { id: gone.id });
    await m.act('addNote', { customerId: a, text: 'Later.' });

    const lost = await m.undo(mergeId);
    expect(lost!.sort((x, y) => `${x.record}${x.field}`.localeCompare(`${y.record}${y.field}`))).toEqual(
      [
        { record: a, field: 'customFields.branch', reason: 'CHANGED_SINCE' },
        { record: a, field: 'customFields.size', reason: 'CHANGED_SINCE' },
        { record: a, field: 'jobTitle', reason: 'CHANGED_SINCE' },
        { record: idOf('b2@example.com'), field: null, reason: 'REMOVED_SINCE' },
        { record: gone.id, field: null, reason: 'REMOVED_SINCE' },
      ]
        .filter(loss => loss.field !== 'customFields.size')
        .sort((x, y) => `${x.record}${x.field}`.localeCompare(`${y.record}${y.field}`)),
    );
    const fields = `jobTitle language tags customFields contactPoints { value label isPrimary } preferences { key value } notes { edges { node { id text } } }`;
    const [first, second] = [await see(a, fields), await see(b, fields)];
    expect(first).toMatchObject({
      jobTitle: 'Chef',
      language: null,
      tags: ['a', 'new'],
      customFields: { branch: 'Sur' },
      preferences: [{ key: 'tea', value: 'green' }],
      notes: { edges: [{ node: { text: 'Later.' } }] },
    });
    expect(first.contactPoints).toEqual([
      { value: 'later@example.com', label: null, isPrimary: true },
      { value: 'a@example.com', label: null, isPrimary: false },
    ]);
    expect(second).toEqual({
      jobTitle: 'Baker',
      language: 'es',
      tags: ['b', 'c'],
      customFields: { branch: 'Norte', points: 1 },
      contactPoints: [{ value: 'b@example.com', label: 'home', isPrimary: true }],
      preferences: [
        { key: 'bread', value: 'white' },
        { key: 'coffee', value: 'black' },
      ],
      notes: { edges: [{ node: { id: kept.id, text: 'Kept.' } }] },
    });
  });

  test('keeps an identity with whom it was given since, together with its link', async () => {
    const [a, b, c] = await Promise.all(
      ['A', 'B', 'C'].map(displayName => m.create({ displayName })) as [
        Promise<string>,
        Promise<string>,
        Promise<string>,
      ],
    );
    const ids: Record<string, string> = {};
    for (const handle of ['stays', 'elsewhere', 'again', 'free']) {
      await social.say(handle, { handle });
      ids[handle] = (await social.identity(handle)).id;
      await social.link(ids[handle]!, b);
    }
    const mergeId = await m.merge(a, [b]);
    for (const handle of ['elsewhere', 'again', 'free']) await social.unlink(ids[handle]!, 'Not sure.');
    await social.link(ids['elsewhere']!, c);
    await social.link(ids['again']!, a);
    const lost = await m.undo(mergeId);
    expect(lost!.map(({ record, field, reason }) => [record, field, reason]).sort()).toEqual(
      ['elsewhere', 'again', 'free'].map(handle => [ids[handle], 'customer', 'CHANGED_SINCE']).sort(),
    );
    const owners = await Promise.all(
      Object.keys(ids).map(async handle => (await social.identity(handle)).customer?.id ?? null),
    );
    expect(owners).toEqual([b, c, a, null]);
    const torn = await m.sql(
      `select l.id from identity_links l join social_identities i on i.organization_id = l.organization_id and i.id = l.identity_id
        where l.organization_id = $1 and l.unlinked_at is null and i.customer_id is distinct from l.customer_id`,
    );
    expect(torn).toEqual([]);
    // The history of what ended is that of the customer it was linked to.
    expect((await social.identity('free')).linkHistory).toMatchObject([{ status: 'ENDED', customer: { id: b } }]);
  });

  test('keeps an identity that turned out to be another one where that one is, and both with their link', async () => {
    const [a, b] = [await m.create({ displayName: 'A' }), await m.create({ displayName: 'B' })];
    await social.say('1', { handle: 'ana' });
    const named = await social.identity('ana');
    await social.link(named.id, b);
    await social.say('2', { author: { handle: 'old', id: '7' } });
    const mergeId = await m.merge(a, [b]);
    await social.say('3', { author: { handle: 'ana', id: '7' } });
    const known = await social.identity('ana');
    expect([known.id === named.id, known.customer]).toEqual([false, { id: a }]);
    const [link] = await m.sql('select id from identity_links where organization_id = $1');
    expect(await m.undo(mergeId)).toEqual([
      { record: named.id, field: null, reason: 'REMOVED_SINCE' },
      { record: organization.publicId('link', link.id), field: 'customer', reason: 'CHANGED_SINCE' },
    ]);
    expect(await social.identity('ana')).toMatchObject({ customer: { id: a }, linkHistory: [{ customer: { id: a } }] });
  });

  test('keeps an id from another system with the customer that got it since, and does not name who is gone', async () => {
    const a = await m.create({ displayName: 'A', externalId: 'a-1' });
    const b = await m.create({ displayName: 'B', externalId: 'b-1' });
    const { team } = await m.act('createTeam', { name: 'Soon gone' }, 'team { id }');
    const { team: stays } = await m.act('createTeam', { name: 'Stays' }, 'team { id }');
    await m.act('updateCustomer', { id: a, teamId: team.id });
    await m.act('updateCustomer', { id: b, teamId: stays.id });
    const mergeId = await m.merge(a, [b], {
      fields: ['externalId', 'team'].map(field => ({ field, fromId: b })),
    });
    await m.act('updateCustomer', { id: a, externalId: 'a-2' });
    const third = await m.create({ displayName: 'Third', externalId: 'b-1' });
    const removed = await client.data(
      'mutation ($id: ID!) { removeTeam(input: { id: $id }) { userErrors { message } } }',
      { id: team.id },
    );
    expect(removed.removeTeam.userErrors).toEqual([]);
    const lost = await m.undo(mergeId);
    expect(lost).toEqual([
      { record: a, field: 'externalId', reason: 'CHANGED_SINCE' },
      { record: a, field: 'team', reason: 'TARGET_GONE' },
      { record: b, field: 'externalId', reason: 'TAKEN_SINCE' },
    ]);
    expect(await see(a, 'externalId team { id }')).toEqual({ externalId: 'a-2', team: { id: stays.id } });
    expect(await see(b, 'externalId team { id }')).toEqual({ externalId: 'a-1', team: { id: stays.id } });
    expect(await see(third, 'externalId')).toEqual({ externalId: 'b-1' });
  });

  test('leaves a tie that ends elsewhere by now as a whole', async () => {
    const [a, b, x, y] = await Promise.all(
      ['A', 'B', 'X', 'Y'].map(displayName => m.create({ displayName })) as [
        Promise<string>,
        Promise<string>,
        Promise<string>,
        Promise<string>,
      ],
    );
    await m.act('relateCustomers', { fromId: b, toId: x, kind: 'EMPLOYEE_OF' });
    await m.act('relateCustomers', { fromId: b, toId: x, kind: 'FAMILY' });
    const before = await m.everything();
    const first = await m.merge(a, [b]);
    const second = await m.merge(y, [x]);
    const { userErrors, notRestored } = await m.tryUndo(first);
    if (userErrors.length > 0) await m.undo(second);
    else expect(notRestored).toEqual([]);
    expect(await m.undo(userErrors.length > 0 ? first : second)).toEqual([]);
    expect(await m.everything()).toEqual(before);
  });

  test('brings a deleted survivor no further than it is', async () => {
    const [a, b] = [await m.create({ displayName: 'A' }), await m.create({ displayName: 'B' })];
    const mergeId = await m.merge(a, [b]);
    await m.act('deleteCustomer', { id: a });
    const undone = await m.tryUndo(mergeId);
    expect(undone).toEqual({ customers: [{ id: b, displayName: 'B' }], notRestored: [], userErrors: [] });
    expect(await see(a, 'id')).toBeNull();
  });
});
