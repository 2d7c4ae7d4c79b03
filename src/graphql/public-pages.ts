import type { FastifyInstance, FastifyRequest } from 'fastify';
import { PUBLIC_PAGE_POLICY } from './public-pages.html.js';

const MOST_BYTES = 16_000;

/** Pages with forms for people who have no account: nothing but small forms is taken, and every page has the strict policy. */
export function takeForms(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: MOST_BYTES },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  scope.addHook('onSend', async (_request, reply) => {
    reply.headers(PUBLIC_PAGE_POLICY);
  });
}

/** Browsers say from where a form is sent; what says nothing has no session to misuse here either. */
export function isFromElsewhere(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const { origin } = request.headers;
  // Without a referrer an origin is told as null.
  if (!origin || origin === 'null') return false;
  return !URL.canParse(origin) || new URL(origin).host !== request.headers.host;
}
