import 'reflect-metadata';
import { EventFeed, onEventsCommitted } from './events/index.js';
import { buildVinculoSchema } from './graphql/schema.js';
import { type ContextFactory, type HttpServer, openHttpServer } from './graphql/server.js';
import { Member, Organization, RequestContext, Team, type Viewer } from './modules/access/index.js';
import { Customer, CustomerResolver } from './modules/customers/index.js';
import {
  Conversation,
  CustomerPostsResolver,
  IdentityPostsResolver,
  Post,
  PostResolver,
  SocialIdentity,
} from './modules/social/index.js';
import type { Config } from './platform/config.js';
import { Database } from './platform/database/database.js';
import type { Logger } from './platform/logger.js';
import { CursorSeal } from './platform/paging/index.js';
import { openKeyRing } from './platform/secrets.js';

/** Every stored class, for TypeORM. */
export const entities = [Organization, Team, Member, Customer, SocialIdentity, Conversation, Post];

/** Every resolver, wired by hand. */
export function resolvers(): object[] {
  return [new CustomerResolver(), new PostResolver(), new CustomerPostsResolver(), new IdentityPostsResolver()];
}

export interface AppOptions {
  config: Config;
  ownerUrl: string;
  appUrl?: string;
  log: Logger;
  /** Who is behind a credential: null when there is none; UNAUTHENTICATED when it is not valid. */
  identify: (authorization: string | undefined) => Promise<Viewer | null>;
}

export interface App {
  database: Database;
  feed: EventFeed;
  server: HttpServer;
  close(): Promise<void>;
}

/** The composition root: opens what the product is made of, in order, and closes it in the opposite one. */
export async function openApp({ config, ownerUrl, appUrl, log, identify }: AppOptions): Promise<App> {
  const database = await Database.open({ ownerUrl, appUrl, entities, poolSize: config.DATABASE_POOL_SIZE });
  const keys = await openKeyRing(database.system, config.SECRET_KEY);
  const seal = new CursorSeal(keys.key('cursors'));
  const feed = new EventFeed(ownerUrl, database.system, log);
  await feed.start();
  onEventsCommitted(() => feed.wake());
  const createContext: ContextFactory = async ({ authorization, language, requestId }) =>
    new RequestContext({
      database,
      seal,
      language,
      requestId,
      log: log.child({ requestId }),
      viewer: await identify(authorization),
    });
  const server = await openHttpServer({ config, schema: buildVinculoSchema(resolvers()), createContext, log });
  return {
    database,
    feed,
    server,
    async close() {
      await server.fastify.close();
      await feed.stop();
      await database.close();
    },
  };
}
