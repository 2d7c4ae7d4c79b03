import pg from 'pg';
import { DataSource, type EntityManager, type MixedList, QueryFailedError } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { sqlState } from '../errors.js';
import type { Run } from '../paging/list.js';
import { SnakeNaming } from './naming.js';
import { isForFew, StatementNames } from './statement.names.js';

// biome-ignore lint/complexity/noBannedTypes: TypeORM's own type for entity classes
type EntityClass = Function;

export interface DatabaseOptions {
  /** The owner of the tables: migrations, background work, the event feed, credentials. */
  ownerUrl: string;
  /** A login that owns nothing; without it the owner's login drops to the role `vinculo_app` at connection time. */
  appUrl?: string;
  entities: MixedList<EntityClass>;
  poolSize: number;
}

/** Who acts, in which organisation: what row-level security and the audit log see of an operation. */
export interface Scope {
  organizationId: string;
  /** `user:<id>`, `key:<id>`, `client:<id>`, `customer:<id>`, `system:<what>`. */
  actor: string;
  requestId: string;
}

/** One write transaction. Everything inside takes it; nothing outside sees a part of it. */
export interface Tx {
  readonly manager: EntityManager;
  readonly scope: Scope;
  query<Row = Record<string, unknown>>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  /** Runs once the transaction is committed; never when it is rolled back. */
  afterCommit(work: () => void): void;
}

/** Timestamps stay text, cut to RFC 3339: parsing them costs more than printing them, and microseconds survive in cursors. */
const readTypes = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === pg.types.builtins.TIMESTAMPTZ) {
      return (value: string) =>
        value.endsWith('+00') ? `${value.slice(0, 10)}T${value.slice(11, -3)}Z` : new Date(value).toISOString();
    }
    // Tables have jsonb only; a json column is one that its reader parses when, and if, it is needed.
    if (oid === pg.types.builtins.JSON) return (value: string) => value;
    if (oid === pg.types.builtins.DATE) return (value: string) => value;
    if (oid === pg.types.builtins.INT8) return Number;
    return pg.types.getTypeParser(oid, format as 'text');
  },
};

/** Who reads a snapshot and then lets it wait longer than this has gone; vacuum waits for whoever stays. */
const SNAPSHOT_IDLE = '60s';

/** Reads that may wait for one another on one connection. */
const MOST_SHARING = 8;

interface SharedConnection {
  organizationId: string;
  client: Promise<TaggedClient>;
  taken: number;
  left: number;
}

type TaggedClient = pg.PoolClient & { organizationId?: string };

const RETRIED = new Set(['40001', '40P01']);
const ATTEMPTS = 4;

export class Database {
  private readonly names = new StatementNames('read');
  private readonly writeNames = new StatementNames('write');
  private shared: SharedConnection | undefined;

  private constructor(
    /** TypeORM's model over the requests' role. */
    readonly dataSource: DataSource,
    /** The owner's connections; never used to answer what a person asked. */
    readonly system: pg.Pool,
  ) {}

  static async open(options: DatabaseOptions): Promise<Database> {
    const dataSource = new DataSource({
      type: 'postgres',
      ...(options.appUrl ? { url: options.appUrl } : { url: options.ownerUrl }),
      entities: options.entities,
      namingStrategy: new SnakeNaming(),
      poolSize: options.poolSize,
      applicationName: 'vinculo',
      logging: false,
      extra: {
        options: `${options.appUrl ? '' : '-c role=vinculo_app '}-c timezone=UTC -c statement_timeout=30000`,
        connectionTimeoutMillis: 10_000,
        // A new connection costs some 20 ms and has to prepare its statements again.
        idleTimeoutMillis: 300_000,
        keepAlive: true,
        pipeline: true,
      },
    });
    await dataSource.initialize();
    const system = new pg.Pool({
      connectionString: options.ownerUrl,
      max: 6,
      application_name: 'vinculo-system',
      options: '-c timezone=UTC',
    });
    // A connection the server closes while idle must not end the process.
    system.on('error', () => {});
    return new Database(dataSource, system);
  }

  private get pool(): pg.Pool {
    return (this.dataSource.driver as PostgresDriver).master as pg.Pool;
  }

  get poolState(): { total: number; idle: number; waiting: number } {
    return { total: this.pool.totalCount, idle: this.pool.idleCount, waiting: this.pool.waitingCount };
  }

  /**
   * Rows for one organisation. A pooled connection keeps the organisation it last served, so naming it again costs nothing;
   * it is never handed out for another one without being told first.
   */
  async read<Row>(scope: Scope, sql: string, parameters: unknown[] = [], name?: string): Promise<Row[]> {
    const shared = this.share(scope.organizationId);
    const client = await shared.client;
    try {
      const result = await client.query<Row & pg.QueryResultRow>({
        name: name ?? this.names.of(sql),
        text: sql,
        values: parameters,
        types: readTypes,
      });
      return result.rows;
    } finally {
      shared.left--;
      if (shared.left === 0) {
        if (this.shared === shared) this.shared = undefined;
        client.release();
      }
    }
  }

