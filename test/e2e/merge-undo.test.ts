import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { parsePublicId } from '../../src/platform/ids.js';
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

const uuid = (id: string): string => parsePublicId(id)!.uuid;
const see = async (id: string, fields: string): Promise<any> =>
  (await client.data(`query ($id: ID!) { customer(id: $id) { ${fields} } }`, { id })).customer;

const email = (value: string, isPrimary = false) => ({ kind: 'EMAIL', value, isPrimary });

describe('undoing a merge', () => {
  test('makes every row of every table what it was', async () => {
    await m.act('defineCustomField', { key: 'branch', label: 'Branch', type: 'TEXT' });
    const other = await m.create({ displayName: 'Other' });
    const a = await m.create({
      displayName: 'A',
      contactPoints: [email('a@example.com'), email('both@example.com')],
      preferences: [{ key: 'bread', value: 'dark' }],
      tags: ['x'],
    });
    const b = await m.create({
      displayName: 'B',
      givenName: 'Bea',
      birthDate: '1980-01-02',
      externalId: 'b-1',
      contactPoints: [
        email('both@example.com', true),
        { kind: 'ADDRESS', address: { street: 'Mayor 1', city: 'Madrid', country: 'ES' } },
      ],
      preferences: [{ key: 'bread', value: 'white' }],
      consents: [{ purpose: 'SERVICE', channel: 'EMAIL', state: 'GRANTED', evidence: 'form 1' }],
      customFields: { branch: 'Norte' },
      tags: ['y'],
    });
    const c = await m.create({ displayName: 'C', contactPoints: [email('both@example.com')], externalId: 'c-1' });
    await m.act('addNote', { customerId: b, text: 'A note.' });
    for (const id of [a, b, c]) await m.act('relateCustomers', { fromId: id, toId: other, kind: 'FRIEND', detail: id });
    await m.act('relateCustomers', { fromId: b, toId: c, kind: 'EMPLOYEE_OF' });
    await social.say('1', { handle: 'bea' });
    const { id: identityId } = await social.identity('bea');
    await social.link(identityId, b);
    await m.act('claimIdentity', { identityId, customerId: c });
    const before = await m.everything();

    const mergeId = await m.merge(a, [b, c]);
    expect(await m.everything()).not.toEqual(before);
    const undone = await m.tryUndo(mergeId);
    expect(undone).toEqual({
      customers: [
        { id: a, displayName: 'A' },
        { id: b, displayName: 'B' },
        { id: c, displayName: 'C' },
      ],
      notRestored: [],
      userErrors: [],
    });
    expect(await m.everything()).toEqual(before);
    expect(await m.sql('select 1 from customer_merge_changes where organization_id = $1')).toEqual([]);

    const again = await m.merge(b, [a, c]);
    expect(await m.undo(again)).toEqual([]);
    expect(await m.everything()).toEqual(before);
  });

  test('happens once, and not for what is no merge', async () => {
    const [a, b] = [await m.create({ displayName: 'A' }), await m.create({ displayName: 'B' })];
    const mergeId = await m.merge(a, [b]);
    await m.undo(mergeId);
    expect((await m.tryUndo(mergeId)).userErrors).toMatchObject([{ field: 'mergeId', code: 'CONFLICT' }]);
    const unknown = organization.publicId('merge', uuid(a));
    for (const id of [unknown, 'x', a]) {
      expect((await m.tryUndo(id)).userErrors).toMatchObject([{ field: 'mergeId', code: 'NOT_FOUND' }]);
    }
  });

  test('waits for the merges that came after it, where they are tied to it', async () => {
    const [a, b, c, d] = await Promise.all(
      ['A', 'B', 'C', 'D'].map(displayName =>
        m.create({
          displayName,
          contactPoints: displayName === 'A' || displayName === 'D' ? [] : [email('same@example.com')],
        }),
      ) as [Promise<string>, Promise<string>, Promise<string>, Promise<string>],
    );
    const before = await m.everything();
    const first = await m.merge(a, [b]);
    const second = await m.merge(a, [c]);
    // The address that came with B now stands for that of C as well.
    expect((await m.tryUndo(first)).userErrors).toEqual([
      { field: 'mergeId', code: 'CONFLICT', message: `A later merge builds on it: undo ${second} first.` },
    ]);
    const third = await m.merge(d, [a]);
    expect((await m.tryUndo(second)).userErrors).toEqual([
      { field: 'mergeId', code: 'CONFLICT', message: `Its survivor was merged itself: undo ${third} first.` },
    ]);
    for (const id of [third, second, first]) expect(await m.undo(id)).toEqual([]);
    expect(await m.everything()).toEqual(before);
  });

  test('does not wait for a later merge of the same survivor that has nothing to do with it', async () => {
    const a = await m.create({ displayName: 'A', tags: ['a'] });
    const b = await m.create({ displayName: 'B', tags: ['b'], contactPoints: [email('b@example.com')] });
    const c = await m.create({
      displayName: 'C',
      tags: ['c'],
      contactPoints: [email('c@example.com')],
      jobTitle: 'Cook',
    });
    const before = await m.everything();
    const [first, second] = [await m.merge(a, [b]), await m.merge(a, [c])];
    expect(await m.undo(first)).toEqual([]);
    expect(await see(a, 'tags jobTitle contactPoints { value isPrimary }')).toEqual({
      tags: ['a', 'c'],
      jobTitle: 'Cook',
      contactPoints: [{ value: 'c@example.com', isPrimary: true }],
    });
    expect(await m.undo(second)).toEqual([]);
    expect(await m.everything()).toEqual(before);
  });
});
