import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { subnetOf } from '../platform/subnet.js';
import type { HookAnswer, Webhooks } from './webhooks.js';

interface Keyed {
  Params: { key: string };
}

/** Never read again: they say who we are to others, not who calls. */
const UNNEEDED = new Set(['cookie', 'connection', 'transfer-encoding', 'keep-alive', 'upgrade']);

/**
 * `GET|POST /hooks/:key`: bodies of any type reach us as the bytes they are, up to `maxBytes`; those for a key that is not
 * there are not read. `publicUrl` is where the outside world finds us: some signatures are over the address.
 */
export function registerHooks(
  fastify: FastifyInstance,
  hooks: Webhooks,
  { publicUrl, maxBytes }: { publicUrl: string; maxBytes: number },
): void {
  fastify.register(async scope => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: maxBytes }, (_request, body, done) =>
      done(null, body),
    );
    scope.route<Keyed>({
      method: ['GET', 'POST'],
      url: '/hooks/:key',
      exposeHeadRoute: false,
      bodyLimit: maxBytes,
      onRequest: async (request, reply) => {
        // Whatever it is said to be, even nonsense, it is taken as bytes; the adapter is told what was said.
        if (request.headers['content-type'] !== undefined) request.headers['content-type'] = 'application/octet-stream';
        const refused = await hooks.refuseEarly(request.params.key, subnetOf(request.ip));
        if (refused) return send(reply, refused);
      },
      handler: async (request, reply) =>
        send(
          reply,
          await hooks.receive({
            key: request.params.key,
            request: {
              method: request.method,
              url: publicUrl + request.url,
              headers: headersOf(request),
              body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
            },
            caller: subnetOf(request.ip),
            requestId: request.id,
          }),
        ),
    });
  });
}

/** What an adapter echoes must never be taken for a page of ours. */
const HARMLESS = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
  'cache-control': 'no-store',
};

const send = (reply: FastifyReply, { status, body, headers }: HookAnswer): FastifyReply =>
  reply
    .code(status)
    .headers({ 'content-type': 'text/plain; charset=utf-8', ...headers, ...HARMLESS })
    .send(body);

function headersOf(request: FastifyRequest): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined && !UNNEEDED.has(name)) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  const { rawHeaders } = request.raw;
  const at = rawHeaders.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === 'content-type');
  if (at >= 0) headers['content-type'] = rawHeaders[at + 1]!;
  return headers;
}
