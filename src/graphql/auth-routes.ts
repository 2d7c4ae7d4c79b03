import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Access } from '../modules/access/index.js';

const MOST_BYTES = 64_000;

/** Signing in and out, OAuth tokens and the issuer's metadata, passed to the credentials with the body as it came. */
export function registerAuthRoutes(fastify: FastifyInstance, access: Pick<Access, 'credentials' | 'baseUrl'>): void {
  const { origin } = new URL(access.baseUrl);
  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    const response = await access.credentials.handler(
      new Request(origin + request.url, {
        method: request.method,
        headers: headersOf(request),
        ...(Buffer.isBuffer(request.body) ? { body: new Uint8Array(request.body) } : {}),
      }),
      request.ip,
    );
    reply.code(response.status);
    for (const [name, value] of response.headers) if (name !== 'set-cookie') reply.header(name, value);
    // Several cookies must not be joined into one header.
    const cookies = response.headers.getSetCookie();
    if (cookies.length > 0) reply.header('set-cookie', cookies);
    return reply.send(Buffer.from(await response.arrayBuffer()));
  };
  // A plugin of its own, so that bodies stay unparsed here and nowhere else.
  fastify.register(async scope => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_request, body, done) =>
      done(null, body),
    );
    scope.route({ method: ['GET', 'POST'], url: '/auth/*', handler: answer });
    scope.get('/.well-known/oauth-authorization-server/auth', answer);
  });
}

function headersOf(request: FastifyRequest): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    // The length is that of the body as it is sent on, which the request works out by itself.
    if (name === 'content-length' || name === 'transfer-encoding') continue;
    for (const each of Array.isArray(value) ? value : [value]) if (each !== undefined) headers.append(name, each);
  }
  return headers;
}
