import 'reflect-metadata';
import { registerChat } from '../integrations/web/chat.routes.js';
import { connectors } from './app.connectors.js';
import { erpAdapters } from './app.erps.js';
import { openDispatch, type SendingTimes } from './dispatch/dispatch.js';
import { type ErpEngine, type ErpOptions, openErp } from './erp/erp.js';
import type { ErpAdapter } from './erp/port.js';
import { EventFeed, expireEvents, onEventsCommitted } from './events/index.js';
import { registerAuthRoutes } from './graphql/auth-routes.js';
import { FeedResolver } from './graphql/feed.resolver.js';
import { registerGraphExport } from './graphql/graph-export.js';
import { registerHealth } from './graphql/health.js';
import { StreamHub } from './graphql/hub.js';
import { registerMedia } from './graphql/media-files.js';
import { NodeResolver } from './graphql/node.resolver.js';
import { registerQuotePages } from './graphql/quote-pages.js';
import { buildVinculoSchema } from './graphql/schema.js';
import { type ContextFactory, type HttpServer, openHttpServer } from './graphql/server.js';
import { registerSetupPages } from './graphql/setup-pages.js';
import { registerSignInPages } from './graphql/sign-in-pages.js';
import { openSockets } from './graphql/sockets.js';
import type { AnyConnector } from './ingest/connector.js';
import { hookSecrets } from './ingest/hook.secrets.js';
import { channelServices } from './ingest/limits.js';
import type { ConnectorRegistry } from './ingest/registry.js';
import { openSubscriptions } from './ingest/subscribing.js';
import { openSync } from './ingest/sync.js';
import { Visitors } from './ingest/visitors.js';
import { parseTask } from './ingest/webhook.parsing.js';
import { REFETCH_TASK, refetchTask } from './ingest/webhook.refetch.js';
import { registerHooks } from './ingest/webhook.routes.js';
import { Webhooks } from './ingest/webhooks.js';
import {
  type Access,
  accessEntities,
  accessResolvers,
  forgetIdempotencyKeys,
  openAccess,
  RequestContext,
} from './modules/access/index.js';
import { activityEntities, activityResolvers } from './modules/activities/index.js';
import { customerEntities, customerResolvers } from './modules/customers/index.js';
import { erpEntities, erpResolvers } from './modules/erp/index.js';
import { graphEntities, graphResolvers, openGraphKeeper, RUN_GRAPH, runGraph } from './modules/graph/index.js';
import {
  LOOK_AGAIN,
  lookAgain,
  matchingEntities,
  matchingResolvers,
  openMatching,
  TRAIN_MATCHING,
  trainOutdated,
} from './modules/matching/index.js';
import {
  EXPIRE_QUOTES,
  expireQuotes,
  RENEW_CONTRACTS,
  RESCORE_LEADS,
  renewContracts,
  rescoreLeads,
  salesEntities,
  salesResolvers,
} from './modules/sales/index.js';
import {
  accountsToRenew,
  type Connecting,
  channelAccount,
  expireDeliveries,
  forgetDeletions,
  forgetSignIns,
  type Outbox,
  PARSE_TASK,
  RENEW_TASK,
  readForgotten,
  renewAccess,
  sentimentModelOf,
  socialEntities,
  socialResolvers,
  TRAIN_SENTIMENT,
  trainOnCorrections,
} from './modules/social/index.js';
import { type Config, publicUrl } from './platform/config.js';
import { Database, type Scope } from './platform/database/database.js';
import { openWorker, type Worker } from './platform/jobs.js';
import type { Logger } from './platform/logger.js';
import { openOutbound } from './platform/outbound.js';
import { CursorSeal } from './platform/paging/index.js';
import { digestWith, openKeyRing } from './platform/secrets.js';
import { configuredVault, type Vault } from './platform/vault.js';

/** Every stored class, for TypeORM. */
export const entities = [
  ...accessEntities,
  ...customerEntities,
  ...socialEntities,
  ...graphEntities,
  ...matchingEntities,
  ...activityEntities,
  ...salesEntities,
  ...erpEntities,
];

interface ResolverParts {
  access: Access;
  outbox: Outbox;
  connecting: Connecting;
  erp: ErpEngine;
  feed: EventFeed;
  hub: StreamHub;
  ownerUrl: string;
}

/** Every resolver, wired by hand. Without its parts they make the schema only. */
export function resolvers(parts: Partial<ResolverParts> = {}): object[] {
  const { access, outbox, connecting, erp, feed, hub, ownerUrl } = parts;
  return [
    new NodeResolver(),
    new FeedResolver(feed ?? null, hub ?? null),
    ...accessResolvers(access),
    ...customerResolvers(access),
    ...socialResolvers(outbox, connecting),
    ...graphResolvers(ownerUrl),
    ...matchingResolvers(),
    ...activityResolvers(),
    ...salesResolvers(connecting?.publicUrl ?? ''),
    ...erpResolvers(erp?.desk),
  ];
}

