import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { RequestContext } from '../modules/access/index.js';
import { mediaFile } from '../modules/social/index.js';
import { AppError } from '../platform/errors.js';

/** What a browser shows by itself without running anything of it; all else is saved. */
const SHOWN = /^(image\/(?!svg)[\w.+-]+|audio\/[\w.+-]+|video\/[\w.+-]+|application\/pdf)$/;

/** `GET /media/:id`: what came with a post, for who may see a post that has it. */
export function registerMedia(
  fastify: FastifyInstance,
  contextOf: (request: FastifyRequest) => Promise<RequestContext>,
): void {
  fastify.get<{ Params: { id: string } }>('/media/:id', async (request, reply) => {
    const context = await contextOf(request);
    const known = (request.headers['if-none-match'] ?? '').match(/[0-9a-f]{64}/g) ?? [];
    const file = await mediaFile(context, request.params.id, known);
    if (!file) throw new AppError('NOT_FOUND');
    reply.headers({
      etag: `"${file.sha256}"`,
      // Asked about each time: who may see it can change.
      'cache-control': 'private, no-cache',
      vary: 'authorization, cookie, x-organization',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
    });
    if (!file.bytes) return reply.code(304).send();
    return reply
      .type(file.type)
      .header('content-disposition', disposition(SHOWN.test(file.type) ? 'inline' : 'attachment', file.name))
      .send(file.bytes);
  });
}

/** RFC 6266: the name in full for those that understand it, and in ASCII for the others. */
function disposition(how: 'inline' | 'attachment', name: string | null): string {
  if (!name) return how;
  const plain = name.replaceAll(/[^\x20-\x7e]|["%\\]/g, '_');
  const full = encodeURIComponent(name).replaceAll(/['()*]/g, char => `%${char.charCodeAt(0).toString(16)}`);
  return `${how}; filename="${plain}"; filename*=UTF-8''${full}`;
}
