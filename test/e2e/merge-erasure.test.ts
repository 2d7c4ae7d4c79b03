import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { parsePublicId } from '../../src/platform/ids.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { type Merging, mergingOf } from '../support/merging.js';
import { socialOf } from '../support/social.js';

let app: TestApp;
let organization: TestOrganization;
let client: Client;
let m: Merging;

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off', COST_PER_MINUTE: '1000000000' });
});
afterAll(() => app?.close());
beforeEach(async () => {
  organization = await app.organization();
  client = await organization.as('OWNER');
  m = mergingOf(app, organization, client);
});

const see = async (id: string, fields: string): Promise<any> =>
  (await client.data(`query ($id: ID!) { customer(id: $id) { ${fields} } }`, { id })).customer;

const email = (value: string, isPrimary = false) => ({ kind: 'EMAIL', value, isPrimary });

describe('an erasure after a merge', () => {
  const mark = 'zxqmergedperson';

  async function remembered(): Promise<string[]> {
    const tables = await m.sql(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where $1::uuid is not null and schemaname = 'public'`,
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const { rows } = await app.app.database.system.query(
        `select t::text as row from ${name} t where t::text ilike $1`,
        [`%${mark}%`],
      );
      found.push(...rows.map(({ row }) => `${name}: ${row}`));
    }
    return found;
  }

  async function person(name: string): Promise<string> {
    const id = await m.create({
      displayName: `${name} ${mark}`,
      jobTitle: mark,
      contactPoints: [email(`${mark}@example.com`), email(`${name}-${mark}@example.com`)],
      preferences: [{ key: 'bread', value: `${name} ${mark}` }],
    });
    await m.act('addNote', { customerId: id, text: mark });
    return id;
  }

  test('takes with the survivor all who were merged into it, and everything that remembers them', async () => {
    const [a, b, c] = [await person('a'), await person('b'), await person('c')];
    const inner = await m.merge(b, [c]);
    const outer = await m.tryMerge({ survivorId: a, mergedIds: [b], idempotencyKey: 'k' });
    const { customerExport } = await client.data('query ($id: ID!) { customerExport(id: $id) }', { id: a });
    expect(JSON.stringify(customerExport.merges)).toContain(`b ${mark}`);
    expect((await remembered()).length).toBeGreaterThan(20);
    await m.act('eraseCustomer', { id: a });
    expect(await remembered()).toEqual([]);
    for (const id of [inner, outer.mergeId!]) {
      expect((await m.tryUndo(id)).userErrors).toMatchObject([{ field: 'mergeId', code: 'NOT_ALLOWED' }]);
    }
    expect(await see(c, 'id')).toBeNull();
  });

  test('of one of them that was separated again leaves the other what it is', async () => {
    const a = await m.create({ displayName: 'Somebody else', preferences: [{ key: 'bread', value: 'none' }] });
    const b = await person('b');
    await m.undo(await m.merge(a, [b]));
    const before = (await see(a, 'displayName jobTitle contactPoints { value } preferences { value }')) as object;
    await m.act('eraseCustomer', { id: b });
    expect(await remembered()).toEqual([]);
    expect(await see(a, 'displayName jobTitle contactPoints { value } preferences { value }')).toEqual(before);
  });

  test('of somebody they know is not undone with the merge', async () => {
    const [a, b] = [await m.create({ displayName: 'A' }), await m.create({ displayName: 'B' })];
    const x = await person('x');
    for (const id of [a, b]) await m.act('relateCustomers', { fromId: id, toId: x, kind: 'FRIEND', detail: mark });
    const mergeId = await m.merge(a, [b]);
    await m.act('eraseCustomer', { id: x });
    expect(await remembered()).toEqual([]);
    expect(await m.undo(mergeId)).toEqual([]);
    expect(await see(b, 'relations { totalCount }')).toEqual({ relations: { totalCount: 0 } });
  });

  test('is one of everybody to other modules, also where they still know somebody by an id of before the merge', async () => {
    const social = socialOf(app, organization, client);
    const [a, b, c] = [
      await m.create({ displayName: 'A' }),
      await m.create({ displayName: 'B' }),
      await m.create({ displayName: 'C' }),
    ];
    await m.merge(b, [c]);
    await m.merge(a, [b]);
    for (const [at, id] of [a, b, c].entries()) {
      await social.say(`${at}`, { handle: `h${at}` });
      const identity = await social.identity(`h${at}`);
      await m.sql(
        `insert into link_suggestions (organization_id, id, identity_id, customer_id, confidence, bits)
         values ($1, gen_random_uuid(), $2, $3, 0.5, 1)`,
        [parsePublicId(identity.id)!.uuid, parsePublicId(id)!.uuid],
      );
    }
    const suggested = () => m.sql('select customer_id from link_suggestions where organization_id = $1');
    expect(await suggested()).toHaveLength(3);
    await m.act('eraseCustomer', { id: a });
    expect(await suggested()).toEqual([]);
  });
});
