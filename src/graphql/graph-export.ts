import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type RequestContext, visibleCondition } from '../modules/access/index.js';
import { CONTENT_TYPES, EXPORT_FORMATS, type ExportFormat, exportGraph } from '../modules/graph/index.js';
import { AppError } from '../platform/errors.js';

/** `GET /graph.csv`, `/graph.graphml`, `/graph.gexf`: the graph as a file, streamed, under the rights of who asks. */
export function registerGraphExport(
  fastify: FastifyInstance,
  contextOf: (request: FastifyRequest) => Promise<RequestContext>,
): void {
  fastify.get<{ Params: { format: string } }>('/graph.:format', async (request, reply) => {
    const context = await contextOf(request);
    context.viewer.require('graph:read');
    const { format } = request.params;
    if (!isFormat(format))
      throw new AppError('BAD_USER_INPUT', `The graph comes as ${EXPORT_FORMATS.map(each => `.${each}`).join(', ')}.`);
    const text = exportGraph(
      {
        run: context.run,
        visible: (alias, parameters) => visibleCondition(context.viewer, 'IDENTITY', alias, parameters),
      },
      format,
    );
    return reply
      .type(CONTENT_TYPES[format])
      .header('content-disposition', `attachment; filename="graph.${format}"`)
      .send(Readable.from(text));
  });
}

const isFormat = (format: string): format is ExportFormat => (EXPORT_FORMATS as readonly string[]).includes(format);
