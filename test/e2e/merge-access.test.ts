import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { parsePublicId } from '../../src/platform/ids.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { type Merging, mergingOf, twinsOf } from '../support/merging.js';
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

const twins = () => twinsOf(m, social);

describe('what is refused', () => {
  test('is said of each id by the field it stands in', async () => {
    const [a, b, gone] = [
      await m.create({ displayName: 'A' }),
      await m.create({ displayName: 'B' }),
      await m.create({ displayName: 'C' }),
    ];
    await m.act('deleteCustomer', { id: gone });
    const stranger = mergingOf(app, await app.organization(), client);
    const theirs = await app.organization();
    const their = await mergingOf(app, theirs, await theirs.as('OWNER')).create({ displayName: 'Their' });
    expect(stranger).toBeDefined();
    const before = await m.everything();
    const errors = async (input: any) => (await m.tryMerge(input)).userErrors.map(({ field, code }) => [field, code]);
    expect(await errors({ survivorId: a, mergedIds: [] })).toEqual([['mergedIds', 'REQUIRED']]);
    expect(await errors({ survivorId: a, mergedIds: Array(11).fill(b) })).toEqual([['mergedIds', 'TOO_LONG']]);
    expect(await errors({ survivorId: a, mergedIds: [a] })).toEqual([['mergedIds.0', 'NOT_ALLOWED']]);
    expect(await errors({ survivorId: a, mergedIds: [b, b] })).toEqual([['mergedIds.1', 'INVALID']]);
    for (const id of [gone, their, 'x', organization.publicId('note', uuid(b))]) {
      expect(await errors({ survivorId: a, mergedIds: [b, id] })).toEqual([['mergedIds.1', 'NOT_FOUND']]);
      expect(await errors({ survivorId: id, mergedIds: [b] })).toEqual([['survivorId', 'NOT_FOUND']]);
    }
    expect(
      await errors({
        survivorId: a,
        mergedIds: [b],
        fields: [
          { field: 'givenName', fromId: their },
          { field: 'givenName', fromId: a },
          { field: 'givenName', fromId: b },
        ],
      }),
    ).toEqual([
      ['fields.0.fromId', 'NOT_FOUND'],
      ['fields.2.field', 'INVALID'],
    ]);
    expect(await errors({ survivorId: a, mergedIds: [b], fields: [{ field: 'version', fromId: a }] })).toEqual([
      ['fields.0.field', 'INVALID'],
    ]);
    expect(await m.everything()).toEqual(before);
    // One may be given without a list around it.
    expect((await m.tryMerge({ survivorId: a, mergedIds: b as never })).userErrors).toEqual([]);
    expect(await errors({ survivorId: a, mergedIds: [b] })).toEqual([['mergedIds.0', 'NOT_FOUND']]);
  });

  test('are more tags than a customer may have, until somebody chooses', async () => {
    const words = (prefix: string) => Array.from({ length: 30 }, (_, at) => `${prefix}${at}`);
    const a = await m.create({ displayName: 'A', tags: words('a') });
    const b = await m.create({ displayName: 'B', tags: words('b') });
    expect((await m.tryMerge({ survivorId: a, mergedIds: [b] })).userErrors).toMatchObject([
      { field: 'fields', code: 'REQUIRED' },
    ]);
    await m.merge(a, [b], { fields: [{ field: 'tags', fromId: b }] });
    expect((await see(a, 'tags')).tags).toEqual(words('b'));
  });

  test('are more records than are merged at once, of which nothing is told to who does not see the customers', async () => {
    const [a, b] = [await m.create({ displayName: 'A' }), await m.create({ displayName: 'B' })];
    const notes = (count: number, of: string) =>
      m.sql(
        `insert into notes (organization_id, id, customer_id, author, text)
         select $1, gen_random_uuid(), $2, 'system:test', 'x' from generate_series(1, $3::int)`,
        [uuid(of), count],
      );
    await notes(25_000, a);
    await notes(25_001, b);
    for (const dryRun of [true, false]) {
      const { userErrors } = await m.tryMerge({ survivorId: a, mergedIds: [b], dryRun });
      expect(userErrors).toMatchObject([
        { field: 'mergedIds', code: 'TOO_LONG', message: expect.stringContaining('50000') },
      ]);
    }
    await m.act('setAccessRule', { role: 'AGENT', kind: 'CUSTOMER', scope: 'NONE' });
    const { userErrors } = await m.tryMerge({ survivorId: a, mergedIds: [b] }, await organization.as('AGENT'));
    expect(userErrors.map(({ code }) => code)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
    await m.sql(
      'delete from notes where organization_id = $1 and id = (select min(id::text)::uuid from notes where organization_id = $1)',
    );
    expect((await m.tryMerge({ survivorId: a, mergedIds: [b], dryRun: true })).userErrors).toEqual([]);
  });

  test('is to restore or erase a customer that was merged, rather than undoing the merge', async () => {
    const { ana, anita } = await twins();
    await m.merge(ana, [anita]);
    for (const name of ['restoreCustomer', 'eraseCustomer']) {
      const answer = await client.data(
        `mutation ($id: ID!) { ${name}(input: { id: $id }) { userErrors { field code } } }`,
        { id: anita },
      );
      expect(answer[name].userErrors).toEqual([{ field: 'id', code: 'NOT_ALLOWED' }]);
    }
  });
});

describe('who merges', () => {
  const rule = (input: object) => m.act('setAccessRule', input);

  test('sees all of the customers, or is told that there are none such', async () => {
    const { ana, anita } = await twins();
    const [north, south] = await Promise.all(
      ['North', 'South'].map(async name => (await m.act('createTeam', { name }, 'team { id }')).team.id),
    );
    const agent = await organization.as('AGENT', { teamIds: [uuid(north)] });
    await m.act('updateCustomer', { id: anita, teamId: south });
    expect((await m.tryMerge({ survivorId: ana, mergedIds: [anita] }, agent)).userErrors).toMatchObject([
      { field: 'mergedIds.0', code: 'NOT_FOUND' },
    ]);
    const mergeId = await m.merge(ana, [anita]);
    expect((await m.tryUndo(mergeId, agent)).userErrors).toMatchObject([{ field: 'mergeId', code: 'NOT_FOUND' }]);
    await m.undo(mergeId);
    await m.act('updateCustomer', { id: anita, teamId: north });
    expect((await m.tryMerge({ survivorId: ana, mergedIds: [anita] }, agent)).userErrors).toEqual([]);
    for (const role of ['ANALYST', 'PARTNER', 'CUSTOMER'] as const) {
      const { errors } = await (await organization.as(role)).send(
        'mutation ($id: ID!) { undoMerge(input: { mergeId: $id }) { userErrors { code } } }',
        { id: mergeId },
      );
      expect(errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
    }
  });

  test('learns nothing of what is hidden from them, and chooses nothing of it', async () => {
    const { ana, anita } = await twins();
    await m.act('updateCustomer', { id: anita, birthDate: '1980-01-02' });
    const hiddenFields = ['birthDate', 'tags', 'customFields', 'contactPoints', 'notes'];
    await rule({ role: 'AGENT', kind: 'CUSTOMER', scope: 'ALL', hiddenFields });
    await rule({ role: 'AGENT', kind: 'IDENTITY', scope: 'NONE' });
    const agent = await organization.as('AGENT');
    const refused = await m.tryMerge(
      {
        survivorId: ana,
        mergedIds: [anita],
        fields: ['birthDate', 'tags', 'customFields.branch', 'customFields.none'].map(field => ({
          field,
          fromId: anita,
        })),
      },
      agent,
    );
    expect(refused.userErrors.map(({ field, code }) => [field, code])).toEqual(
      [0, 1, 2, 3].map(at => [`fields.${at}.field`, 'NOT_ALLOWED']),
    );
    const input = { survivorId: ana, mergedIds: [anita] };
    const dry = await m.tryMerge({ ...input, dryRun: true }, agent);
    const real = await m.tryMerge({ ...input, idempotencyKey: 'k' }, agent);
    expect(real.report).toEqual(dry.report);
    expect((await m.merges(ana, agent))[0]!.report).toEqual(dry.report);
    expect(dry.report!.fields.map(({ field }) => field.split('.')[0])).toEqual([
      'displayName',
      'jobTitle',
      'language',
      'externalId',
      'preferences',
      'preferences',
      'consents',
      'consents',
    ]);
    expect(dry.report!.records.map(({ kind }) => kind)).toEqual(['preferences', 'consents', 'relations']);
    const owned = await m.merges(ana);
    expect(JSON.stringify(owned)).toContain('1980-01-02');
    // What becomes hidden later is left out of an answer that is repeated.
    await rule({ role: 'AGENT', kind: 'CUSTOMER', scope: 'NONE' });
    const repeated = await m.tryMerge({ ...input, idempotencyKey: 'k' }, await organization.as('AGENT'));
    expect(repeated.userErrors).toMatchObject([{ field: 'survivorId' }, { field: 'mergedIds.0' }]);
  });

  test('is told values of those customers only whom they may see', async () => {
    const { ana, anita } = await twins();
    const [north, south] = await Promise.all(
      ['North', 'South'].map(async name => (await m.act('createTeam', { name }, 'team { id }')).team.id),
    );
    await m.act('updateCustomer', { id: ana, teamId: north, birthDate: '1980-01-02' });
    await m.act('updateCustomer', { id: anita, teamId: south, birthDate: '1990-05-06' });
    const input = { survivorId: ana, mergedIds: [anita], idempotencyKey: 'k' };
    const mergeId = await m.merge(ana, [anita], input);
    await rule({ role: 'AGENT', kind: 'CUSTOMER', scope: 'TEAM' });
    const agent = await organization.as('AGENT', { teamIds: [uuid(north)] });
    const reader = await organization.as('AGENT', { teamIds: [uuid(north), uuid(south)] });
    const [seen, whole] = [await m.merges(ana, agent), await m.merges(ana, reader)];
    expect(seen.map(({ id }) => id)).toEqual([mergeId]);
    for (const value of ['1990-05-06', 'Anita G.', 'Norte', 'shop-7', 'soft']) {
      expect(JSON.stringify(whole)).toContain(value);
      expect(JSON.stringify(seen)).not.toContain(value);
    }
    const fieldIn = (merges: typeof seen, name: string) =>
      merges[0]!.report.fields.find(({ field }) => field === name)!;
    // What the survivor has of it by now is the survivor's; only whose it was is not told.
    expect(fieldIn(whole, 'jobTitle')).toMatchObject({ fromId: anita, value: 'Baker' });
    expect(fieldIn(seen, 'jobTitle')).toMatchObject({ fromId: null, value: 'Baker' });
    expect(fieldIn(seen, 'birthDate')).toMatchObject({
      fromId: ana,
      value: '1980-01-02',
      givenUp: [{ customerId: anita, value: null }],
    });
    expect(seen[0]!.report.fields.map(({ field }) => field)).toEqual(whole[0]!.report.fields.map(({ field }) => field));
    await rule({ role: 'MANAGER', kind: 'CUSTOMER', scope: 'TEAM' });
    const manager = await organization.as('MANAGER', { teamIds: [uuid(north)] });
    const exported = async (id: string) =>
      JSON.stringify(
        (await manager.data('query ($id: ID!) { customerExport(id: $id) }', { id })).customerExport?.merges,
      );
    expect(await exported(ana)).toContain('1980-01-02');
    expect(await exported(ana)).not.toContain('1990-05-06');
  });
});