export interface BackgroundOptions {
  config: Config;
  ownerUrl: string;
  database: Database;
  access: Access;
  feed: EventFeed;
  registry: ConnectorRegistry;
  vault: Vault;
  hookSecret: (accountId: string) => string;
  log: Logger;
  sending?: SendingTimes | undefined;
  erp: ErpEngine;
}

/** Everything that runs without being asked: sources, retention, learning. Stopping waits for what is in flight. */
export async function openBackground(options: BackgroundOptions): Promise<Worker> {
  const { config, ownerUrl, database, access, feed, registry, vault, hookSecret, log } = options;
  const reading = {
    database,
    registry,
    vault,
    log,
    modelOf: (scope: Scope) => sentimentModelOf(database, scope),
  };
  const sync = openSync({
    ...reading,
    ownerUrl,
    onSourceChanged: listener =>
      feed.listen(events => {
        if (events.some(event => event.type === 'source.changed')) listener();
      }),
  });
  const dispatch = openDispatch({
    database,
    registry,
    vault,
    ...options.sending,
    // An address that only this machine knows is of no use to a network.
    hookOf: ({ id, hookKey }) => ({
      hookSecret: hookSecret(id),
      ...(config.PUBLIC_URL && { hookUrl: `${publicUrl(config)}/hooks/${hookKey}` }),
    }),
  });
  const subscriptions = openSubscriptions({
    database,
    registry,
    vault,
    publicUrl: publicUrl(config),
    hookSecret,
    log,
  });
  const worker = await openWorker({
    ownerUrl,
    log,
    tasks: {
      ...sync.tasks,
      ...subscriptions.tasks,
      [RENEW_TASK]: ({ accountId }: { accountId: string }, job) =>
        renewAccess({ database, vault, channels: registry, log: job.log }, job.scope, accountId),
      'accounts:renew': async () => {
        await accountsToRenew(database.system);
        await forgetSignIns(database);
      },
      [PARSE_TASK]: parseTask({ ...reading, hookSecret, publicUrl: publicUrl(config) }),
      [REFETCH_TASK]: refetchTask({ ...reading, hookSecret, publicUrl: publicUrl(config) }),
      'hooks:expire': async () => {
        await expireDeliveries(database.system, config.HOOK_RETENTION_DAYS, config.FAILED_HOOK_RETENTION_DAYS);
        await readForgotten(database.system);
      },
      ...dispatch.tasks,
      ...options.erp.tasks,
      [TRAIN_SENTIMENT]: async (_payload, job) => void (await trainOnCorrections(database, job.scope)),
      [RUN_GRAPH]: (payload, job) => runGraph(payload, { system: database.system, ownerUrl }, job),
      [TRAIN_MATCHING]: async () => trainOutdated(database),
      [LOOK_AGAIN]: async (_payload, job) => lookAgain(database, job.scope),
      [RESCORE_LEADS]: async (_payload, job) => rescoreLeads(database, job.signal),
      [EXPIRE_QUOTES]: async () => expireQuotes(database),
      [RENEW_CONTRACTS]: async () => renewContracts(database),
      // What `doctor` sends round to see whether work is done.
      'diagnostics.ping': async () => {},
      'events:expire': async () => {
        await expireEvents(database.system, config.EVENT_RETENTION_HOURS);
        await forgetDeletions(database.system, config.EVENT_RETENTION_HOURS);
      },
      'credentials:expire': async () => void (await access.sweep()),
      'idempotency:expire': async () => void (await forgetIdempotencyKeys(database.system)),
    },
    crontab: [
      sync.crontab,
      dispatch.crontab,
      options.erp.crontab,
      subscriptions.crontab,
      '* * * * * accounts:renew ?jobKey=accounts:renew',
      `* * * * * ${RESCORE_LEADS} ?jobKey=${RESCORE_LEADS}`,
      '7 * * * * events:expire ?jobKey=events:expire',
      '27 * * * * hooks:expire ?jobKey=hooks:expire',
      '17 * * * * credentials:expire ?jobKey=credentials:expire',
      '37 * * * * idempotency:expire ?jobKey=idempotency:expire',
      `33 * * * * ${RENEW_CONTRACTS} ?jobKey=${RENEW_CONTRACTS}`,
      `13 * * * * ${EXPIRE_QUOTES} ?jobKey=${EXPIRE_QUOTES}`,
      `23 3 * * * ${TRAIN_MATCHING} ?jobKey=${TRAIN_MATCHING}`,
    ].join('\n'),
  });
  sync.start();
  const graph = openGraphKeeper(database, log);
  const matching = openMatching({ database, log });
  return {
    async stop() {
      await Promise.all([sync.stop(), graph.stop(), matching.stop(), worker.stop()]);
    },
  };
}

