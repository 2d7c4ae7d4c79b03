import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { lockAround } from '../../src/modules/customers/merge.queries.js';
import { parsePublicId } from '../../src/platform/ids.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { whileHeld } from '../support/locks.js';
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
beforeEach(begin);

async function begin(): Promise<void> {
  organization = await app.organization();
  client = await organization.as('OWNER');
  social = socialOf(app, organization, client);
  m = mergingOf(app, organization, client);
}

const uuid = (id: string): string => parsePublicId(id)!.uuid;
const customers = (names: string[]) => Promise.all(names.map(displayName => m.create({ displayName })));

/** Links that hold and identities that say otherwise, and rows of deleted customers: there are never any. */
async function torn(): Promise<unknown[]> {
  return m.sql(
    `select i.handle from social_identities i left join identity_links l on l.organization_id = i.organization_id and l.identity_id = i.id and l.unlinked_at is null
      where i.organization_id = $1 and l.customer_id is distinct from i.customer_id
     union all
     select p.value from contact_points p join customers c on c.organization_id = p.organization_id and c.id = p.customer_id
      where p.organization_id = $1 and c.merged_into_id is not null
     union all
     select i.handle from social_identities i join customers c on c.organization_id = i.organization_id and c.id = i.customer_id
      where i.organization_id = $1 and c.merged_into_id is not null`,
  );
}

describe('merges at the same time', () => {
  test('of the same customers are one merge, whichever way round', async () => {
    const [a, b] = (await customers(['A', 'B'])) as [string, string];
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, at) =>
        m.tryMerge(at % 2 ? { survivorId: a, mergedIds: [b] } : { survivorId: b, mergedIds: [a] }),
      ),
    );
    expect(outcomes.filter(one => one.userErrors.length === 0)).toHaveLength(1);
    for (const { userErrors } of outcomes) for (const { code } of userErrors) expect(code).toBe('NOT_FOUND');
    expect(await m.sql('select 1 from customer_merges where organization_id = $1')).toHaveLength(1);
  });

  test('of customers who are all tied to one another wait for one another, and never end in a deadlock', async () => {
    const ids = await customers(Array.from({ length: 10 }, (_, at) => `C${at}`));
    for (const [at, fromId] of ids.entries())
      for (const toId of ids.slice(at + 1)) await m.act('relateCustomers', { fromId, toId, kind: 'FRIEND' });
    const before = await m.everything();
    const deadlocks = async () =>
      (
        await m.sql(
          'select deadlocks from pg_stat_database where $1::uuid is not null and datname = current_database()',
        )
      )[0].deadlocks;
    const earlier = await deadlocks();
    const merges = await Promise.all(
      [0, 2, 4, 6, 8].map(at => m.merge(ids[at + (at % 4 ? 1 : 0)]!, [ids[at + (at % 4 ? 0 : 1)]!])),
    );
    expect(await deadlocks()).toBe(earlier);
    // Ties between pairs were folded by whichever merge came second: they come apart in the other order.
    const left = new Set(merges);
    while (left.size > 0) {
      const undone = (await Promise.all([...left].map(async id => [id, await m.tryUndo(id)] as const))).filter(
        ([, one]) => one.userErrors.length === 0,
      );
      expect(undone.length).toBeGreaterThan(0);
      for (const [id, { notRestored }] of undone) {
        expect(notRestored).toEqual([]);
        left.delete(id);
      }
    }
    expect(await m.everything()).toEqual(before);
  });

  test('undo a merge once', async () => {
    const [a, b] = (await customers(['A', 'B'])) as [string, string];
    const mergeId = await m.merge(a, [b]);
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => m.tryUndo(mergeId)));
    expect(outcomes.filter(one => one.userErrors.length === 0)).toHaveLength(1);
  });

  test('repeat what a key names, and do it once', async () => {
    const [a, b] = (await customers(['A', 'B'])) as [string, string];
    const input = { survivorId: a, mergedIds: [b], idempotencyKey: 'once' };
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => m.tryMerge(input)));
    expect(new Set(outcomes.map(one => one.mergeId)).size).toBe(1);
  });
});

test('a dry run waits for nobody who holds its customers, or what belongs to them', async () => {
  const [a, b] = (await customers(['A', 'B'])) as [string, string];
  await m.act('addNote', { customerId: b, text: 'Held.' });
  const scope = { organizationId: organization.id, actor: 'system:test', requestId: 'test' };
  await app.app.database.write(scope, async tx => {
    for (const table of ['customers', 'notes'])
      await tx.query(`select 1 from ${table} where organization_id = $1 for update`, [organization.id]);
    const { userErrors, report } = await m.tryMerge({ survivorId: a, mergedIds: [b], dryRun: true });
    expect(userErrors).toEqual([]);
    expect(report!.records).toEqual([expect.objectContaining({ kind: 'notes', moved: 1 })]);
  });
});

