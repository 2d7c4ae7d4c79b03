import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Access } from '../modules/access/index.js';
import { type LinkedSurvey, openLinkedSurvey, SURVEY_WORDS } from '../modules/support/index.js';
import type { Database } from '../platform/database/database.js';
import { AppError, ERRORS, InputError } from '../platform/errors.js';
import { subnetOf } from '../platform/subnet.js';
import { Allowance } from './allowance.js';
import { publicPage } from './public-pages.html.js';
import { isFromElsewhere, takeForms } from './public-pages.js';
import { QUOTE_PAGE_WORDS } from './quote-pages.html.js';
import { type HttpServer, languageOf } from './server.js';
import { escaped } from './setup-pages.html.js';

/** What an address may ask in a minute. */
const PER_MINUTE = 240;
const COST = { page: 1, answer: 4 };

type Named = FastifyRequest<{ Params: { token: string }; Querystring: { score?: string } }>;

/**
 * The page behind the link of a survey: `GET /survey/<token>` shows the question, and answers nothing, so that a mail program that
 * looks at links first does not answer for anybody; its form does.
 */
export function registerSurveyPages(
  server: Pick<HttpServer, 'fastify'>,
  { database, access }: { database: Database; access: Pick<Access, 'guesses'> },
): void {
  const allowance = new Allowance(PER_MINUTE);

  async function open(request: Named, cost: number): Promise<LinkedSurvey | null> {
    access.guesses.check(request.ip);
    allowance.spend(subnetOf(request.ip), cost);
    const linked = await openLinkedSurvey(database, request.params.token, request.id);
    if (!linked) access.guesses.miss(request.ip);
    return linked;
  }

  server.fastify.register(async scope => {
    takeForms(scope);
    scope.setErrorHandler((error, request, reply) => {
      if (!(error instanceof AppError) || error.code !== 'RATE_LIMITED') throw error;
      return message(request, reply.header('retry-after', '60'), ERRORS[error.code].status, 'tooMany');
    });

    scope.get('/survey/:token', async (request: Named, reply) => {
      const linked = await open(request, COST.page);
      if (!linked) return message(request, reply, 404, 'over');
      return html(reply, 200, surveyPage(linked, { score: Number(request.query.score ?? linked.score ?? Number.NaN) }));
    });

    scope.post('/survey/:token', async (request: Named, reply) => {
      if (isFromElsewhere(request)) return message(request, reply, 403, 'elsewhere');
      const linked = await open(request, COST.answer);
      if (!linked) return message(request, reply, 404, 'over');
      const { score = '', comment } = (request.body ?? {}) as Record<string, string | undefined>;
      const given = { score: /^\d{1,2}$/.test(score) ? Number(score) : Number.NaN, comment: comment ?? null };
      try {
        await linked.answer(given);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        const words = SURVEY_WORDS[linked.language];
        const isLong = error.problems.some(({ code }) => code === 'TOO_LONG');
        return html(reply, 422, surveyPage(linked, { ...given, problem: isLong ? words.tooLong : words.scoreNeeded }));
      }
      const thanks = `<p role="status" class="notice">${escaped(linked.thanks)}</p>`;
      return html(reply, 200, publicPage(linked.language, linked.organization, thanks));
    });
  });
}

function surveyPage(
  { organization, language, kind, question, least, most, score: answered }: LinkedSurvey,
  { score, comment, problem }: { score: number; comment?: string | null; problem?: string },
): string {
  const words = SURVEY_WORDS[language];
  const scores = Array.from({ length: most - least + 1 }, (_, at) => least + at);
  const choice = (value: number) =>
    `<label><input type="radio" name="score" value="${value}" required${value === score ? ' checked' : ''}>${value}</label>`;
  const body = [
    `<p>${escaped(organization)}</p><h1>${escaped(question)}</h1>`,
    answered === null ? '' : `<p class="notice">${escaped(words.answered)}</p>`,
    problem ? `<p class="problem" role="alert">${escaped(problem)}</p>` : '',
    `<form method="post"><fieldset class="scores"><legend>${least}: ${escaped(words.kinds[kind].least)} – ${most}: ${escaped(words.kinds[kind].most)}</legend>${scores.map(choice).join('')}</fieldset>`,
    `<label>${escaped(words.comment)}<textarea name="comment" rows="5" maxlength="5000">${escaped(comment ?? '')}</textarea></label><button>${escaped(words.send)}</button></form>`,
  ];
  return publicPage(language, question, body.join(''));
}

function message(request: FastifyRequest, reply: FastifyReply, status: number, what: 'over' | 'elsewhere' | 'tooMany') {
  const language = languageOf(request.headers['accept-language']);
  const text = what === 'over' ? SURVEY_WORDS[language].over : QUOTE_PAGE_WORDS[language][what];
  return html(reply, status, publicPage(language, 'Vínculo', `<p role="status">${escaped(text)}</p>`));
}

const html = (reply: FastifyReply, status: number, page: string) =>
  reply.code(status).type('text/html; charset=utf-8').send(page);
