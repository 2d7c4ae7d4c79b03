import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RequestContext } from '../modules/access/index.js';
import {
  CALLBACK_PATH,
  type ChannelDirectory,
  type Connecting,
  finishSignIn,
  keepFinished,
  type PendingSignIn,
  pendingSignIn,
} from '../modules/social/index.js';
import type { Database } from '../platform/database/database.js';
import { AppError, InputError } from '../platform/errors.js';
import { type HttpServer, languageOf } from './server.js';
import { messagePage, PAGE_POLICY } from './setup-pages.html.js';
import { confirmPage, SIGN_IN_WORDS } from './sign-in-pages.html.js';

const MOST_BYTES = 16_000;

export interface SignInParts {
  connecting: Connecting;
  channels: ChannelDirectory;
  database: Database;
}

/**
 * The page that networks send the browser back to. Somebody could send another person here with a sign-in of their own, to get
 * hold of that person's account: so it goes on only for who began it, by their session, or else asks whether this organisation is meant.
 */
export function registerSignInPages(server: Pick<HttpServer, 'fastify' | 'contextOf'>, parts: SignInParts): void {
  server.fastify.register(async scope => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: MOST_BYTES },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    scope.addHook('onSend', async (_request, reply) => {
      reply.headers(PAGE_POLICY);
    });
    const answer = async (request: FastifyRequest, reply: FastifyReply) => {
      const came = request.method === 'POST' ? request.body : request.query;
      const { state = '', code = '', error } = textsOf(came);
      const context = await whoAsks(server, request);
      const words = SIGN_IN_WORDS[languageOf(request.headers['accept-language'])];
      const pending = state ? await pendingSignIn(parts.connecting, state) : null;
      const isOurs = pending?.redirectUri === `${parts.connecting.publicUrl}${CALLBACK_PATH}`;
      if (!pending || !isOurs) return message(request, reply, 404, words.over);
      if (context && !mayFinish(context, pending)) return message(request, reply, 403, words.another);
      if (error !== undefined || !code) return message(request, reply, 422, words.refused);
      if (!context && request.method === 'GET') return html(reply, 200, confirm(request, pending, state, code));
      return finish(request, reply, pending, { state, code });
    };
    scope.get(CALLBACK_PATH, answer);
    scope.post(CALLBACK_PATH, answer);
  });

  const confirm = (request: FastifyRequest, pending: PendingSignIn, state: string, code: string) =>
    confirmPage(languageOf(request.headers['accept-language']), {
      state,
      code,
      action: CALLBACK_PATH,
      network: parts.channels.byKind(pending.connector)?.label ?? pending.connector,
      organization: pending.organization,
      member: pending.member,
    });

  async function finish(
    request: FastifyRequest,
    reply: FastifyReply,
    { organizationId, actor }: PendingSignIn,
    came: { state: string; code: string },
  ) {
    const words = SIGN_IN_WORDS[languageOf(request.headers['accept-language'])];
    try {
      const finished = await finishSignIn(parts.connecting, parts.channels, { organizationId, actor }, came);
      await parts.database.write({ organizationId, actor, requestId: request.id }, tx =>
        keepFinished(tx, parts.connecting, finished),
      );
      return html(
        reply,
        200,
        messagePage(
          languageOf(request.headers['accept-language']),
          words.done,
          `${words.connected} ${finished.connection.handle}`,
        ),
      );
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const isOver = error.problems.some(problem => problem.field === 'state');
      return message(
        request,
        reply,
        422,
        isOver ? words.over : words.failed,
        isOver ? undefined : error.problems.map(problem => problem.message).join(' '),
      );
    }
  }
}

const mayFinish = ({ viewer }: RequestContext, { organizationId, actor }: PendingSignIn): boolean =>
  viewer.organizationId === organizationId && viewer.actor === actor && viewer.may('channels:manage');

/** Null when nobody is signed in here, or it is not clear in which organisation: then it is asked. A session that is over is nobody's. */
async function whoAsks(server: Pick<HttpServer, 'contextOf'>, request: FastifyRequest): Promise<RequestContext | null> {
  try {
    const context = await server.contextOf(request);
    return context.isAnonymous ? null : context;
  } catch (error) {
    if (error instanceof AppError && ['UNAUTHENTICATED', 'FORBIDDEN'].includes(error.code)) return null;
    throw error;
  }
}

const message = (
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  title: string | undefined,
  text?: string,
) => html(reply, status, messagePage(languageOf(request.headers['accept-language']), title, text));

const html = (reply: FastifyReply, status: number, page: string) =>
  reply.code(status).type('text/html; charset=utf-8').send(page);

function textsOf(values: unknown): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries((values ?? {}) as Record<string, unknown>).filter(([, value]) => typeof value === 'string'),
  ) as Record<string, string>;
}
