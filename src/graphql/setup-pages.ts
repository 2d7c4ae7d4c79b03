import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  type Access,
  acceptInvitation,
  type Language,
  readInvitation,
  setUpFirstOwner,
} from '../modules/access/index.js';
import { AppError, ERRORS, InputError } from '../platform/errors.js';
import { languageOf } from './server.js';
import { type Form, formPage, messagePage, PAGE_POLICY, WORDS } from './setup-pages.html.js';

const MOST_BYTES = 16_000;

/**
 * The two pages behind one-time links. They need no script; and no other site can send their forms for somebody, because it
 * would need the token, which is the secret itself.
 */
export function registerSetupPages(fastify: FastifyInstance, access: Access): void {
  fastify.register(async scope => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: MOST_BYTES },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    scope.setErrorHandler((error, request, reply) => refuse(request, reply, error));
    scope.addHook('onSend', async (_request, reply) => {
      reply.headers(PAGE_POLICY);
    });

    scope.get('/setup', async (request, reply) => {
      const token = tokenOf(request.query);
      const isGood = await guarded(access, request, () => access.credentials.readSetupToken('first-owner', token));
      return show(request, reply, isGood ? 200 : 404, isGood ? { kind: 'setup', token } : null);
    });
    scope.get('/invitation', async (request, reply) => {
      const token = tokenOf(request.query);
      const invited = await guarded(access, request, () => readInvitation(access, token));
      return show(request, reply, invited ? 200 : 404, invited ? { kind: 'invitation', token, values: invited } : null);
    });

    scope.post('/setup', (request, reply) => {
      const { token = '', password = '', ...rest } = fieldsOf(request);
      const { name = '', email = '', organizationName, organization } = rest;
      return submit(
        request,
        reply,
        { kind: 'setup', token, values: { name, email, organizationName, organization } },
        () => setUpFirstOwner(access, { token, name, email, password, organizationName, organization }, request.ip),
      );
    });
    scope.post('/invitation', (request, reply) => {
      const { token = '', name = '', email = '', password = '' } = fieldsOf(request);
      return submit(request, reply, { kind: 'invitation', token, values: { name, email } }, () =>
        acceptInvitation(access, { token, name, password }, request.ip),
      );
    });
  });
}

/** Links that do not work are counted like any wrong secret. */
async function guarded<Found>({ guesses }: Access, request: FastifyRequest, read: () => Promise<Found | null>) {
  guesses.check(request.ip);
  const found = await read();
  if (!found) guesses.miss(request.ip);
  return found;
}

async function submit(
  request: FastifyRequest,
  reply: FastifyReply,
  form: Form,
  work: () => Promise<{ email: string }>,
) {
  try {
    const { email } = await work();
    const words = WORDS[languageFor(request)];
    return html(reply, 200, messagePage(languageFor(request), words.done, `${words.doneText} ${email}`));
  } catch (error) {
    if (error instanceof InputError) {
      const isOver = error.problems.some(problem => problem.field === 'token');
      return show(request, reply, 422, isOver ? null : { ...form, problems: error.problems });
    }
    throw error;
  }
}

/** Who tries too often is told so on a page; everything else the server reports as it does everywhere. */
function refuse(request: FastifyRequest, reply: FastifyReply, error: unknown) {
  if (!(error instanceof AppError) || error.code !== 'RATE_LIMITED') throw error;
  const language = languageFor(request);
  return html(
    reply.header('retry-after', '60'),
    ERRORS[error.code].status,
    messagePage(language, WORDS[language].tooMany),
  );
}

function show(request: FastifyRequest, reply: FastifyReply, status: number, form: Form | null) {
  const language = languageFor(request);
  return html(reply, status, form ? formPage(language, form) : messagePage(language, WORDS[language].over));
}

const html = (reply: FastifyReply, status: number, page: string) =>
  reply.code(status).type('text/html; charset=utf-8').send(page);

const languageFor = (request: FastifyRequest): Language => languageOf(request.headers['accept-language']);

const tokenOf = (query: unknown): string => {
  const { token } = query as { token?: unknown };
  return typeof token === 'string' ? token : '';
};

const fieldsOf = (request: FastifyRequest): Record<string, string | undefined> =>
  (request.body ?? {}) as Record<string, string | undefined>;
