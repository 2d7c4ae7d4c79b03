import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type RequestContext, visibleCondition } from '../modules/access/index.js';
import { CONTENT_TYPES, EXPORT_FORMATS, type ExportFormat, exportGraph, namesPeople } from '../modules/graph/index.js';
import { AppError } from '../platform/errors.js';
import { callerOf } from './server.js';

/** Each holds a connection for as long as its reader takes. */
const MOST_AT_ONCE = 4;

/**
 * `GET /graph.csv`, `/graph.graphml`, `/graph.gexf`: the graph as a file, streamed, under the rights of who asks. CSV has ids only
 * and is for who may read the graph; the others name people, and are for who may export customers. One at a time for a caller.
 */
export function registerGraphExport(
  fastify: FastifyInstance,
  contextOf: (request: FastifyRequest) => Promise<RequestContext>,
): void {
  const underWay = new Map<string, Readable>();
  fastify.get<{ Params: { format: string } }>('/graph.:format', async (request, reply) => {
    const context = await contextOf(request);
    const { viewer, scope } = context;
    viewer.require('graph:read');
    const { format } = request.params;
    if (!isFormat(format))
      throw new AppError('BAD_USER_INPUT', `The graph comes as ${EXPORT_FORMATS.map(each => `.${each}`).join(', ')}.`);
    if (namesPeople(format)) viewer.require('customers:export');
    const caller = callerOf(context);
    if (underWay.has(caller)) throw new AppError('RATE_LIMITED', 'Your last export is still under way.');
    if (underWay.size >= MOST_AT_ONCE) throw new AppError('UNAVAILABLE');
    const text = Readable.from(
      context.options.database.snapshot(scope, run =>
        exportGraph(
          { run, visible: (kind, alias, parameters) => visibleCondition(viewer, kind, alias, parameters) },
          format,
        ),
      ),
    );
    underWay.set(caller, text);
    const release = () => {
      if (underWay.get(caller) === text) underWay.delete(caller);
    };
    // Who has read it to its end may ask again at once; who went away closes it before.
    text.once('end', release).once('close', release);
    return reply
      .type(CONTENT_TYPES[format])
      .header('content-disposition', `attachment; filename="graph.${format}"`)
      .send(text);
  });
}

const isFormat = (format: string): format is ExportFormat => (EXPORT_FORMATS as readonly string[]).includes(format);
