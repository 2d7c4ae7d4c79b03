import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { RequestContext } from '../modules/access/index.js';
import { attachedFile, keepUpload } from '../modules/support/index.js';
import { AppError } from '../platform/errors.js';
import { LARGEST_FILE } from '../platform/file.types.js';
import { Allowance } from './allowance.js';
import { dispositionOf, FILE_HEADERS } from './media-files.js';

const UPLOADS_PER_MINUTE = 60;
/** Each is in memory until it is kept: so many of one uploader, as many as a browser sends at once, and of all in this process. */
const UPLOADS_AT_ONCE = 6;
const MOST_AT_ONCE = 24;

/**
 * `POST /support/attachments?name=<file name>`: a file as the body, of up to 25 MiB, to go with what is said in a ticket; answers
 * `{ id, name, type, size, url }`. A customer uploads so much a day, and nobody too many at once. Needs the header `x-requested-with`, which no other site can send for somebody.
 * `GET /support/attachments/:id`: the file, for who may see the message that has it.
 */
export function registerAttachments(
  fastify: FastifyInstance,
  contextOf: (request: FastifyRequest) => Promise<RequestContext>,
): void {
  const allowance = new Allowance(UPLOADS_PER_MINUTE);
  const coming: string[] = [];
  fastify.register(async routes => {
    routes.removeAllContentTypeParsers();
    routes.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: LARGEST_FILE }, (_request, body, done) =>
      done(null, body),
    );
    routes.post<{ Querystring: { name?: string } }>(
      '/support/attachments',
      {
        bodyLimit: LARGEST_FILE,
        // Before a byte of it is read.
        onRequest: async (request, reply) => {
          if (!request.headers['x-requested-with'])
            throw new AppError('BAD_USER_INPUT', 'Send the header X-Requested-With.');
          const { viewer } = await contextOf(request);
          viewer.require('tickets:open');
          const theirs = coming.filter(actor => actor === viewer.actor).length;
          if (theirs >= UPLOADS_AT_ONCE || coming.length >= MOST_AT_ONCE)
            throw new AppError('RATE_LIMITED', 'Too much is uploaded at once. Try again in 1 s.', { retryAfter: 1 });
          allowance.spend(viewer.actor, 1);
          // Whoever has left by now takes no place.
          if (reply.raw.closed) return;
          coming.push(viewer.actor);
          reply.raw.once('close', () => coming.splice(coming.indexOf(viewer.actor), 1));
        },
      },
      async (request, reply) => {
        const bytes = request.body as Buffer | undefined;
        if (!bytes?.length) throw new AppError('BAD_USER_INPUT', 'The body is empty.');
        const { options, scope, viewer } = await contextOf(request);
        viewer.require('tickets:open');
        const kept = await keepUpload(options.database, scope, viewer, { bytes, name: request.query.name });
        return reply.code(201).send(kept);
      },
    );
    routes.get<{ Params: { id: string } }>('/support/attachments/:id', async (request, reply) => {
      const file = await attachedFile(await contextOf(request), request.params.id);
      if (!file) throw new AppError('NOT_FOUND');
      return reply
        .headers({ ...FILE_HEADERS, etag: `"${file.sha256}"` })
        .type(file.type)
        .header('content-disposition', dispositionOf(file))
        .send(file.bytes);
    });
  });
}