export interface AppOptions {
  config: Config;
  ownerUrl: string;
  appUrl?: string;
  log: Logger;
  sending?: SendingTimes;
  /** Adapters beside those of the product. */
  adapters?: readonly AnyConnector[];
  /** ERP adapters beside those of the product. */
  erps?: readonly ErpAdapter[];
  erpTimes?: Pick<ErpOptions, 'batch' | 'leaseMs' | 'answerMs' | 'claimMs'>;
}

export interface App {
  database: Database;
  access: Access;
  feed: EventFeed;
  server: HttpServer;
  hub: StreamHub;
  close(): Promise<void>;
}

/** The composition root: opens what the product is made of, in order, and closes it in the opposite one, also half-way. */
export async function openApp({ config, ownerUrl, appUrl, log, ...more }: AppOptions): Promise<App> {
  await using opened = new AsyncDisposableStack();
  const database = opened.adopt(
    await Database.open({ ownerUrl, appUrl, entities, poolSize: config.DATABASE_POOL_SIZE }),
    it => it.close(),
  );
  const keys = await openKeyRing(database.system, config.SECRET_KEY);
  const seal = new CursorSeal(keys.key('cursors'));
  const feed = opened.adopt(new EventFeed(ownerUrl, database.system, log), it => it.stop());
  await feed.start();
  onEventsCommitted(() => feed.wake());
  const access = opened.adopt(
    await openAccess({
      database,
      secret: keys.key('credentials').toString('base64url'),
      baseUrl: publicUrl(config),
      log,
    }),
    it => it.close(),
  );
  const createContext: ContextFactory = async ({ language, requestId, ...shown }) =>
    new RequestContext({
      database,
      seal,
      language,
      requestId,
      log: log.child({ requestId }),
      viewer: await access.identify(shown),
      clientIp: shown.clientIp,
    });
  const outbound = opened.adopt(
    openOutbound({ allowPrivateAddresses: config.ALLOW_PRIVATE_ADDRESSES, userAgent: 'Vinculo/0.1', log }),
    it => it.close(),
  );
  const registry = connectors(config, outbound, channelServices(database.system, outbound), more.adapters);
  const vault = configuredVault(config, keys);
  const hookSecret = hookSecrets(keys.key('hooks'));
  const connecting: Connecting = {
    system: database.system,
    vault,
    digest: digestWith(keys.key('secrets of inputs')),
    publicUrl: publicUrl(config),
    redirectOrigins: config.OAUTH_REDIRECT_ORIGINS,
  };
  const erp = openErp(
    {
      database,
      system: database.system,
      vault,
      outbound,
      adapters: [...erpAdapters(), ...(more.erps ?? [])],
      folder: config.ERP_FOLDER,
      ...more.erpTimes,
    },
    connecting.digest,
  );
  if (config.WORKER === 'inline') {
    opened.defer(feed.listen(events => erp.onEvents(events)));
    const { sending } = more;
    opened.adopt(
      await openBackground({
        config,
        ownerUrl,
        database,
        access,
        feed,
        registry,
        vault,
        hookSecret,
        log,
        sending,
        erp,
      }),
      it => it.stop(),
    );
  }
  const outbox = {
    channels: registry,
    accountOf: (accountId: string) => channelAccount(database.system, vault, { id: accountId }),
  };
  const hub = opened.adopt(new StreamHub(feed, seal), it => it.close());
  const schema = buildVinculoSchema(resolvers({ access, outbox, connecting, erp, feed, hub, ownerUrl }));
  const server = await openHttpServer({ config, schema, createContext, log });
  opened.defer(() => server.fastify.close());
  const sockets = opened.adopt(openSockets({ config, http: server, hub, createContext, log }), it => it.close());
  registerAuthRoutes(server.fastify, access);
  registerSetupPages(server.fastify, access);
  registerSignInPages(server, { connecting, channels: registry, database });
  registerQuotePages(server, { database, access });
  registerGraphExport(server.fastify, request => server.contextOf(request));
  registerMedia(server.fastify, request => server.contextOf(request));
  const hooks = new Webhooks({ database, registry, vault, hookSecret, publicUrl: publicUrl(config), log });
  registerHooks(server.fastify, hooks, { publicUrl: publicUrl(config), maxBytes: config.MAX_HOOK_BYTES });
  const visitors = opened.adopt(
    new Visitors({
      database,
      registry,
      vault,
      hookSecret,
      publicUrl: publicUrl(config),
      onEvents: listener => feed.listen(listener),
      log,
    }),
    it => it.close(),
  );
  registerChat(server.fastify, {
    find: key => visitors.find(key),
    messages: (site, visitor) => visitors.messages(site, visitor),
    change: (site, visitor, ms, signal) => visitors.change(site, visitor, ms, signal),
    told: (site, receipts, requestId) => visitors.told(site, receipts, requestId),
    receive: call => hooks.receive(call),
  });
  registerHealth(server.fastify, { database, feed, hub, sockets });
  const everything = opened.move();
  return { database, access, feed, server, hub, close: () => everything.disposeAsync() };
}
