import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type RequestContext, visibleCondition } from '../modules/access/index.js';
import { CONTENT_TYPES, EXPORT_FORMATS, type ExportFormat, exportGraph, namesPeople } from '../modules/graph/index.js';
import { AppError } from '../platform/errors.js';
import type { FileStreams } from './file-streams.js';

/**
 * `GET /graph.csv`, `/graph.graphml`, `/graph.gexf`: the graph as a file, streamed, under the rights of who asks. CSV has ids only
 * and is for who may read the graph; the others name people, and are for who may export customers. One at a time for a caller.
 */
export function registerGraphExport(
  fastify: FastifyInstance,
  contextOf: (request: FastifyRequest) => Promise<RequestContext>,
  streams: FileStreams,
): void {
  fastify.get<{ Params: { format: string } }>('/graph.:format', async (request, reply) => {
    const context = await contextOf(request);
    const { viewer, scope } = context;
    const { database } = context.options;
    viewer.require('graph:read');
    const { format } = request.params;
    if (!isFormat(format))
      throw new AppError('BAD_USER_INPUT', `The graph comes as ${EXPORT_FORMATS.map(each => `.${each}`).join(', ')}.`);
    if (namesPeople(format)) viewer.require('customers:export');
    const text = database.snapshot(scope, run =>
      exportGraph(
        { run, visible: (kind, alias, parameters) => visibleCondition(viewer, kind, alias, parameters) },
        format,
      ),
    );
    return streams.send(context, reply, text, { name: `graph.${format}`, type: CONTENT_TYPES[format] });
  });
}

const isFormat = (format: string): format is ExportFormat => (EXPORT_FORMATS as readonly string[]).includes(format);
