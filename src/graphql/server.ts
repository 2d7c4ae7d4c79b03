import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import type { GatewayInterface } from '@apollo/server-gateway-interface';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import proxyAddr from '@fastify/proxy-addr';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { type GraphQLSchema, OperationTypeNode } from 'graphql';
import { overSocket } from '../events/index.js';
import type { Language, RequestContext } from '../modules/access/index.js';
import type { Config } from '../platform/config.js';
import { AppError, ERRORS, type ErrorCode } from '../platform/errors.js';
import type { Logger } from '../platform/logger.js';
import { subnetOf } from '../platform/subnet.js';
import { Allowance, type Spent } from './allowance.js';
import { Executor } from './execution.js';
import { formatError, inTable } from './format-error.js';
import { type Limits, measure } from './limits.js';

/** Makes the context of one operation from what came with it. Throws UNAUTHENTICATED for a credential that is not valid. */
export type ContextFactory = (input: {
  authorization: string | undefined;
  cookie?: string;
  /** Slug of the organisation to act in, for who belongs to several. */
  organization?: string;
  clientIp?: string;
  language: Language;
  requestId: string;
}) => Promise<RequestContext>;

export interface ServerOptions {
  config: Config;
  schema: GraphQLSchema;
  createContext: ContextFactory;
  log: Logger;
}

export interface HttpServer {
  fastify: FastifyInstance;
  executor: Executor;
  limits: Limits;
  /** Takes what an operation costs from the allowance of who asks. Throws RATE_LIMITED. */
  spend(context: RequestContext, cost: number): Spent;
  /** Where a request came from that is not one of Fastify's. */
  addressOf(request: IncomingMessage): string;
  /** Who asks by this request. Throws UNAUTHENTICATED for a credential that is not valid. */
  contextOf(request: FastifyRequest): Promise<RequestContext>;
}

/** HTTP: GraphQL by POST at /graphql. Sockets, health and pages are added by their own files. */
export async function openHttpServer({ config, schema, createContext, log }: ServerOptions): Promise<HttpServer> {
  const executor = new Executor(schema);
  const allowance = new Allowance(config.COST_PER_MINUTE);
  const allowanceOfNobody = new Allowance(config.ANONYMOUS_COST_PER_MINUTE);
  const spend: HttpServer['spend'] = (context, cost) =>
    (context.isAnonymous ? allowanceOfNobody : allowance).spend(callerOf(context), cost);
  const limits: Limits = {
    maxDepth: config.MAX_DEPTH,
    maxAliases: config.MAX_ALIASES,
    maxRootFields: config.MAX_ROOT_FIELDS,
    maxCost: config.MAX_COST,
  };
  // What a caller wrote itself stands before what the proxies added, and is not believed.
  const isProxy = (_address: string, at: number): boolean => at < config.TRUST_PROXY;
  const fastify = Fastify({
    bodyLimit: config.MAX_BODY_BYTES,
    genReqId: request => requestIdOf(request.headers['x-request-id']),
    requestTimeout: 60_000,
    trustProxy: isProxy,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 300 },
  });
  fastify.addHook('onSend', (request, reply, _payload, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const { id: requestId, method, routeOptions } = request;
    const milliseconds = Math.round(reply.elapsedTime * 10) / 10;
    log.info({ requestId, method, route: routeOptions.url, status: reply.statusCode, milliseconds }, 'request');
    done();
  });
  fastify.setErrorHandler((error: { statusCode?: number; message: string }, request, reply) => {
    const { id } = request;
    // What Fastify itself refuses says so in words that can be shown; what is ours is in the table or is a bug.
    const refused = !(error instanceof AppError) && error.statusCode && error.statusCode < 500;
    const shown = refused
      ? { message: error.message, extensions: { code: error.statusCode === 413 ? 'TOO_LARGE' : 'BAD_USER_INPUT' } }
      : formatError(error, log.child({ requestId: id }), id);
    const code = String(shown.extensions?.code);
    const status = refused ? error.statusCode! : code in ERRORS ? ERRORS[code as ErrorCode].status : 500;
    if (status === 401) reply.header('www-authenticate', 'Bearer');
    if (shown.extensions?.retryAfter) reply.header('retry-after', String(shown.extensions.retryAfter));
    return reply.code(status).send({ errors: [shown] });
  });

  const apollo = new ApolloServer<RequestContext>({
    gateway: compiledBy(executor),
    introspection: true,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: true,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: 10_000 },
    persistedQueries: false,
    logger: {
      debug() {},
      info() {},
      warn: message => log.warn({}, String(message)),
      error: message => log.error({}, String(message)),
    },
    formatError: inTable,
    plugins: [
      // It wraps every field of every answer, for hints nobody here gives.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      fastifyApolloDrainPlugin(fastify),
      accounting(schema, limits, spend, log),
    ],
  });
  await apollo.start();

  const contextOf = (request: FastifyRequest): Promise<RequestContext> =>
    createContext({
      authorization: request.headers.authorization,
      cookie: request.headers.cookie,
      organization: headerOf(request, 'x-organization'),
      clientIp: request.ip,
      language: languageOf(request.headers['accept-language']),
      requestId: request.id,
    });
  const contexts = new WeakMap<FastifyRequest, RequestContext>();
  fastify.route({
    url: '/graphql',
    method: ['POST', 'OPTIONS'],
    preHandler: async request => {
      if (Array.isArray(request.body) && request.body.length > config.MAX_BATCH) {
        throw new AppError('BAD_USER_INPUT', `A request has at most ${config.MAX_BATCH} operations.`);
      }
      // Before Apollo, which would call a wrong key a failure of the server.
      contexts.set(request, await contextOf(request));
    },
    handler: fastifyApolloHandler(apollo, { context: async (request: FastifyRequest) => contexts.get(request)! }),
  });
  return { fastify, executor, limits, spend, addressOf: request => proxyAddr(request, isProxy), contextOf };
}

