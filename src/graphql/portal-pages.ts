import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ExecutionResult } from 'graphql';
import type { RequestContext } from '../modules/access/index.js';
import { type Entrance, type Place, portalOf, requestCode, signIn } from '../modules/support/index.js';
import { AppError, ERRORS, InputError } from '../platform/errors.js';
import { subnetOf } from '../platform/subnet.js';
import { Allowance } from './allowance.js';
import {
  codePage,
  consentsPage,
  contactPage,
  enterPage,
  homePage,
  type PageOf,
  PORTAL_POLICY,
  portalMessage,
  ticketPage,
} from './portal-pages.html.js';
import * as operations from './portal-pages.operations.js';
import { PORTAL_WORDS, type PortalWords } from './portal-pages.words.js';
import { isFromElsewhere } from './public-pages.js';
import { type ContextFactory, type HttpServer, languageOf } from './server.js';

const MOST_BYTES = 64_000;
/** What an address may ask in a minute; what codes and tries cost is counted beside it. */
const PER_MINUTE = 120;
const COOKIE = 'vinculo-portal';

export interface PortalPageParts {
  entrance: Entrance;
  createContext: ContextFactory;
}

type Named = FastifyRequest<{ Params: { slug: string; id?: string; token?: string } }>;
type Fields = Record<string, string | undefined>;

/** One request for a page: whose portal it is of, and what its words are. */
interface Visit {
  request: Named;
  reply: FastifyReply;
  place: Place;
  of: PageOf;
  words: PortalWords;
  fields: Fields;
}

/**
 * `/portal/<slug>`: the smallest place in which customers sign in, read and write their tickets, and say what they consent to. What
 * they see and do there they do by the same operations as any other client of theirs. The session is a cookie that no script reads
 * and no other site sends; forms that come from elsewhere are refused beside that.
 */
