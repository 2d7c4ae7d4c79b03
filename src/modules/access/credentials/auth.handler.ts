import { sqlState } from '../../../platform/errors.js';
import type { Logger } from '../../../platform/logger.js';
import { AUTH_PATH, type Auth, CLIENT_IP_HEADER } from './auth.server.js';
import { withoutValues } from './failure.log.js';

/**
 * What is reachable over HTTP. The plugins bring many more routes, some of which would let a signed-in user
 * make keys and clients with grants of their own choosing; a list of what is open stays right when they add one.
 */
const OPEN_ROUTES = new Set([
  'POST /sign-in/email',
  'POST /sign-out',
  'GET /get-session',
  'GET /list-sessions',
  'POST /revoke-session',
  'POST /revoke-sessions',
  'POST /revoke-other-sessions',
  'POST /change-password',
  'POST /oauth2/token',
  'POST /oauth2/introspect',
  'POST /oauth2/revoke',
  'GET /jwks',
  'GET /.well-known/oauth-authorization-server',
]);

/** Where RFC 8414 puts the metadata of an issuer that has a path. */
const ISSUER_METADATA = `/.well-known/oauth-authorization-server${AUTH_PATH}`;
const CLIENT_AUTHENTICATED = new Set(['/oauth2/token', '/oauth2/introspect', '/oauth2/revoke']);

/** Answers a request under `/auth`, or for the issuer's metadata. `clientIp` is what sign-in attempts are counted by. Never throws. */
export async function handleAuthRequest(
  auth: Auth,
  request: Request,
  clientIp: string,
  log: Logger,
): Promise<Response> {
  const { pathname } = new URL(request.url);
  const path = pathname.startsWith(`${AUTH_PATH}/`) ? pathname.slice(AUTH_PATH.length) : '';
  const isMetadata = request.method === 'GET' && pathname === ISSUER_METADATA;
  if (!isMetadata && !OPEN_ROUTES.has(`${request.method} ${path}`)) {
    return Response.json({ code: 'NOT_FOUND', message: 'There is nothing here.' }, { status: 404 });
  }
  try {
    const forwarded = new Request(request);
    forwarded.headers.set(CLIENT_IP_HEADER, clientIp);
    return withRetryAfter(
      await auth.handler(CLIENT_AUTHENTICATED.has(path) ? await withBasicSecret(forwarded) : forwarded),
    );
  } catch (error) {
    if (isUnreadable(error))
      return Response.json({ code: 'BAD_USER_INPUT', message: 'The body cannot be read.' }, { status: 400 });
    log.error({ err: withoutValues(error), path }, 'an authentication request failed');
    return Response.json(
      { code: 'INTERNAL_SERVER_ERROR', message: 'Something went wrong on our side.' },
      { status: 500 },
    );
  }
}

/** A body that is no JSON, or text that PostgreSQL cannot hold (SQLSTATE class 22, such as a NUL character). */
function isUnreadable(error: unknown): boolean {
  return (error as Error | null)?.name === 'SyntaxError' || sqlState(error)?.startsWith('22') === true;
}

/**
 * better-auth ties a client to one way of sending its secret. RFC 6749 section 2.3.1 lets a client use the body
 * instead of the header, so a secret in the body is moved to the header. A request that does both is passed on, to be refused.
 */
async function withBasicSecret(request: Request): Promise<Request> {
  if (request.headers.has('authorization')) return request;
  const form = new URLSearchParams(await request.text());
  const [id, secret] = [form.getAll('client_id'), form.getAll('client_secret')];
  const headers = new Headers(request.headers);
  headers.delete('content-length');
  if (id.length === 1 && secret.length === 1) {
    const pair = [id, secret].map(([value]) => encodeURIComponent(value ?? '')).join(':');
    headers.set('authorization', `Basic ${Buffer.from(pair).toString('base64')}`);
    form.delete('client_id');
    form.delete('client_secret');
  }
  return new Request(request.url, { method: request.method, headers, body: form.toString() });
}

/** better-auth has only a header of its own for this. */
function withRetryAfter(response: Response): Response {
  const seconds = response.headers.get('x-retry-after');
  if (response.status !== 429 || !seconds) return response;
  const headers = new Headers(response.headers);
  headers.set('retry-after', seconds);
  return new Response(response.body, { status: response.status, headers });
}