const headerOf = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
};

/** Apollo's own executor is graphql-js; a gateway is its door for another one. */
function compiledBy(executor: Executor): GatewayInterface {
  return {
    load: async () => ({
      executor: async request => {
        const { document, operationName, contextValue } = { ...request, contextValue: request.context };
        return executor
          .compile(document, operationName)
          .run({}, contextValue, request.request.variables ?? {}) as never;
      },
    }),
    onSchemaLoadOrUpdate(callback) {
      callback({ apiSchema: executor.schema, coreSupergraphSdl: '' });
      return () => {};
    },
    stop: async () => {},
  };
}

/** Measures each operation before it runs, takes it from the caller's allowance, and says so in `extensions.cost`. */
function accounting(
  schema: GraphQLSchema,
  limits: Limits,
  spend: HttpServer['spend'],
  log: Logger,
): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      let spent: object | undefined;
      return {
        async didResolveOperation({ document, operation, request, contextValue }) {
          if (!operation)
            throw new AppError(
              'BAD_USER_INPUT',
              'The document has no such operation, or several and no name was given.',
            );
          if (operation.operation === OperationTypeNode.SUBSCRIPTION) overSocket();
          const cost = measure(schema, document, operation, request.variables ?? {}, limits);
          spent = spend(contextValue, cost);
        },
        async willSendResponse({ response, contextValue, errors }) {
          const { body, http } = response;
          if (body.kind !== 'single') return;
          const { requestId } = contextValue.options;
          if (errors?.length) {
            body.singleResult.errors = errors.map(error => formatError(error, log.child({ requestId }), requestId));
            const { code } = body.singleResult.errors[0]!.extensions ?? {};
            // What was refused before it ran is no failure of ours.
            if (http.status === 500 && String(code) in ERRORS) http.status = ERRORS[code as ErrorCode].status;
            const limited = body.singleResult.errors.find(error => error.extensions?.code === 'RATE_LIMITED');
            if (limited) {
              http.headers.set('retry-after', String(limited.extensions?.retryAfter));
              http.status = 429;
            }
          }
          if (spent) body.singleResult.extensions = { ...body.singleResult.extensions, cost: spent };
        },
      };
    },
  };
}

export const callerOf = (context: RequestContext): string =>
  context.isAnonymous
    ? `nobody:${subnetOf(context.options.clientIp ?? '')}`
    : `${context.viewer.organizationId}:${context.viewer.actor}`;

/** A request id from outside is kept when it is short and plain, so that one id follows a request through all logs. */
export function requestIdOf(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[\w.:-]{1,64}$/.test(given) ? given : randomUUID();
}

export function languageOf(header: string | undefined): Language {
  for (const wish of (header ?? '').toLowerCase().split(',')) {
    const code = wish.trim().slice(0, 2);
    if (code === 'es' || code === 'pt' || code === 'en') return code;
  }
  return 'en';
}