describe('somebody who changes a customer while it is merged', () => {
  test('links no identity to it, adds nothing to it, and is told that it is gone', async () => {
    const [a, b] = (await customers(['A', 'B'])) as [string, string];
    await social.say('1', { handle: 'ana' });
    const { id: identityId } = await social.identity('ana');
    const [, [linked, noted]] = await whileHeld(
      app,
      held =>
        app.app.database.write(
          { organizationId: organization.id, actor: 'system:test', requestId: 'test' },
          async tx => {
            await tx.query('select 1 from customers where organization_id = $1 and id = $2 for update', [
              organization.id,
              uuid(b),
            ]);
            await held();
            await tx.query(
              'update customers set deleted_at = now(), merged_into_id = $3 where organization_id = $1 and id = $2',
              [organization.id, uuid(b), uuid(a)],
            );
          },
        ),
      () =>
        Promise.all([
          social.link(identityId, b),
          client.data(
            'mutation ($id: ID!) { addNote(input: { customerId: $id, text: "Hello." }) { userErrors { code } } }',
            { id: b },
          ),
        ]),
    );
    expect(linked.userErrors).toMatchObject([{ field: 'customerId', code: 'NOT_FOUND' }]);
    expect(noted.addNote.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect(await torn()).toEqual([]);
  });

  test('in every way at once leaves nothing torn', async () => {
    const ids = await customers(['A', 'B', 'C', 'D']);
    const handles = Array.from({ length: 6 }, (_, at) => `h${at}`);
    for (const handle of handles) await social.say(handle, { handle });
    const identities = await Promise.all(handles.map(async handle => (await social.identity(handle)).id as string));
    const attempts: Promise<unknown>[] = [];
    for (const [at, identityId] of identities.entries()) {
      attempts.push(social.link(identityId, ids[at % 4]!));
      attempts.push(
        client.send(
          'mutation ($input: AddContactPointInput!) { addContactPoint(input: $input) { userErrors { code } } }',
          {
            input: { customerId: ids[at % 4], contactPoint: { kind: 'EMAIL', value: `h${at % 2}@example.com` } },
          },
        ),
      );
      if (at % 2) attempts.push(social.unlink(identityId));
    }
    attempts.push(
      m.tryMerge({ survivorId: ids[0]!, mergedIds: [ids[1]!] }),
      m.tryMerge({ survivorId: ids[2]!, mergedIds: [ids[3]!, ids[0]!] }),
    );
    await Promise.all(attempts);
    expect(await torn()).toEqual([]);
  });
});

test('a merge lets others name whom its customers are tied to, and waits for who ties them anew', async () => {
  const [a, b, x] = (await customers(['A', 'B', 'X'])) as [string, string, string];
  for (const id of [a, b]) await m.act('relateCustomers', { fromId: id, toId: x, kind: 'FRIEND' });
  const scope = { organizationId: organization.id, actor: 'system:test', requestId: 'test' };
  const others = await app.app.database.system.connect();
  try {
    await app.app.database.write(scope, async tx => {
      await lockAround(tx, [a, b].map(uuid));
      const held = (id: string, lock: string) =>
        others.query(`select 1 from customers where organization_id = $1 and id = $2 for ${lock} nowait`, [
          organization.id,
          uuid(id),
        ]);
      await held(x, 'key share');
      await expect(held(x, 'update')).rejects.toThrow('could not obtain lock');
      for (const id of [a, b]) await expect(held(id, 'key share')).rejects.toThrow('could not obtain lock');
    });
  } finally {
    others.release();
  }
});

test('a merge that fails at its last statement has changed nothing', async () => {
  const [a, b] = (await customers(['A', 'B'])) as [string, string];
  await m.act('addNote', { customerId: b, text: 'Stays.' });
  const before = await m.everything();
  const { system } = app.app.database;
  await system.query(
    `create function refuse() returns trigger language plpgsql as $$ begin if new.type = 'customer.deleted' then raise exception 'no'; end if; return new; end $$;
     create trigger refuse before insert on events for each row execute function refuse()`,
  );
  try {
    const { errors } = await client.send(
      'mutation ($input: MergeCustomersInput!) { mergeCustomers(input: $input) { mergeId } }',
      { input: { survivorId: a, mergedIds: [b], idempotencyKey: 'k' } },
    );
    expect(errors?.[0]?.extensions?.['code']).toBe('INTERNAL');
  } finally {
    await system.query('drop trigger refuse on events; drop function refuse()');
  }
  expect(await m.everything()).toEqual(before);
  expect(await m.sql('select 1 from customer_merges where organization_id = $1')).toEqual([]);
  await m.merge(a, [b], { idempotencyKey: 'k' });
});
