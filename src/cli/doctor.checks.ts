import pg from 'pg';
import { connectors } from '../app.connectors.js';
import { EventFeed, recordEvents } from '../events/index.js';
import { channelServices } from '../ingest/limits.js';
import type { Config } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { migrationState } from '../platform/database/migrate.js';
import type { DatabaseAccess } from '../platform/database/open.js';
import { newId } from '../platform/ids.js';
import { openLogger } from '../platform/logger.js';
import { openOutbound } from '../platform/outbound.js';
import { openKeyRing } from '../platform/secrets.js';
import { configuredVault } from '../platform/vault.js';
import { accounts } from './doctor.accounts.js';
import { CommandError } from './failure.js';
import type { Check } from './finding.js';

const OLDEST_VERSION = 15;
const PATIENCE_MS = 10_000;

/** Everything that needs the database; what builds on a check that failed is left out. */
export async function inspect(access: DatabaseAccess, config: Config, check: Check): Promise<void> {
  const pool = new pg.Pool({ connectionString: access.ownerUrl, max: 2, connectionTimeoutMillis: PATIENCE_MS });
  pool.on('error', () => {});
  try {
    if (!(await check('PostgreSQL', () => version(pool)))) return;
    if (!(await check('migrations', () => migrations(access.ownerUrl)))) return;
    await check('event feed', () => eventRoundTrip(access));
    await check('background work', () => jobRoundTrip(pool));
    await sources(pool, check);
    await reachAccounts(pool, config, check);
  } finally {
    await pool.end();
  }
}

async function version(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ number: number; name: string }>(
    "select current_setting('server_version_num')::int as number, current_setting('server_version') as name",
  );
  const { number, name } = rows[0]!;
  if (number < OLDEST_VERSION * 10_000) {
    throw new CommandError(`this is version ${name}; ${OLDEST_VERSION} or later is needed`);
  }
  return `version ${name}`;
}

async function migrations(ownerUrl: string): Promise<string> {
  const { applied, pending } = await migrationState(ownerUrl);
  if (pending.length > 0) {
    throw new CommandError(`${pending.length} not run yet (${pending.join(', ')}); run: vinculo migrate`);
  }
  return `all ${applied.length} run`;
}

/** Writes an event the way every change does and waits until a feed has told of it; in an organisation that nobody watches. */
async function eventRoundTrip({ ownerUrl, appUrl }: DatabaseAccess): Promise<string> {
  const database = await Database.open({ ownerUrl, appUrl, entities: [], poolSize: 2 });
  const feed = new EventFeed(ownerUrl, database.system, openLogger('silent'));
  const subjectId = newId();
  try {
    await feed.start();
    const arrival = new Promise<void>(done => {
      feed.listen(events => {
        if (events.some(event => event.type === 'diagnostics.pinged' && event.subjectId === subjectId)) done();
      });
    });
    const began = performance.now();
    await database.write({ organizationId: subjectId, actor: 'system:doctor', requestId: newId() }, tx =>
      recordEvents(tx, [{ type: 'diagnostics.pinged', subjectId }]),
    );
    await within(arrival, 'an event was written and did not arrive; is a transaction open for very long?');
    return `an event arrived after ${Math.round(performance.now() - began)} ms`;
  } finally {
    await feed.stop();
    await database.close();
  }
}

/** A worker listens for jobs on a connection of its own; only where there is one, a job is given to it. */
async function jobRoundTrip(pool: pg.Pool): Promise<string> {
  const { rows: listening } = await pool.query<{ workers: number }>(
    `select count(*)::int as workers from pg_stat_activity
      where datname = current_database() and query like 'LISTEN "jobs:insert"%'`,
  );
  const workers = listening[0]!.workers;
  const { rows: failing } = await pool.query<{ count: number }>(
    'select count(*)::int as count from graphile_worker.jobs where attempts >= max_attempts',
  );
  const given = failing[0]!.count > 0 ? `; ${failing[0]!.count} jobs were given up` : '';
  if (workers === 0) return `no worker is running, so none was tried${given}`;
  const began = performance.now();
  const { rows } = await pool.query<{ id: string }>(
    "select id from graphile_worker.add_job('diagnostics.ping', '{}'::json)",
  );
  const id = rows[0]!.id;
  while (performance.now() - began < PATIENCE_MS) {
    const { rows: left } = await pool.query('select 1 from graphile_worker.jobs where id = $1', [id]);
    if (left.length === 0) return `a job was done after ${Math.round(performance.now() - began)} ms${given}`;
    await new Promise(done => setTimeout(done, 25));
  }
  await pool.query('select graphile_worker.complete_jobs(array[$1::bigint])', [id]);
  throw new CommandError(`${workers} workers are running and a job was not done in ${PATIENCE_MS / 1000} s${given}`);
}

async function reachAccounts(pool: pg.Pool, config: Config, check: Check): Promise<void> {
  const log = openLogger('silent');
  const outbound = openOutbound({
    allowPrivateAddresses: config.ALLOW_PRIVATE_ADDRESSES,
    userAgent: 'Vinculo/0.1',
    log,
  });
  try {
    const vault = configuredVault(config, await openKeyRing(pool, config.SECRET_KEY));
    await accounts(pool, { vault, registry: connectors(config, outbound, channelServices(pool, outbound)) }, check);
  } finally {
    await outbound.close();
  }
}

async function sources(pool: pg.Pool, check: Check): Promise<void> {
  const { rows } = await pool.query<{
    organization: string;
    network: string;
    query: string;
    state: string;
    problem: { message?: string } | null;
    last: Date | null;
  }>(
    `select o.slug as organization, s.network, s.query, s.state, s.problem, s.last_success_at as last
       from sources s join organizations o on o.id = s.organization_id order by o.slug, s.network, s.query`,
  );
  for (const { organization, network, query, state, problem, last } of rows) {
    await check(`source ${organization}/${network} ${query}`, async () => {
      const read = last ? `last read ${last.toISOString()}` : 'not read yet';
      if (problem) throw new CommandError(`${state}: ${problem.message ?? 'it cannot be read'} (${read})`);
      return `${state}, ${read}`;
    });
  }
}

async function within(work: Promise<void>, otherwise: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new CommandError(otherwise)), PATIENCE_MS);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
