import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type RequestContext, visibleCondition } from '../modules/access/index.js';
import { csvKindOf, csvKinds, exportRows } from '../platform/csv/index.js';
import { AppError } from '../platform/errors.js';
import type { FileStreams } from './file-streams.js';

/** `GET /export/<kind>.csv`: everything of a kind that the caller sees, streamed, for who may export sales. */
export function registerRecordExport(
  fastify: FastifyInstance,
  contextOf: (request: FastifyRequest) => Promise<RequestContext>,
  streams: FileStreams,
): void {
  fastify.get<{ Params: { kind: string } }>('/export/:kind.csv', async (request, reply) => {
    const context = await contextOf(request);
    const { viewer, scope, options } = context;
    viewer.require('sales:export');
    const kind = csvKindOf(request.params.kind);
    if (!kind) {
      const names = csvKinds().map(({ name }) => name);
      throw new AppError('NOT_FOUND', `Exports are ${names.join(', ')}.`);
    }
    if (kind.name === 'customers') viewer.require('customers:export');
    const pieces = options.database.snapshot(scope, run =>
      exportRows(run, kind, {
        visible: (visibility, alias, parameters) => visibleCondition(viewer, visibility, alias, parameters),
        isHidden: (visibility, field) => viewer.isHidden(visibility, field),
      }),
    );
    return streams.send(context, reply, pieces, { name: `${kind.name}.csv`, type: 'text/csv; charset=utf-8' });
  });
}
