import 'reflect-metadata';
import { registerChat } from '../integrations/web/chat.routes.js';
import { openBackground } from './app.background.js';
import { connectors } from './app.connectors.js';
import { erpAdapters } from './app.erps.js';
import { type SendingTimes } from './dispatch/dispatch.js';
import { type ErpEngine, type ErpOptions, openErp } from './erp/erp.js';
import type { ErpAdapter } from './erp/port.js';
import { EventFeed, onEventsCommitted } from './events/index.js';
import { registerAttachments } from './graphql/attachment-files.js';
import { registerAuthRoutes } from './graphql/auth-routes.js';
import { registerCalendars } from './graphql/calendar-files.js';
import { FeedResolver } from './graphql/feed.resolver.js';
import { FileStreams } from './graphql/file-streams.js';
import { registerGraphExport } from './graphql/graph-export.js';
import { registerHealth } from './graphql/health.js';
import { registerHelpPages } from './graphql/help-pages.js';
import { StreamHub } from './graphql/hub.js';
import { registerMedia } from './graphql/media-files.js';
import { NodeResolver } from './graphql/node.resolver.js';
import { registerPortalPages } from './graphql/portal-pages.js';
import { registerQuotePages } from './graphql/quote-pages.js';
import { registerRecordExport } from './graphql/record-export.js';
import { buildVinculoSchema } from './graphql/schema.js';
import { type ContextFactory, type HttpServer, openHttpServer } from './graphql/server.js';
import { registerSetupPages } from './graphql/setup-pages.js';
import { registerSignInPages } from './graphql/sign-in-pages.js';
import { openSockets } from './graphql/sockets.js';
import { registerSurveyPages } from './graphql/survey-pages.js';
import type { AnyConnector } from './ingest/connector.js';
import { hookSecrets } from './ingest/hook.secrets.js';
import { channelServices } from './ingest/limits.js';
import { Visitors } from './ingest/visitors.js';
import { registerHooks } from './ingest/webhook.routes.js';
import { Webhooks } from './ingest/webhooks.js';
import { type Access, accessEntities, accessResolvers, openAccess, RequestContext } from './modules/access/index.js';
import { activityEntities, activityResolvers } from './modules/activities/index.js';
import { customerEntities, customerResolvers } from './modules/customers/index.js';
import { erpEntities, erpResolvers } from './modules/erp/index.js';
import { graphEntities, graphResolvers } from './modules/graph/index.js';
import { matchingEntities, matchingResolvers } from './modules/matching/index.js';
import { salesEntities, salesResolvers } from './modules/sales/index.js';
import {
  type Connecting,
  channelAccount,
  type Outbox,
  socialEntities,
  socialResolvers,
} from './modules/social/index.js';
import { type Entrance, supportEntities, supportResolvers } from './modules/support/index.js';
import { type Config, publicUrl } from './platform/config.js';
import { Database } from './platform/database/database.js';
import type { Logger } from './platform/logger.js';
import { openOutbound } from './platform/outbound.js';
import { CursorSeal } from './platform/paging/index.js';
import { digestWith, openKeyRing } from './platform/secrets.js';
import { configuredVault } from './platform/vault.js';

/** Every stored class, for TypeORM. */
export const entities = [
  ...accessEntities,
  ...customerEntities,
  ...socialEntities,
  ...graphEntities,
  ...matchingEntities,
  ...activityEntities,
  ...salesEntities,
  ...supportEntities,
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
  entrance: Entrance;
}

/** Every resolver, wired by hand. Without its parts they make the schema only. */
export function resolvers(parts: Partial<ResolverParts> = {}): object[] {
  const { access, outbox, connecting, erp, feed, hub, ownerUrl, entrance } = parts;
  return [
    new NodeResolver(),
    new FeedResolver(feed ?? null, hub ?? null),
    ...accessResolvers(access),
    ...customerResolvers(access),
    ...socialResolvers(outbox, connecting),
    ...graphResolvers(ownerUrl),
    ...matchingResolvers(),
    ...activityResolvers(connecting?.publicUrl),
    ...salesResolvers(connecting?.publicUrl ?? ''),
    ...supportResolvers(outbox, entrance),
    ...erpResolvers(erp?.desk),
  ];
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
  const entrance: Entrance = { access, digest: digestWith(keys.key('portal')), publicUrl: publicUrl(config) };
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
        entrance,
      }),
      it => it.stop(),
    );
  }
  const outbox = {
    channels: registry,
    accountOf: (accountId: string) => channelAccount(database.system, vault, { id: accountId }),
  };
  const hub = opened.adopt(new StreamHub(feed, seal), it => it.close());
  const schema = buildVinculoSchema(resolvers({ access, outbox, connecting, erp, feed, hub, ownerUrl, entrance }));
  const server = await openHttpServer({ config, schema, createContext, log });
  opened.defer(() => server.fastify.close());
  const sockets = opened.adopt(openSockets({ config, http: server, hub, createContext, log }), it => it.close());
  registerAuthRoutes(server.fastify, access);
  registerSetupPages(server.fastify, access);
  registerSignInPages(server, { connecting, channels: registry, database });
  const streams = new FileStreams();
  registerGraphExport(server.fastify, request => server.contextOf(request), streams);
  registerRecordExport(server.fastify, request => server.contextOf(request), streams);
  registerPortalPages(server, { entrance, createContext });
  registerQuotePages(server, { database, access });
  registerSurveyPages(server, { database, access });
  registerHelpPages(server, { database, seal });
  registerMedia(server.fastify, request => server.contextOf(request));
  registerAttachments(server.fastify, request => server.contextOf(request));
  registerCalendars(server.fastify, access);
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
