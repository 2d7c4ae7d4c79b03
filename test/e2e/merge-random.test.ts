import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
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

async function begin(): Promise<void> {
  organization = await app.organization();
  client = await organization.as('OWNER');
  social = socialOf(app, organization, client);
  m = mergingOf(app, organization, client);
}

const uuid = (id: string): string => parsePublicId(id)!.uuid;

const few = { minLength: 0, maxLength: 4 };
const word = fc.constantFrom('one', 'two', 'three');
const contactPoints = fc.uniqueArray(
  fc.record({
    kind: fc.constantFrom('EMAIL', 'WEBSITE'),
    value: fc.constantFrom('1', '2', '3'),
    isPrimary: fc.boolean(),
    label: fc.option(word, { nil: undefined }),
  }),
  { ...few, selector: point => `${point.kind}${point.value}` },
);
const person = fc.record(
  {
    givenName: word,
    jobTitle: word,
    language: fc.constantFrom('es', 'pt'),
    birthDate: fc.constantFrom('1980-01-01', '1990-02-02'),
    numbered: fc.boolean(),
    tags: fc.uniqueArray(word, few),
    customFields: fc.dictionary(fc.constantFrom('branch', 'vip'), word),
    contactPoints,
    preferences: fc.uniqueArray(fc.record({ key: word, value: word }), { ...few, selector: one => one.key }),
    consents: fc.array(
      fc.record({
        purpose: fc.constantFrom('SERVICE', 'MARKETING'),
        channel: fc.constant('EMAIL'),
        state: fc.constantFrom('GRANTED', 'WITHDRAWN'),
        recordedAt: fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-01T00:00:01.5Z', '2026-02-01T00:00:00Z'),
      }),
      few,
    ),
    notes: fc.array(word, few),
  },
  { requiredKeys: ['tags', 'contactPoints', 'notes'] },
);
const tie = fc.record({
  from: fc.nat(4),
  to: fc.nat(4),
  kind: fc.constantFrom('FRIEND', 'EMPLOYEE_OF'),
  detail: fc.option(word, { nil: undefined }),
  since: fc.option(fc.constantFrom('2020-01-01', '2021-01-01'), { nil: undefined }),
});
const FIELDS = ['displayName', 'givenName', 'jobTitle', 'birthDate', 'language', 'externalId', 'tags', 'owner'];
const scenario = fc.record({
  people: fc.array(person, { minLength: 5, maxLength: 5 }),
  ties: fc.array(tie, { maxLength: 12 }),
  linked: fc.array(fc.nat(4), { maxLength: 4 }),
  merged: fc.shuffledSubarray([1, 2, 3], { minLength: 1 }),
  chosen: fc.uniqueArray(fc.record({ field: fc.constantFrom(...FIELDS), from: fc.nat(3) }), {
    selector: one => one.field,
  }),
});

test('whoever is merged, a dry run says what the merge does, and its undoing leaves everything as it was', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async ({ people, ties, linked, merged, chosen }) => {
      await begin();
      for (const key of ['branch', 'vip']) await m.act('defineCustomField', { key, label: key, type: 'TEXT' });
      const ids: string[] = [];
      for (const [at, { numbered, notes, contactPoints: points, ...rest }] of people.entries()) {
        const id = await m.create({
          displayName: `P${at}`,
          ...rest,
          ...(numbered ? { externalId: `n-${at}` } : {}),
          contactPoints: points.map(point => ({
            ...point,
            value: point.kind === 'EMAIL' ? `${point.value}@example.com` : `https://example.com/${point.value}`,
          })),
        });
        for (const text of notes) await m.act('addNote', { customerId: id, text });
        ids.push(id);
      }
      for (const { from, to, ...rest } of ties.filter(one => one.from !== one.to)) {
        await m.act('relateCustomers', { fromId: ids[from], toId: ids[to], ...rest });
      }
      for (const [at, whose] of linked.entries()) {
        await social.say(`p${at}`, { handle: `h${at}` });
        await social.link((await social.identity(`h${at}`)).id, ids[whose]!);
      }
      const before = await m.everything();
      const named = [0, ...merged];
      const input = {
        survivorId: ids[0]!,
        mergedIds: merged.map(at => ids[at]!),
        fields: chosen
          .filter(({ from }) => named.includes(from))
          .map(({ field, from }) => ({ field, fromId: ids[from]! })),
      };
      const dry = await m.tryMerge({ ...input, dryRun: true });
      expect(dry.userErrors).toEqual([]);
      expect(await m.everything()).toEqual(before);
      const real = await m.tryMerge(input);
      expect(real.report).toEqual(dry.report);

      const { customers: rows, ...rest } = await m.everything();
      for (const at of merged) expect(JSON.stringify(rest)).not.toContain(uuid(ids[at]!));
      expect(rows).toHaveLength(5);
      for (const ofKind of Map.groupBy(
        (rest['contact_points'] ?? []) as any[],
        row => `${row.customer_id}${row.kind}`,
      ).values()) {
        expect(ofKind.filter(row => row.is_primary)).toHaveLength(1);
      }
      for (const row of (rest['customer_relations'] ?? []) as any[])
        expect(row.from_customer_id).not.toBe(row.to_customer_id);
      expect((rest['notes'] ?? []).length).toBe(before['notes']?.length ?? 0);
      expect((rest['consents'] ?? []).length).toBe(before['consents']?.length ?? 0);

      expect(await m.undo(real.mergeId!)).toEqual([]);
      expect(await m.everything()).toEqual(before);
    }),
    { numRuns: 25 },
  );
}, 120_000);
