import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Language } from '../modules/access/index.js';
import { languageAsked, Visit } from '../modules/support/index.js';
import type { Database } from '../platform/database/database.js';
import { AppError, ERRORS } from '../platform/errors.js';
import type { CursorSeal } from '../platform/paging/index.js';
import { subnetOf } from '../platform/subnet.js';
import { Allowance } from './allowance.js';
import { HELP_WORDS, headings, moreLink, type Shown, searchForm } from './help-pages.html.js';
import { PUBLIC_PAGE_POLICY, publicPage } from './public-pages.html.js';
import { type HttpServer, languageOf } from './server.js';
import { escaped } from './setup-pages.html.js';

/** What a network may ask in a minute. */
const PER_MINUTE = 240;
const COST = { page: 1, search: 4 };
const MOST_LISTED = 200;
const MOST_FOUND = 20;

type Asked = FastifyRequest<{
  Params: { organization: string; slug: string };
  Querystring: { q?: string; lang?: string; after?: string };
}>;

// Unlike other public pages, these are meant to be found.
const { 'x-robots-tag': _hidden, ...POLICY } = PUBLIC_PAGE_POLICY;

/** What an organisation lets everybody read: `GET /help/<organisation>`, with a search, and `GET /help/<organisation>/<article>`. */
export function registerHelpPages(
  server: Pick<HttpServer, 'fastify'>,
  { database, seal }: { database: Database; seal: CursorSeal },
): void {
  const allowance = new Allowance(PER_MINUTE);

  server.fastify.register(async scope => {
    scope.setErrorHandler((error, request: Asked, reply) => {
      // A page that was linked to before its list was in another order, or by somebody who made it up.
      if (error instanceof AppError && error.code === 'BAD_CURSOR') return say(request, reply, 404, 'missing');
      if (!(error instanceof AppError) || error.code !== 'RATE_LIMITED') throw error;
      return say(request, reply.header('retry-after', '60'), ERRORS[error.code].status, 'tooMany');
    });

    scope.get('/help/:organization', async (request: Asked, reply) => {
      const [language, query] = [languageFor(request), textOf(request.query.q)];
      allowance.spend(subnetOf(request.ip), query ? COST.search : COST.page);
      const visit = await Visit.to(database, request.params.organization, request.id);
      if (!visit) return say(request, reply, 404, 'missing');
      const words = HELP_WORDS[language];
      const { name, slug } = visit.organization;
      const root = `/help/${encodeURIComponent(slug)}`;
      const { shown, next } = await shownOf(visit, seal, { language, query, after: cursorOf(request.query.after) });
      const list =
        shown.length > 0
          ? headings(root, words, language, shown, query) + moreLink(root, words, language, query, next)
          : `<p>${escaped(words.nothing)}</p>`;
      const body = `<p>${escaped(name)}</p><h1>${escaped(words.help)}</h1>${searchForm(root, words, language, query)}${list}`;
      return html(reply, 200, publicPage(language, `${words.help} – ${name}`, body));
    });

    scope.get('/help/:organization/:slug', async (request: Asked, reply) => {
      const language = languageFor(request);
      allowance.spend(subnetOf(request.ip), COST.page);
      const visit = await Visit.to(database, request.params.organization, request.id);
      const article = await visit?.open(request.params.slug, language, textOf(request.query.q) || null);
      if (!visit || !article) return say(request, reply, 404, 'missing');
      const words = HELP_WORDS[language];
      const { name, slug } = visit.organization;
      const back = `/help/${encodeURIComponent(slug)}?lang=${language}`;
      const body = [
        `<p><a href="${escaped(back)}">${escaped(`${words.help} – ${name}`)}</a></p>`,
        article.isOtherLanguage ? `<p class="notice">${escaped(words.otherLanguage)}</p>` : '',
        // Rendered and made safe when it was published.
        `<article lang="${escaped(article.language)}"><h1>${escaped(article.title)}</h1>${article.bodyHtml}</article>`,
      ];
      return html(reply, 200, publicPage(language, article.title, body.join('')));
    });
  });
}

/** One page of what is found, or of all there is, and what comes after it. */
async function shownOf(
  visit: Visit,
  seal: CursorSeal,
  { language, query, after }: { language: Language; query: string; after: string | null },
): Promise<{ shown: Shown[]; next: string | null }> {
  if (query) {
    const search = { query, language, first: MOST_FOUND, after, isCounted: true };
    const { hits, hasNextPage, endCursor } = await visit.search(seal, search);
    return { shown: hits, next: hasNextPage ? endCursor : null };
  }
  const articles = await visit.articles(seal, { language, first: MOST_LISTED + 1, after });
  const shown = articles.slice(0, MOST_LISTED);
  return { shown, next: articles.length > MOST_LISTED ? shown.at(-1)!.cursor : null };
}

const cursorOf = (given: unknown): string | null => (typeof given === 'string' && given ? given : null);

const textOf = (given: unknown): string => (typeof given === 'string' ? given.slice(0, 200).trim() : '');

const languageFor = (request: Asked): Language =>
  languageAsked(textOf(request.query.lang), languageOf(request.headers['accept-language']));

function say(request: Asked, reply: FastifyReply, status: number, what: 'missing' | 'tooMany') {
  const language = languageFor(request);
  return html(
    reply,
    status,
    publicPage(language, 'Vínculo', `<p role="status">${escaped(HELP_WORDS[language][what])}</p>`),
  );
}

const html = (reply: FastifyReply, status: number, page: string) =>
  reply.code(status).headers(POLICY).type('text/html; charset=utf-8').send(page);
