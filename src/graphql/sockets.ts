import type { IncomingHttpHeaders, Server as NodeServer } from 'node:http';
import {
  type FieldNode,
  GraphQLError,
  type GraphQLFormattedError,
  getArgumentValues,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import { handleProtocols, type ServerOptions as ProtocolOptions } from 'graphql-ws';
import { type Extra, useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { streamOf } from '../events/index.js';
import { type RequestContext, rootRules } from '../modules/access/index.js';
import type { Config } from '../platform/config.js';
import { AppError } from '../platform/errors.js';
import type { Logger } from '../platform/logger.js';
import type { Spent } from './allowance.js';
import type { Prepared } from './execution.js';
import { formatError } from './format-error.js';
import type { GroupFacts } from './hub.groups.js';
import type { StreamHub } from './hub.js';
import { measure } from './limits.js';
import { isPersonal } from './personal.js';
import { type ContextFactory, type HttpServer, languageOf, requestIdOf } from './server.js';

/** Close code of a subscriber that fell too far behind. It may come back at once and resume by its cursor. */
export const FELL_BEHIND = 4008;
/** Close code when events could not be read or shown; resuming tries again. */
const INTERRUPTED = 1011;
/** Close code when what the credential may see has changed or ended. */
const ACCESS_CHANGED = 4403;
const RECHECK_MS = 5_000;

interface SocketOptions {
  config: Config;
  http: HttpServer;
  hub: StreamHub;
  createContext: ContextFactory;
  log: Logger;
}

/** What one operation on a socket runs with; made in `onSubscribe`, used by `execute` and `subscribe`. */
interface Operation {
  prepared: Prepared;
  context: RequestContext;
  stream?: { facts: GroupFacts; after: Awaited<ReturnType<StreamHub['positionOf']>> | null };
  id: string;
  socket: WebSocket;
  /** What it cost, for `extensions.cost`. */
  spent: Spent;
}

type Recreate = () => Promise<RequestContext>;

/** GraphQL over WebSocket (graphql-transport-ws) at /graphql, under the same limits as HTTP. Answers how to close it. */
export function openSockets({ config, http, hub, createContext, log }: SocketOptions): {
  close(): Promise<void>;
  count(): number;
} {
  const { executor, limits, spend } = http;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: config.MAX_BODY_BYTES,
    perMessageDeflate: false,
    handleProtocols,
  });
  const recreate = new WeakMap<WebSocket, Recreate>();
  const admitted = new WeakMap<WebSocket, Set<string>>();

  const server: NodeServer = http.fastify.server as NodeServer;
  server.on('upgrade', (request, socket, head) => {
    if (request.url?.split('?')[0] !== '/graphql') {
      socket.end('HTTP/1.1 404 Not Found\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, client => sockets.emit('connection', client, request));
  });

  const options: ProtocolOptions<Record<string, unknown>, Extra> = {
    connectionInitWaitTimeout: 5_000,
    async onConnect(ctx) {
      const { request, socket } = ctx.extra;
      const parameters = ctx.connectionParams ?? {};
      const authorization = parameters.authorization ?? parameters.Authorization ?? request.headers.authorization;
      const create: Recreate = () =>
        createContext({
          authorization: textOf(authorization),
          cookie: fromOwnPage(request.headers, config.PUBLIC_URL) ? request.headers.cookie : undefined,
          organization: textOf(parameters.organization ?? request.headers['x-organization']),
          clientIp: http.addressOf(request),
          language: languageOf(request.headers['accept-language']),
          requestId: requestIdOf(undefined),
        });
      try {
        const context = await create();
        recreate.set(socket, create);
        recheck(socket, create, context.isAnonymous ? null : context.viewer.visibilityKey);
      } catch (error) {
        if (error instanceof AppError && error.code === 'UNAUTHENTICATED') return false;
        throw error;
      }
      return true;
    },
    async onSubscribe(ctx, id, payload) {
      const { socket } = ctx.extra;
      const context = await recreate.get(socket)!();
      const failed = (errors: readonly unknown[]): GraphQLError[] =>
        errors.map(error => {
          const { message, extensions } = formatError(error, context.log, context.options.requestId);
          return new GraphQLError(message, { extensions });
        });
      try {
        const prepared = executor.prepare(payload.query, payload.operationName);
        if (!('run' in prepared)) return failed(prepared);
        const variables = payload.variables ?? {};
        const coerced = getVariableValues(executor.schema, prepared.operation.variableDefinitions ?? [], variables);
        if (coerced.errors) return failed(coerced.errors);
        const cost = measure(executor.schema, prepared.document, prepared.operation, variables, limits);
        const spent = spend(context, cost);
        const operation: Operation = { prepared, context, id, socket, spent };
        if (prepared.operation.operation === OperationTypeNode.SUBSCRIPTION) {
          admit(socket, id, Object.keys(ctx.subscriptions));
          operation.stream = await streamFor(operation, payload.query, variables, coerced.coerced);
        }
        return {
          schema: executor.schema,
          document: prepared.document,
          operationName: payload.operationName,
          variableValues: variables,
          contextValue: operation,
        };
      } catch (error) {
        return failed([error]);
      }
    },
    execute: (async (args: { contextValue: Operation; variableValues: Record<string, unknown> }) => {
      const { prepared, context, spent } = args.contextValue;
      const result = { ...(await prepared.run({}, context, args.variableValues)), extensions: { cost: spent } };
      if (!result.errors) return result;
      return {
        ...result,
        errors: result.errors.map(error => shown(error, formatError(error, context.log, context.options.requestId))),
      };
    }) as never,
    subscribe: ((args: { contextValue: Operation }) => follow(args.contextValue)) as never,
  };
  const protocol = useServer(options as never, sockets, 12_000);

  /** Everything about a subscription that can be wrong is found here, before it begins. */
  async function streamFor(
    { prepared, context }: Operation,
    source: string,
    variables: Record<string, unknown>,
    coerced: Record<string, unknown>,
  ): Promise<NonNullable<Operation['stream']>> {
    const field = rootFieldOf(prepared);
    const stream = streamOf(field.name.value);
    const rule = rootRules().get(field.name.value);
    if (!stream || !rule) throw new AppError('BAD_USER_INPUT', `${field.name.value} cannot be subscribed to.`);
    if (rule !== 'PUBLIC') context.viewer.require(rule);
    const definition = executor.schema.getSubscriptionType()!.getFields()[field.name.value]!;
    const args = getArgumentValues(definition, field, coerced);
    const { filter, after } = args as { filter?: object; after?: string };
    // Where each subscriber resumes is its own; leaving it out lets them share one execution afterwards.
    const cursorNode = field.arguments?.find(argument => argument.name.value === 'after')?.value;
    const shared = cursorNode?.kind === Kind.VARIABLE ? { ...variables, [cursorNode.name.value]: '' } : variables;
    const { viewer } = context;
    const person = isPersonal(prepared.document, variables) ? viewer.actor : null;
    const facts: GroupFacts = {
      key: JSON.stringify([
        source,
        prepared.operation.name?.value,
        shared,
        viewer.visibilityKey,
        context.language,
        person,
      ]),
      viewerKey: JSON.stringify([viewer.visibilityKey, context.language, person]),
      stream,
      organizationId: viewer.organizationId,
      filter: stream.filterOf?.(args) ?? filter ?? null,
      prepared,
      variables: shared,
      createContext: () => context.renew(),
    };
    await hub.check(facts);
    return { facts, after: after ? await hub.positionOf(viewer.organizationId, after) : null };
  }

  /** The protocol library sees a stream that only ever ends; results go to the socket as text that a whole group shares. */
  function follow({ stream, socket, id, context }: Operation): AsyncIterableIterator<never> {
    const { facts, after } = stream!;
    const head = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
    let end: () => void = () => {};
    const ended = new Promise<void>(done => {
      end = done;
    });
    let stopped = false;
    let leave: () => void = () => {};
    const stop = () => {
      if (stopped) return;
      stopped = true;
      leave();
      end();
    };
    const disconnect = (code: number, reason: string) => {
      stop();
      socket.close(code, reason);
      // It may never read the close frame either.
      setTimeout(() => socket.terminate(), 5_000).unref();
    };
    leave = hub.subscribe(
      facts,
      {
        backlog: () => socket.bufferedAmount,
        deliver(result) {
          if (stopped || socket.readyState !== socket.OPEN) return;
          if (socket.bufferedAmount > config.SUBSCRIBER_BUFFER_BYTES) {
            const details = { backlog: socket.bufferedAmount };
            context.log.info(details, 'a subscriber fell too far behind and was disconnected');
            disconnect(FELL_BEHIND, 'You fell too far behind. Resume with your last cursor.');
          } else {
            socket.send(`${head}${result}}`);
          }
        },
        fail(error) {
          if (stopped) return;
          context.log.error({ err: error }, 'a subscription could not go on');
          disconnect(INTERRUPTED, 'The stream was interrupted. Resume with your last cursor.');
        },
      },
      after,
    );
    return {
      next: () => ended.then(() => ({ done: true as const, value: undefined })),
      return: () => {
        stop();
        return Promise.resolve({ done: true as const, value: undefined });
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  /** Takes a place for one more stream, or refuses. Streams that have ended since, or never began, give theirs back here. */
  function admit(socket: WebSocket, id: string, open: string[]): void {
    const streams = new Set([...(admitted.get(socket) ?? [])].filter(known => open.includes(known)));
    admitted.set(socket, streams);
    if (streams.size >= config.MAX_SUBSCRIPTIONS) throw new AppError('TOO_MANY_SUBSCRIPTIONS');
    streams.add(id);
  }

  /** A credential that ends, or is given other rights, ends what was opened with it. */
  function recheck(socket: WebSocket, create: Recreate, key: string | null): void {
    const timer = setInterval(async () => {
      const now = await create().then(
        context => (context.isAnonymous ? null : context.viewer.visibilityKey),
        error => (error instanceof AppError ? undefined : key),
      );
      if (now !== key && socket.readyState === socket.OPEN)
        socket.close(ACCESS_CHANGED, 'Forbidden: what your credential may see has changed.');
    }, RECHECK_MS);
    timer.unref();
    socket.once('close', () => clearInterval(timer));
  }

  sockets.on('error', error => log.warn({ err: error }, 'a socket failed'));
  return {
    count: () => sockets.clients.size,
    close: async () => {
      await protocol.dispose();
    },
  };
}

/** The protocol library prints errors by their own `toJSON`. */
const shown = (
  { nodes, source, positions, path }: GraphQLError,
  { message, extensions }: GraphQLFormattedError,
): GraphQLError => new GraphQLError(message, { nodes, source, positions, path, extensions });

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** A browser sends its cookies with any page's sockets; only our own page may use them. Programs, which have no Origin, bring keys. */
function fromOwnPage({ origin, host }: IncomingHttpHeaders, publicUrl: string | undefined): boolean {
  const page = origin ? URL.parse(origin) : null;
  return (
    page !== null && (page.host === host || (publicUrl !== undefined && page.origin === new URL(publicUrl).origin))
  );
}

/** The one field of a subscription; the document was validated to have no more. */
function rootFieldOf({ operation, document }: Prepared): FieldNode {
  const search = (selections: OperationDefinitionNode['selectionSet']): FieldNode | undefined => {
    for (const selection of selections.selections) {
      if (selection.kind === Kind.FIELD) return selection;
      const inner =
        selection.kind === Kind.INLINE_FRAGMENT
          ? selection
          : document.definitions.find(
              node => node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === selection.name.value,
            );
      const found = inner && 'selectionSet' in inner && inner.selectionSet ? search(inner.selectionSet) : undefined;
      if (found) return found;
    }
    return undefined;
  };
  return search(operation.selectionSet)!;
}
