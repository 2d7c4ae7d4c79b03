import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Access } from '../modules/access/index.js';
import {
  documentLanguage,
  type LinkedQuote,
  openLinked,
  pdfOfQuote,
  type QuoteDocument,
  QuoteStatus,
  visibleDocument,
} from '../modules/sales/index.js';
import type { Database } from '../platform/database/database.js';
import { AppError, ERRORS, InputError } from '../platform/errors.js';
import { subnetOf } from '../platform/subnet.js';
import { Allowance } from './allowance.js';
import { isFromElsewhere, takeForms } from './public-pages.js';
import { noticeOf, QUOTE_PAGE_WORDS, quoteMessage, quotePage } from './quote-pages.html.js';
import { type HttpServer, languageOf } from './server.js';

/** What an address may ask in a minute: a page costs one, an answer a few, a document to be set some more. */
const PER_MINUTE = 240;
const COST = { page: 1, answer: 4, pdf: 8 };

export interface QuotePageParts {
  database: Database;
  access: Pick<Access, 'guesses'>;
}

type Named = FastifyRequest<{ Params: { token: string } }>;

/**
 * The pages behind the link of a quote: `GET /quote/<token>`, its `.pdf`, and the forms that answer it. Who has the secret may answer; no
 * other site can send the forms for somebody, because it would need the secret. `GET /quotes/<id>.pdf` is for who is signed in.
 */
export function registerQuotePages(
  server: Pick<HttpServer, 'fastify' | 'contextOf'>,
  { database, access }: QuotePageParts,
): void {
  const allowance = new Allowance(PER_MINUTE);

  /** Links that do not work are counted like any wrong secret. */
  async function open(request: Named, token: string, cost: number): Promise<LinkedQuote | null> {
    access.guesses.check(request.ip);
    allowance.spend(subnetOf(request.ip), cost);
    const linked = await openLinked(database, token, request.id);
    if (!linked) access.guesses.miss(request.ip);
    return linked;
  }

  async function answer(
    request: Named,
    reply: FastifyReply,
    work: (linked: LinkedQuote, fields: Record<string, string | undefined>) => Promise<void>,
  ) {
    const { token } = request.params;
    if (isFromElsewhere(request)) return message(request, reply, 403, 'elsewhere');
    const linked = await open(request, token, COST.answer);
    if (!linked) return message(request, reply, 404, 'over');
    const fields = (request.body ?? {}) as Record<string, string | undefined>;
    try {
      await work(linked, fields);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const now = await openLinked(database, token, request.id);
      if (!now) return message(request, reply, 404, 'over');
      if (noticeOf(now.document)) return show(reply, 409, now.document, token);
      const words = QUOTE_PAGE_WORDS[documentLanguage(now.document.language)];
      const isLong = error.problems.some(({ code }) => code === 'TOO_LONG');
      const problem = isLong ? words.tooLong : words.nameNeeded;
      return html(reply, 422, quotePage(now.document, pathOf(token), { name: fields['name'], problem }));
    }
    // Shown by a request of its own, so that loading it again does not answer again.
    return reply.code(303).header('location', pathOf(token)).send();
  }

  server.fastify.register(async scope => {
    takeForms(scope);
    scope.setErrorHandler((error, request, reply) => refuse(request, reply, error));

    scope.get('/quote/:token', async (request: Named, reply) => {
      const [, token = '', extension] = /^([^.]*)(\.pdf)?$/.exec(request.params.token) ?? [];
      const linked = await open(request, token, extension ? COST.pdf : COST.page);
      if (!linked) return message(request, reply, 404, 'over');
      if (!extension) return show(reply, 200, linked.document, token);
      // What another revision stands in for is not printed any more.
      if (linked.document.status === QuoteStatus.SUPERSEDED) return show(reply, 410, linked.document, token);
      return pdf(reply, linked.document);
    });
    scope.post('/quote/:token/accept', (request: Named, reply) =>
      answer(request, reply, (linked, { name }) => linked.accept(name)),
    );
    scope.post('/quote/:token/reject', (request: Named, reply) =>
      answer(request, reply, (linked, { reason }) => linked.decline(reason)),
    );
  });

  server.fastify.get<{ Params: { file: string } }>('/quotes/:file', async (request, reply) => {
    const context = await server.contextOf(request);
    context.viewer.require('orders:read');
    const { file } = request.params;
    const document = file.endsWith('.pdf') ? await visibleDocument(context, file.slice(0, -4)) : null;
    if (!document) throw new AppError('NOT_FOUND');
    reply.headers({ 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' });
    return pdf(reply, document);
  });
}

const pathOf = (token: string): string => `/quote/${encodeURIComponent(token)}`;

const show = (reply: FastifyReply, status: number, quote: QuoteDocument, token: string) =>
  html(reply, status, quotePage(quote, pathOf(token)));

async function pdf(reply: FastifyReply, quote: QuoteDocument) {
  const name = `${quote.number}${quote.revision > 1 ? `-${quote.revision}` : ''}`.replaceAll(/[^\w.-]/g, '_');
  return reply
    .type('application/pdf')
    .header('content-disposition', `inline; filename="${name}.pdf"`)
    .send(await pdfOfQuote(quote));
}

function message(request: FastifyRequest, reply: FastifyReply, status: number, what: 'over' | 'elsewhere' | 'tooMany') {
  const language = languageOf(request.headers['accept-language']);
  return html(reply, status, quoteMessage(language, QUOTE_PAGE_WORDS[language][what]));
}

/** Who asks too often is told so on a page; everything else the server reports as it does everywhere. */
function refuse(request: FastifyRequest, reply: FastifyReply, error: unknown) {
  if (!(error instanceof AppError) || error.code !== 'RATE_LIMITED') throw error;
  return message(request, reply.header('retry-after', '60'), ERRORS[error.code].status, 'tooMany');
}

const html = (reply: FastifyReply, status: number, page: string) =>
  reply.code(status).type('text/html; charset=utf-8').send(page);
