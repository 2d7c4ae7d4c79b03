import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mergedTables } from '../../src/modules/customers/merge.tables.js';
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

/** What is worked out of other rows, and will be again. */
const WORKED_OUT = ['customer_influence', 'link_suggestions', 'match_keys'];

describe('a merge', () => {
  test('knows every table whose rows name a customer', async () => {
    const named = await m.sql(
      `select c.relname as table, array_agg(a.attname::text order by a.attname) as columns
         from pg_class c join pg_attribute a on a.attrelid = c.oid
        where $1::uuid is not null and c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
          and a.attname like '%customer\\_id' and not a.attisdropped and c.relname <> all ($2) group by 1 order by 1`,
      [WORKED_OUT],
    );
    const known = mergedTables().map(({ table, columns }) => ({ table, columns: [...columns].sort() }));
    expect(known.sort((a, b) => (a.table < b.table ? -1 : 1))).toEqual(named);
  });

  test('makes everything of one customer that of another, and keeps once what both had', async () => {
    const { ana, anita, luis } = await twins();
    const verified = await see(anita, 'contactPoints { id kind }');
    const { id: emailId } = verified.contactPoints.find((point: any) => point.kind === 'EMAIL');
    await m.act('verifyContactPoint', { id: emailId });
    const mergeId = await m.merge(ana, [anita]);
    expect(mergeId).toMatch(/^merge_/);

    const shown = await see(
      ana,
      `id displayName givenName jobTitle language tags customFields externalId version
       contactPoints { kind value label isPrimary verified } preferences { key value }
       consents { purpose state } consentHistory { totalCount } notes { totalCount }
       relations { edges { node { kind detail direction other { id } } } } identities { handle } posts { totalCount }`,
    );
    expect(shown).toMatchObject({
      id: ana,
      displayName: 'Ana Gil',
      givenName: 'Ana',
      jobTitle: 'Baker',
      language: 'es',
      tags: ['vip', 'bread', 'web'],
      customFields: { branch: 'Centro', points: 7 },
      externalId: 'erp-1',
      preferences: [
        { key: 'bread', value: 'well baked' },
        { key: 'coffee', value: 'black' },
      ],
      consentHistory: { totalCount: 4 },
      notes: { totalCount: 2 },
      posts: { totalCount: 2 },
    });
    expect(shown.contactPoints.sort((a: any, b: any) => (a.value < b.value ? -1 : 1))).toEqual([
      { kind: 'PHONE', value: '+34612345678', label: null, isPrimary: true, verified: false },
      { kind: 'EMAIL', value: 'ana.gil@example.com', label: 'work', isPrimary: false, verified: true },
      { kind: 'EMAIL', value: 'ana@example.com', label: null, isPrimary: true, verified: false },
    ]);
    // What was said last counts, whoever it was said as: a no after a yes, and a yes after a no.
    expect(shown.consents).toEqual([
      { purpose: 'MARKETING', state: 'WITHDRAWN' },
      { purpose: 'SERVICE', state: 'GRANTED' },
    ]);
    expect(
      shown.relations.edges.map(({ node }: any) => node).sort((a: any, b: any) => (a.kind < b.kind ? -1 : 1)),
    ).toEqual([
      { kind: 'EMPLOYEE_OF', detail: null, direction: 'INCOMING', other: { id: luis } },
      { kind: 'FRIEND', detail: 'from school', direction: 'MUTUAL', other: { id: luis } },
    ]);
    expect(shown.identities.map((one: any) => one.handle).sort()).toEqual(['ana', 'anita']);
  });

  test('leaves nothing that names the merged customer in any table but what remembers it', async () => {
    const { ana, anita } = await twins();
    await m.merge(ana, [anita]);
    const { customers, ...rest } = await m.everything();
    expect(JSON.stringify(rest)).not.toContain(uuid(anita));
    expect(customers!.filter((row: any) => row.merged_into_id !== null)).toMatchObject([
      { id: uuid(anita), merged_into_id: uuid(ana), display_name: 'Anita G.', deleted_at: expect.any(String) },
    ]);
  });

  test('is told beforehand by a dry run, which changes nothing and says the same as the merge', async () => {
    const { ana, anita } = await twins();
    const before = await m.everything();
    const input = { survivorId: ana, mergedIds: [anita], fields: [{ field: 'preferences.bread', fromId: anita }] };
    const dry = await m.tryMerge({ ...input, dryRun: true, idempotencyKey: 'k' });
    expect(dry).toMatchObject({ customer: { id: ana, displayName: 'Ana Gil' }, mergeId: null, userErrors: [] });
    expect(await m.everything()).toEqual(before);
    const real = await m.tryMerge({ ...input, idempotencyKey: 'k' });
    expect(real.mergeId).not.toBeNull();
    expect(real.report).toEqual(dry.report);
    expect(await m.tryMerge({ ...input, idempotencyKey: 'k' })).toEqual(real);
    const { fields, records } = dry.report!;
    expect(Object.fromEntries(fields.map(one => [one.field, [one.value, one.fromId, one.conflict]]))).toEqual({
      displayName: ['Ana Gil', ana, true],
      jobTitle: ['Baker', anita, false],
      language: ['es', anita, false],
      externalId: ['erp-1', ana, true],
      tags: [['vip', 'bread', 'web'], null, false],
      'customFields.branch': ['Centro', ana, true],
      'customFields.points': [7, anita, false],
      'preferences.bread': ['soft', anita, true],
      'preferences.coffee': ['black', anita, false],
      'consents.MARKETING.EMAIL': ['WITHDRAWN', anita, true],
      'consents.SERVICE.SMS': ['GRANTED', ana, true],
    });
    expect(fields.find(one => one.field === 'customFields.branch')!.givenUp).toEqual([
      { customerId: anita, value: 'Norte' },
    ]);
    expect(records).toEqual([
      { kind: 'contactPoints', moved: 1, folded: 1, dropped: 0 },
      { kind: 'preferences', moved: 2, folded: 1, dropped: 0 },
      { kind: 'consents', moved: 2, folded: 0, dropped: 0 },
      { kind: 'notes', moved: 1, folded: 0, dropped: 0 },
      { kind: 'relations', moved: 1, folded: 1, dropped: 1 },
      { kind: 'identities', moved: 1, folded: 0, dropped: 0 },
      { kind: 'links', moved: 1, folded: 0, dropped: 0 },
    ]);
  });

  test('takes of each field the value somebody chose, also none', async () => {
    const { ana, anita } = await twins();
    const fields = [
      'displayName',
      'givenName',
      'tags',
      'externalId',
      'customFields.branch',
      'preferences.bread',
      'preferences.coffee',
    ];
    const from = (field: string) => (field === 'preferences.coffee' ? ana : anita);
    const mergeId = await m.merge(ana, [anita], { fields: fields.map(field => ({ field, fromId: from(field) })) });
    expect(
      await see(ana, 'displayName givenName familyName tags externalId customFields preferences { key value }'),
    ).toEqual({
      displayName: 'Anita G.',
      givenName: null,
      familyName: 'Gil',
      tags: ['bread', 'web'],
      externalId: 'shop-7',
      customFields: { branch: 'Norte', points: 7 },
      preferences: [{ key: 'bread', value: 'soft' }],
    });
    expect(await m.undo(mergeId)).toEqual([]);
    expect((await see(ana, 'externalId')).externalId).toBe('erp-1');
    expect((await see(anita, 'externalId')).externalId).toBe('shop-7');
  });

  test('lets the old id find the survivor: in a query, and where another system sends its own', async () => {
    const { ana, anita } = await twins();
    await m.merge(ana, [anita]);
    expect(await see(anita, 'id displayName')).toEqual({ id: ana, displayName: 'Ana Gil' });
    expect((await client.data('query ($id: ID!) { node(id: $id) { id } }', { id: anita })).node).toBeNull();
    for (const externalId of ['shop-7', 'erp-1']) {
      const { results } = await m.act(
        'upsertCustomers',
        { items: [{ externalId, jobTitle: externalId }] },
        'results { created customer { id externalId jobTitle } userErrors { message } }',
      );
      expect(results).toEqual([
        { created: false, customer: { id: ana, externalId: 'erp-1', jobTitle: externalId }, userErrors: [] },
      ]);
    }
    const third = await m.create({ displayName: 'Third' });
    await m.merge(third, [ana]);
    expect(await see(anita, 'id')).toEqual({ id: third });
  });

  test('takes up to ten at once, the first of them before the others', async () => {
    const survivor = await m.create({ displayName: 'S' });
    // One after the other: what they bring is shown by its age.
    const others: string[] = [];
    for (let at = 0; at < 10; at++) {
      const contactPoints = [{ kind: 'EMAIL', value: `o${at % 3}@example.com` }];
      others.push(await m.create({ displayName: `O${at}`, contactPoints }));
    }
    for (const [at, id] of others.entries()) if (at > 0) await m.act('updateCustomer', { id, jobTitle: `Job ${at}` });
    const before = await m.everything();
    const mergeId = await m.merge(survivor, others);
    expect(await see(survivor, 'jobTitle contactPoints { value isPrimary }')).toEqual({
      jobTitle: 'Job 1',
      contactPoints: [
        { value: 'o0@example.com', isPrimary: true },
        { value: 'o1@example.com', isPrimary: false },
        { value: 'o2@example.com', isPrimary: false },
      ],
    });
    expect(await m.undo(mergeId)).toEqual([]);
    expect(await m.everything()).toEqual(before);
  });

  test('is told live, in the timeline in the language of the reader, and in the list of merges', async () => {
    const { ana, anita } = await twins();
    const mergeId = await m.merge(ana, [anita]);
    const events = () =>
      m.sql(`select type, subject_id as id, data from events where organization_id = $1 order by events.tx, events.id`);
    expect((await events()).slice(-3)).toEqual([
      { type: 'identity.linked', id: expect.any(String), data: { customerId: uuid(ana) } },
      { type: 'customer.merged', id: uuid(ana), data: { mergeId: uuid(mergeId), mergedIds: [uuid(anita)] } },
      { type: 'customer.deleted', id: uuid(anita), data: null },
    ]);
    const timeline = 'timeline(first: 3) { edges { node { __typename summary ... on CustomersMerged { mergeId } } } }';
    const newest = async () => (await see(ana, timeline)).timeline.edges[0].node;
    expect(await newest()).toEqual({ __typename: 'CustomersMerged', summary: 'Merged with Anita G.', mergeId });
    const [listed] = await m.merges(ana);
    expect(listed).toMatchObject({ id: mergeId, mergedIds: [anita], undoneAt: null, undoneBy: null });
    expect(listed!.mergedBy).toMatch(/^api_key_/);
    expect(listed!.report.fields.length).toBeGreaterThan(5);

    expect(await m.undo(mergeId)).toEqual([]);
    expect(await newest()).toEqual({ __typename: 'MergeUndone', summary: 'No longer merged with Anita G.' });
    expect((await events()).slice(-3)).toEqual([
      { type: 'identity.linked', id: expect.any(String), data: { customerId: uuid(anita) } },
      { type: 'customer.unmerged', id: uuid(ana), data: { mergeId: uuid(mergeId), restoredIds: [uuid(anita)] } },
      { type: 'customer.updated', id: uuid(anita), data: null },
    ]);
    const [undone] = await m.merges(ana);
    expect(undone).toMatchObject({ id: mergeId, undoneAt: expect.any(String), report: { fields: [], records: [] } });
    const audited = await m.sql(
      `select distinct table_name as name from audit_entries where organization_id = $1 and before ->> 'customer_id' = $2`,
      [uuid(anita)],
    );
    expect(audited.map(({ name }) => name).sort()).toEqual(
      ['consents', 'contact_points', 'identity_links', 'notes', 'preferences'].sort(),
    );
  });

  test('moves logins and keys that act for the merged customer, and brings them back', async () => {
    const { ana, anita } = await twins();
    const customer = await organization.as('CUSTOMER', { customerId: uuid(anita) });
    const seen = async () =>
      (await customer.data('{ customers { edges { node { id } } } }')).customers.edges.map(({ node }: any) => node.id);
    const before = await m.everything();
    expect(await seen()).toEqual([anita]);
    const mergeId = await m.merge(ana, [anita]);
    expect(await seen()).toEqual([ana]);
    expect(await m.undo(mergeId)).toEqual([]);
    expect(await seen()).toEqual([anita]);
    expect(await m.everything()).toEqual(before);
  });
});