  /** What `read` answers, on a connection of its own: for a statement that takes long, so that nothing waits behind it. */
  async readApart<Row>(scope: Scope, sql: string, parameters: unknown[] = []): Promise<Row[]> {
    const client = await this.connectionFor(scope.organizationId);
    try {
      const name = this.names.of(sql);
      const result = await client.query<Row & pg.QueryResultRow>({
        name,
        text: sql,
        values: parameters,
        types: readTypes,
      });
      return result.rows;
    } finally {
      client.release();
    }
  }

  /**
   * What `read` yields, all of it out of one moment of the database: many statements, on a connection of its own, that see nothing
   * of what is written meanwhile. Over when it ends, fails, or whoever takes what it yields no longer does.
   */
  async *snapshot<Piece>(scope: Scope, read: (run: Run) => AsyncIterable<Piece>): AsyncGenerator<Piece, void, void> {
    const client = await this.connectionFor(scope.organizationId);
    // A connection that is cut while nothing is asked of it says so by an event.
    const ignore = () => {};
    client.on('error', ignore);
    let broken: Error | undefined;
    try {
      await client.query('begin isolation level repeatable read read only');
      await client.query(`set local idle_in_transaction_session_timeout = '${SNAPSHOT_IDLE}'`);
      yield* read(async <Row>(sql: string, values: unknown[]) => {
        const result = await client.query<Row & pg.QueryResultRow>({ text: sql, values, types: readTypes });
        return result.rows;
      });
    } finally {
      await client.query('rollback').catch((error: Error) => {
        broken = error;
      });
      client.off('error', ignore);
      client.release(broken);
    }
  }

  /**
   * A connection for the reads of one organisation that begin in one turn of the event loop: sent one after the other without
   * waiting for answers, they cost one wake-up of PostgreSQL instead of one each.
   */
  private share(organizationId: string): SharedConnection {
    const known = this.shared;
    if (known?.organizationId === organizationId && known.taken < MOST_SHARING) {
      known.taken++;
      known.left++;
      return known;
    }
    const shared: SharedConnection = { organizationId, client: this.connectionFor(organizationId), taken: 1, left: 1 };
    this.shared = shared;
    setImmediate(() => {
      if (this.shared === shared) this.shared = undefined;
    });
    return shared;
  }

  private async connectionFor(organizationId: string): Promise<TaggedClient> {
    const client = (await this.pool.connect()) as TaggedClient;
    if (client.organizationId === organizationId) return client;
    try {
      client.organizationId = undefined;
      await client.query("select set_config('app.organization_id', $1, false)", [organizationId]);
      client.organizationId = organizationId;
      return client;
    } catch (error) {
      client.release(error as Error);
      throw error;
    }
  }

  /** One transaction for `scope`, tried again when the database asks for it (serialisation failure, deadlock). */
  async write<Result>(scope: Scope, work: (tx: Tx) => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(scope, work);
      } catch (error) {
        if (attempt === ATTEMPTS || !RETRIED.has(sqlState(error) ?? '')) throw error;
        await new Promise(done => setTimeout(done, Math.random() * 50 * 2 ** attempt));
      }
    }
  }

  private async attempt<Result>(scope: Scope, work: (tx: Tx) => Promise<Result>): Promise<Result> {
    const runner = this.dataSource.createQueryRunner();
    const committed: (() => void)[] = [];
    try {
      const client: pg.PoolClient = await runner.connect();
      await runner.startTransaction();
      await runner.query(
        "select set_config('app.organization_id', $1, true), set_config('app.actor', $2, true), set_config('app.request_id', $3, true)",
        [scope.organizationId, scope.actor, scope.requestId],
      );
      const result = await work({
        manager: runner.manager,
        scope,
        query: (sql, parameters) => this.send(client, sql, parameters),
        afterCommit: callback => committed.push(callback),
      });
      await runner.commitTransaction();
      for (const callback of committed) callback();
      return result;
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => {});
      throw error;
    } finally {
      await runner.release();
    }
  }

  /** One statement of a transaction, prepared when it comes again. Planning one takes longer than running it for a record or a few. */
  private async send<Row>(client: pg.PoolClient, text: string, values: unknown[] | undefined): Promise<Row[]> {
    const name = values && isForFew(values) ? this.writeNames.of(text) : undefined;
    try {
      return (await client.query<Row & pg.QueryResultRow>({ name, text, values })).rows;
    } catch (error) {
      // As TypeORM says it of what goes through its own manager.
      throw new QueryFailedError(text, values, error as Error);
    }
  }

  async close(): Promise<void> {
    await this.dataSource.destroy();
    await this.system.end();
  }
}
