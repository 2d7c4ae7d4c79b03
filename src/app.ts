import 'reflect-metadata';
import { asteriskConnector } from '../integrations/asterisk/connector.js';
import { blueskyConnector } from '../integrations/bluesky/connector.js';
import { feedConnector } from '../integrations/feed/connector.js';
import { hackerNewsConnector } from '../integrations/hackernews/connector.js';
import { hylafaxConnector } from '../integrations/hylafax/connector.js';
import { kannelConnector } from '../integrations/kannel/connector.js';
import { facebookConnector } from '../integrations/meta/facebook.connector.js';
import { instagramConnector } from '../integrations/meta/instagram.connector.js';
import { whatsappConnector } from '../integrations/meta/whatsapp.connector.js';
import { phaxioConnector } from '../integrations/phaxio/connector.js';
import { smppConnector } from '../integrations/smpp/connector.js';
import { telegramConnector } from '../integrations/telegram/connector.js';
import { twilioConnector } from '../integrations/twilio/connector.js';
import { twilioVoiceConnector } from '../integrations/twilio/voice.connector.js';
import { youtubeConnector } from '../integrations/youtube/connector.js';
import { EventFeed, expireEvents, onEventsCommitted } from './events/index.js';
import { registerAuthRoutes } from './graphql/auth-routes.js';
import { FeedResolver } from './graphql/feed.resolver.js';
import { registerGraphExport } from './graphql/graph-export.js';
import { registerHealth } from './graphql/health.js';
import { StreamHub } from './graphql/hub.js';
import { NodeResolver } from './graphql/node.resolver.js';
import { buildVinculoSchema } from './graphql/schema.js';
import { type ContextFactory, type HttpServer, openHttpServer } from './graphql/server.js';
import { registerSetupPages } from './graphql/setup-pages.js';
import { openSockets } from './graphql/sockets.js';
import { FREE, UNLIMITED } from './ingest/context.js';
import { type ConnectorRegistry, connectorRegistry } from './ingest/registry.js';
import { openSync } from './ingest/sync.js';
import {
  type Access,
  accessEntities,
  accessResolvers,
  forgetIdempotencyKeys,
  openAccess,
  RequestContext,
} from './modules/access/index.js';
import { customerEntities, customerResolvers } from './modules/customers/index.js';
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
  type ChannelDirectory,
  forgetDeletions,
  sentimentModelOf,
  socialEntities,
  socialResolvers,
  TRAIN_SENTIMENT,
  trainOnCorrections,
} from './modules/social/index.js';
import { type Config, publicUrl } from './platform/config.js';
import { Database } from './platform/database/database.js';
import { openWorker, type Worker } from './platform/jobs.js';
import type { Logger } from './platform/logger.js';
import { type Outbound, openOutbound } from './platform/outbound.js';
import { CursorSeal } from './platform/paging/index.js';
import { openKeyRing } from './platform/secrets.js';
import { openVault, type Vault } from './platform/vault.js';

/** Every stored class, for TypeORM. */
export const entities = [
  ...accessEntities,
  ...customerEntities,
  ...socialEntities,
  ...graphEntities,
  ...matchingEntities,
];

interface ResolverParts {
  access: Access;
  channels: ChannelDirectory;
  feed: EventFeed;
  hub: StreamHub;
  ownerUrl: string;
}

/** Every resolver, wired by hand. Without its parts they make the schema only. */
export function resolvers(parts: Partial<ResolverParts> = {}): object[] {
  const { access, channels, feed, hub, ownerUrl } = parts;
  return [
    new NodeResolver(),
    new FeedResolver(feed ?? null, hub ?? null),
    ...accessResolvers(access),
    ...customerResolvers(access),
    ...socialResolvers(channels),
    ...graphResolvers(ownerUrl),
    ...matchingResolvers(),
  ];
}

/** Every adapter there is, with what it needs of the configuration. Outsiders' addresses are fetched through `outbound` only. */
export function connectors(config: Config, outbound: Outbound): ConnectorRegistry {
  const all = [
    feedConnector({ outbound }),
    blueskyConnector({ jetstreamUrl: config.BLUESKY_JETSTREAM_URL, appViewUrl: config.BLUESKY_APPVIEW_URL }),
    telegramConnector(),
    twilioConnector(),
    kannelConnector(),
    smppConnector(),
    facebookConnector(),
    instagramConnector(),
    whatsappConnector(),
    youtubeConnector(),
    hackerNewsConnector(),
    twilioVoiceConnector(),
    asteriskConnector({ allowPrivateAddresses: config.ALLOW_PRIVATE_ADDRESSES }),
    phaxioConnector(),
    hylafaxConnector({ allowPrivateAddresses: config.ALLOW_PRIVATE_ADDRESSES }),
  ];
  return connectorRegistry(all, { outbound, limits: UNLIMITED, costs: FREE });
}

export interface BackgroundOptions {
  config: Config;
  ownerUrl: string;
  database: Database;
  access: Access;
  feed: EventFeed;
  registry: ConnectorRegistry;
  vault: Vault;
  log: Logger;
}

/** Everything that runs without being asked: sources, retention, learning. Stopping waits for what is in flight. */
export async function openBackground(options: BackgroundOptions): Promise<Worker> {
  const { config, ownerUrl, database, access, feed, registry, vault, log } = options;
  const sync = openSync({
    database,
    registry,
    vault,
    ownerUrl,
    log,
    modelOf: scope => sentimentModelOf(database, scope),
    onSourceChanged: listener =>
      feed.listen(events => {
        if (events.some(event => event.type === 'source.changed')) listener();
      }),
  });
  const worker = await openWorker({
    ownerUrl,
    log,
    tasks: {
      ...sync.tasks,
      [TRAIN_SENTIMENT]: async (_payload, job) => void (await trainOnCorrections(database, job.scope)),
      [RUN_GRAPH]: (payload, job) => runGraph(payload, { system: database.system, ownerUrl }, job),
      [TRAIN_MATCHING]: async () => trainOutdated(database),
      [LOOK_AGAIN]: async (_payload, job) => lookAgain(database, job.scope),
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
      '7 * * * * events:expire ?jobKey=events:expire',
      '17 * * * * credentials:expire ?jobKey=credentials:expire',
      '37 * * * * idempotency:expire ?jobKey=idempotency:expire',
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
export async function openApp({ config, ownerUrl, appUrl, log }: AppOptions): Promise<App> {
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
  const registry = connectors(config, outbound);
  const vault = openVault(config.CREDENTIALS_KEY ?? keys.key('account credentials'), config.CREDENTIALS_KEYS_BEFORE);
  if (config.WORKER === 'inline') {
    opened.adopt(await openBackground({ config, ownerUrl, database, access, feed, registry, vault, log }), it =>
      it.stop(),
    );
  }
  const hub = opened.adopt(new StreamHub(feed, seal), it => it.close());
  const schema = buildVinculoSchema(resolvers({ access, channels: registry, feed, hub, ownerUrl }));
  const server = await openHttpServer({ config, schema, createContext, log });
  opened.defer(() => server.fastify.close());
  const sockets = opened.adopt(openSockets({ config, http: server, hub, createContext, log }), it => it.close());
  registerAuthRoutes(server.fastify, access);
  registerSetupPages(server.fastify, access);
  registerGraphExport(server.fastify, request => server.contextOf(request));
  registerHealth(server.fastify, { database, feed, hub, sockets });
  const everything = opened.move();
  return { database, access, feed, server, hub, close: () => everything.disposeAsync() };
}