export function registerPortalPages(
  server: Pick<HttpServer, 'fastify' | 'executor'>,
  { entrance, createContext }: PortalPageParts,
): void {
  const allowance = new Allowance(PER_MINUTE);

  async function visit(request: Named, reply: FastifyReply, work: (visit: Visit) => Promise<unknown>) {
    const language = languageOf(request.headers['accept-language']);
    const words = PORTAL_WORDS[language];
    const { slug } = request.params;
    const of: PageOf = { organization: 'Vínculo', base: `/portal/${encodeURIComponent(slug)}`, language };
    try {
      allowance.spend(subnetOf(request.ip), 1);
      if (request.method === 'POST' && isFromElsewhere(request))
        return show(reply, 403, portalMessage(of, words.elsewhere));
      const place = await portalOf(entrance.access.database, slug);
      if (place?.slug !== slug) return show(reply, 404, portalMessage(of, words.closed));
      of.organization = place.name;
      const fields = (request.body ?? {}) as Fields;
      return await work({ request, reply, place, of, words, fields });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'RATE_LIMITED') throw error;
      reply.header('retry-after', String(error.details['retryAfter'] ?? 60));
      return show(reply, ERRORS[error.code].status, portalMessage(of, words.tooMany));
    }
  }

  /** The customer who is signed in here; null when nobody is, or no longer. */
  async function whoAsks({ request, of, place }: Visit): Promise<RequestContext | null> {
    const token = cookieOf(request);
    if (!token) return null;
    try {
      const context = await createContext({
        authorization: `Bearer ${token}`,
        organization: place.slug,
        clientIp: request.ip,
        language: of.language,
        requestId: request.id,
      });
      return context.viewer.portalSessionId ? context : null;
    } catch (error) {
      if (error instanceof AppError && ['UNAUTHENTICATED', 'FORBIDDEN'].includes(error.code)) return null;
      throw error;
    }
  }

  // biome-ignore lint/suspicious/noExplicitAny: each page knows what it asked for
  async function run(context: RequestContext, document: string, variables: object = {}): Promise<any> {
    const prepared = server.executor.prepare(document);
    if (!('run' in prepared)) throw prepared[0]!;
    const result: ExecutionResult = await prepared.run({}, context, variables as Record<string, unknown>);
    if (result.errors) throw result.errors[0]!.originalError ?? result.errors[0]!;
    return result.data;
  }

  /** Does `work` for who is signed in; everybody else is asked to sign in. */
  const signedIn = (work: (visit: Visit, context: RequestContext) => Promise<unknown>) => (asked: Visit) =>
    whoAsks(asked).then(context => (context ? work(asked, context) : show(asked.reply, 200, contactPage(asked.of))));

  async function enter(asked: Visit, proof: Parameters<typeof signIn>[1]): Promise<FastifyReply | null> {
    const { request, reply, of } = asked;
    const asker = { clientIp: request.ip, requestId: request.id, language: of.language };
    try {
      const { token, expiresAt } = await signIn(entrance, proof, asker);
      const seconds = Math.floor((new Date(expiresAt).getTime() - Date.now()) / 1000);
      return again(reply.header('set-cookie', cookie(of.base, token, seconds)), of.base);
    } catch (error) {
      if (error instanceof InputError) return null;
      throw error;
    }
  }

  const home = async ({ reply, of }: Visit, context: RequestContext, problem?: string) => {
    const { viewer, tickets } = await run(context, operations.HOME);
    // Within the few seconds for which who asks is remembered, the customer may be gone.
    if (!viewer.customer) return show(reply, 200, contactPage(of));
    const shown = tickets.edges.map(({ node }: { node: object }) => node);
    return show(reply, problem ? 422 : 200, homePage(of, viewer.customer.displayName, shown, problem));
  };

  const ticket = async ({ request, reply, of, words }: Visit, context: RequestContext, problem?: string) => {
    const { ticket: found } = await run(context, operations.TICKET, { id: request.params.id });
    if (!found) return show(reply, 404, portalMessage(of, words.missing));
    const said = found.messages.edges.map(({ node }: { node: object }) => node);
    return show(reply, problem ? 422 : 200, ticketPage(of, found, said, problem));
  };

  const cookie = (path: string, value: string, seconds: number): string =>
    `${COOKIE}=${value}; Path=${path}; Max-Age=${seconds}; HttpOnly; SameSite=Strict${entrance.publicUrl.startsWith('https:') ? '; Secure' : ''}`;

  server.fastify.register(async scope => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: MOST_BYTES },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    scope.addHook('onSend', async (_request, reply) => {
      reply.headers(PORTAL_POLICY);
    });
    const get = (path: string, work: (asked: Visit) => Promise<unknown>) =>
      scope.get(`/portal/:slug${path}`, (request: Named, reply) => visit(request, reply, work));
    const post = (path: string, work: (asked: Visit) => Promise<unknown>) =>
      scope.post(`/portal/:slug${path}`, (request: Named, reply) => visit(request, reply, work));

    get('', signedIn(home));
    post('/code', async ({ request, reply, place, of, words, fields }) => {
      const asker = { clientIp: request.ip, requestId: request.id, language: of.language };
      const contact = (fields['contact'] ?? '').trim();
      try {
        const { requestId } = await requestCode(entrance, { organization: place.slug, contact, link: true }, asker);
        return show(reply, 200, codePage(of, { requestId, contact }));
      } catch (error) {
        if (error instanceof InputError) return show(reply, 422, contactPage(of, words.badContact));
        throw error;
      }
    });
    post('/sign-in', async asked => {
      const { requestId = '', contact = '', code = '' } = asked.fields;
      const entered = await enter(asked, { requestId, code });
      const problem = asked.words.wrongCode;
      return entered ?? show(asked.reply, 422, codePage(asked.of, { requestId, contact, problem }));
    });
    get('/enter/:token', async ({ request, reply, of }) => show(reply, 200, enterPage(of, request.params.token!)));
    post('/enter/:token', async asked => {
      const entered = await enter(asked, { token: asked.request.params.token! });
      return entered ?? show(asked.reply, 422, contactPage(asked.of, asked.words.wrongCode));
    });
    post(
      '/sign-out',
      signedIn(async ({ reply, of }, context) => {
        await run(context, operations.SIGN_OUT);
        return again(reply.header('set-cookie', cookie(of.base, '', 0)), of.base);
      }),
    );
    post(
      '/tickets',
      signedIn(async (asked, context) => {
        const { subject = '', text = '' } = asked.fields;
        const input = { subject, description: text };
        const { openTicket } = await run(context, operations.OPEN_TICKET, { input });
        const [problem] = openTicket.userErrors;
        if (problem) return home(asked, context.renew(), problem.message);
        return again(asked.reply, `${asked.of.base}/tickets/${openTicket.ticket.id}`);
      }),
    );
    get('/tickets/:id', signedIn(ticket));
    post(
      '/tickets/:id',
      signedIn(async (asked, context) => {
        const ticketId = asked.request.params.id!;
        const input = { ticketId, text: asked.fields['text'] ?? '' };
        const { replyToTicket } = await run(context, operations.ANSWER, { input });
        const [problem] = replyToTicket.userErrors;
        if (problem) return ticket(asked, context.renew(), problem.message);
        return again(asked.reply, `${asked.of.base}/tickets/${encodeURIComponent(ticketId)}`);
      }),
    );
    get(
      '/consents',
      signedIn(async ({ reply, of }, context) => {
        const { viewer } = await run(context, operations.CONSENTS);
        if (!viewer.customer) return show(reply, 200, contactPage(of));
        return show(reply, 200, consentsPage(of, offered(viewer.customer.consents)));
      }),
    );
    post(
      '/consents',
      signedIn(async ({ reply, of, fields, words }, context) => {
        const { purpose = '', channel = '', state = '' } = fields;
        if (
          !(
            Object.hasOwn(words.purposes, purpose) &&
            Object.hasOwn(words.channels, channel) &&
            ['GRANTED', 'WITHDRAWN'].includes(state)
          )
        )
          return show(reply, 422, portalMessage(of, words.missing));
        await run(context, operations.CONSENT, { input: { purpose, channel, state } });
        return again(reply, `${of.base}/consents`);
      }),
    );
  });
}

/** What was said, and beside it what is asked everywhere. */
function offered(said: operations.Consent[]): operations.Consent[] {
  const asked = ['EMAIL', 'SMS', 'PHONE'].map(channel => ({ purpose: 'MARKETING', channel, state: 'WITHDRAWN' }));
  const key = ({ purpose, channel }: operations.Consent) => `${purpose} ${channel}`;
  return [...new Map([...asked, ...said].map(one => [key(one), one])).values()];
}

function cookieOf(request: FastifyRequest): string | null {
  const found = (request.headers.cookie ?? '')
    .split(';')
    .map(each => each.trim())
    .find(each => each.startsWith(`${COOKIE}=`));
  return found ? found.slice(COOKIE.length + 1) || null : null;
}

/** Shown by a request of its own, so that loading it again does nothing again. */
const again = (reply: FastifyReply, path: string): FastifyReply => reply.code(303).header('location', path).send();

const show = (reply: FastifyReply, status: number, page: string): FastifyReply =>
  reply.code(status).type('text/html; charset=utf-8').send(page);
