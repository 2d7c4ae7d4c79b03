import type { AnyConnector, Batch, ConnectorContext } from '../../src/ingest/connector.js';
import type { ServicesFor } from '../../src/ingest/context.js';
import { Reading } from '../../src/ingest/reading.js';
import { connectorRegistry } from '../../src/ingest/registry.js';
import { drivenSource } from '../../src/modules/social/index.js';
import type { Database } from '../../src/platform/database/database.js';
import { newId } from '../../src/platform/ids.js';
import { openLogger } from '../../src/platform/logger.js';
import { servicesFor, vault } from './connector-context.js';
import type { Subject } from './subjects/index.js';

export type ReadSubject = Subject & { reading: NonNullable<Subject['reading']> };

interface Way {
  meddle?: (batch: Batch<unknown>) => Batch<unknown>;
  /** Stands in for the database. */
  over?: Database;
  through?: ServicesFor;
}

const asItIs = (batch: Batch<unknown>) => batch;
const log = openLogger('silent');

/** A source of an organisation of its own, read as the product reads it: through an account where it takes credentials. */
export async function followSubject(database: Database, { connector, source, reading }: ReadSubject) {
  const [organizationId, id, accountId] = [newId(), newId(), newId()];
  const { kind, query, settings = {}, credentials } = source;
  const { system } = database;
  const scope = { organizationId, actor: 'system:test', requestId: 'test' };
  await system.query('insert into organizations (id, slug, name) values ($1, $2, $2)', [organizationId, id]);
  if (credentials) {
    await system.query(
      'insert into accounts (organization_id, id, network, handle, connector, settings) values ($1, $2, $3, $4, $5, $6)',
      [organizationId, accountId, connector.network, query, connector.kind, settings],
    );
    await system.query('insert into account_secrets (organization_id, account_id, sealed) values ($1, $2, $3)', [
      organizationId,
      accountId,
      await vault.seal(credentials, accountId),
    ]);
  }
  await system.query(
    `insert into sources (organization_id, id, account_id, connector, network, kind, query, settings, cursor)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      organizationId,
      id,
      credentials ? accountId : null,
      connector.kind,
      connector.network,
      kind,
      query,
      credentials ? {} : settings,
      JSON.stringify(reading.beginning),
    ],
  );

  return {
    /** Reads everything from the stored cursor; `meddle` may change a batch, `over` stands in for the database. */
    async read({ meddle = asItIs, over = database, through = servicesFor }: Way = {}): Promise<void> {
      const stored = await drivenSource(system, vault, id);
      // A stream on which nothing follows never ends by itself.
      if (connector.listen && reading.isAtEnd(JSON.parse(stored!.cursor!))) return;
      const registry = connectorRegistry([connector], through);
      const turn = new Reading(
        { database: over, registry, vault, log },
        stored!,
        connector,
        scope,
        connector.listen ? 'stream' : 'poll',
      );
      const abort = new AbortController();
      for await (const batch of batchesOf(connector, turn.context(abort.signal), turn.cursor)) {
        await turn.store(meddle(batch));
        if (reading.isAtEnd(batch.cursor)) abort.abort();
      }
    },
    rewind: () => system.query('update sources set cursor = $2 where id = $1', [id, JSON.stringify(reading.beginning)]),
    /** Everything that must not be lost or doubled. */
    async kept() {
      const posts = await system.query(
        `select external_id, revision, text, parent_external_id, deleted_at is not null as deleted, edited_at is not null as edited
           from posts where organization_id = $1 order by external_id`,
        [organizationId],
      );
      const told = await system.query(
        `select type, count(*)::integer as count from events where organization_id = $1 and type like 'post.%' group by type order by type`,
        [organizationId],
      );
      const interactions = await system.query(
        `select i.kind, p.external_id as post, f.external_id as "from", t.external_id as "to"
           from interactions i left join posts p on p.organization_id = i.organization_id and p.id = i.post_id
           join social_identities f on f.organization_id = i.organization_id and f.id = i.from_identity_id
           join social_identities t on t.organization_id = i.organization_id and t.id = i.to_identity_id
          where i.organization_id = $1 order by 1, 2, 3, 4`,
        [organizationId],
      );
      return { posts: posts.rows, told: told.rows, interactions: interactions.rows };
    },
    gaps: async () =>
      (await system.query('select reason from source_gaps where organization_id = $1', [organizationId])).rows,
  };
}

export function batchesOf(
  connector: AnyConnector,
  context: ConnectorContext<unknown>,
  cursor: unknown,
): AsyncIterable<Batch<unknown>> {
  return (connector.listen ?? connector.poll)!.call(connector, context, cursor);
}

/** A database that dies before it commits the nth transaction. */
export function dyingAt(database: Database, nth: number): Database {
  let transactions = 0;
  return new Proxy(database, {
    get(target, name) {
      if (name !== 'write') return Reflect.get(target, name);
      return (scope: never, work: (tx: never) => Promise<unknown>) =>
        target.write(scope, async tx => {
          const result = await work(tx as never);
          transactions += 1;
          if (transactions === nth) throw new Error('killed');
          return result;
        });
    },
  });
}
