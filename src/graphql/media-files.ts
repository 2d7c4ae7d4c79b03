import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { RequestContext } from '../modules/access/index.js';
import { mediaFile } from '../modules/social/index.js';
import { AppError } from '../platform/errors.js';

/** What is said of every file of somebody's: asked about each time, as who may see it can change; nothing of it is run. */
export const FILE_HEADERS = {
  'cache-control': 'private, no-cache',
  vary: 'authorization, cookie, x-organization',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
};

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
    reply.headers({ ...FILE_HEADERS, etag: `"${file.sha256}"` });
    if (!file.bytes) return reply.code(304).send();
    return reply.type(file.type).header('content-disposition', dispositionOf(file)).send(file.bytes);
  });
}

/** RFC 6266: the name in full for those that understand it, and in ASCII for the others; shown only where that is safe. */
export function dispositionOf({ type, name }: { type: string; name: string | null }): string {
  const how = SHOWN.test(type) ? 'inline' : 'attachment';
  if (!name) return how;
  const plain = name.replaceAll(/[^\x20-\x7e]|["%\\]/g, '_');
  const full = encodeURIComponent(name).replaceAll(/['()*]/g, char => `%${char.charCodeAt(0).toString(16)}`);
  return `${how}; filename="${plain}"; filename*=UTF-8''${full}`;
}
