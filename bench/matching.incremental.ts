// One new identity against a million customers in PostgreSQL: from its row to its suggestions, as the product does it.
import type pg from 'pg';
import { entities } from '../src/app.js';
import { catchUp } from '../src/modules/matching/catch-up.service.js';
import { customerRecord } from '../src/modules/matching/engine/index.js';
import { keysOf } from '../src/modules/matching/keys.rules.js';
import { Database } from '../src/platform/database/database.js';
import { newId } from '../src/platform/ids.js';
import { openLogger } from '../src/platform/logger.js';
import { samplePeople } from './matching.people.js';
import { makeOrganization, openCluster } from './support/cluster.js';
import { quantile, say } from './support/statistics.js';

const BATCH = 5000;
const NEW_ONES = 300;

export async function measureIncremental(customers: number): Promise<void> {
  const cluster = await openCluster('matching', { fresh: true });
  const database = await Database.open({ ownerUrl: cluster.ownerUrl, entities, poolSize: 4 });
  try {
    const organizationId = await makeOrganization(cluster);
    const sample = samplePeople(customers, NEW_ONES * 2, 'incremental');
    const client = await cluster.pool.connect();
    await client.query("set session_replication_role = 'replica'");
    const started = performance.now();
    let keys = 0;
    for (let from = 0; from < customers; from += BATCH) {
      keys += await insert(client, organizationId, sample.customers.slice(from, from + BATCH));
    }
    client.release(true);
    await cluster.pool.query('vacuum (analyze)');
    const { rows } = await cluster.pool.query("select pg_total_relation_size('match_keys') as bytes");
    say(
      `${customers} customers with ${keys} keys (${Math.round(rows[0].bytes / 1e6)} MB) written in ${((performance.now() - started) / 1000).toFixed(0)} s`,
    );
    const scope = { organizationId, actor: 'system:bench', requestId: 'bench' };
    await cluster.pool.query(
      `insert into match_models (organization_id, customers, identities, model) values ($1, $2, $2, '{"shares": {}}')`,
      [organizationId, customers],
    );
    const log = openLogger('warn');
    const times: number[] = [];
    for (const [at, facts] of sample.identities.entries()) {
      await cluster.pool.query(
        `insert into social_identities (organization_id, id, network, handle, handle_key, display_name, bio, url, avatar_url, verified_email, verified_phone)
         values ($1, $2, 'TWITTER', $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          organizationId,
          newId(),
          facts.handle,
          String(at),
          facts.displayName,
          facts.bio,
          facts.url,
          facts.avatarUrl,
          facts.email,
          facts.phone,
        ],
      );
      const begun = performance.now();
      await catchUp(database, scope, log);
      // The first half warms connections, statements and caches.
      if (at >= NEW_ONES) times.push(performance.now() - begun);
    }
    const made = await cluster.pool.query('select count(*)::integer as count from link_suggestions');
    say(
      `one new identity: p50 ${quantile(times, 0.5).toFixed(1)} ms, p99 ${quantile(times, 0.99).toFixed(1)} ms, longest ${Math.max(...times).toFixed(1)} ms (${times.length} of them, ${made.rows[0].count} suggestions for ${NEW_ONES * 2})`,
    );
  } finally {
    await database.close();
    await cluster.close();
  }
}

type Customers = ReturnType<typeof samplePeople>['customers'];

/** Rows without triggers: filling is not what is measured. Answers how many keys. */
async function insert(client: pg.PoolClient, organizationId: string, customers: Customers): Promise<number> {
  const ids = customers.map(() => newId());
  await client.query(
    `insert into customers (organization_id, id, kind, display_name, given_name, family_name, birth_date, language, job_title)
     select $1, n.id, 'PERSON', n.display_name, n.given_name, n.family_name, n.birth_date::date, n.language, n.job_title
       from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
            as n(id, display_name, given_name, family_name, birth_date, language, job_title)`,
    [
      organizationId,
      ids,
      customers.map(one => one.displayName),
      customers.map(one => one.givenName),
      customers.map(one => one.familyName),
      customers.map(one => one.birthDate),
      customers.map(one => one.language),
      customers.map(one => one.jobTitle),
    ],
  );
  const points = customers.flatMap((one, at) => [
    ...one.emails!.map(value => ({ id: ids[at]!, kind: 'EMAIL', value, city: null as string | null })),
    ...one.phones!.map(value => ({ id: ids[at]!, kind: 'PHONE', value, city: null })),
    ...one.cities!.map(value => ({ id: ids[at]!, kind: 'ADDRESS', value, city: value })),
  ]);
  await client.query(
    `insert into contact_points (organization_id, id, customer_id, kind, value, address)
     select $1, gen_random_uuid(), n.customer_id, n.kind, n.value, case when n.city is not null then jsonb_build_object('city', n.city, 'country', 'ES') end
       from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) as n(customer_id, kind, value, city)`,
    [organizationId, points.map(p => p.id), points.map(p => p.kind), points.map(p => p.value), points.map(p => p.city)],
  );
  const keys = customers.flatMap((one, at) =>
    keysOf(customerRecord({ ...one, identities: [] })).map(key => [key, ids[at]!] as const),
  );
  await client.query(
    `insert into match_keys (organization_id, is_customer, key, subject_id)
     select $1, true, n.key, n.id from unnest($2::bigint[], $3::uuid[]) as n(key, id) on conflict do nothing`,
    [organizationId, keys.map(([key]) => key), keys.map(([, id]) => id)],
  );
  return keys.length;
}
