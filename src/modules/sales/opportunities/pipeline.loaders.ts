import type { LoaderDefinition } from '../../../platform/loaders.js';
import { columnsOf } from '../../../platform/schema/index.js';
import type { RequestContext } from '../../access/index.js';
import { Stage } from './stage.entity.js';

/** All stages of many pipelines, in order. */
export const stagesOfPipeline: LoaderDefinition<RequestContext, string, Stage[]> = {
  name: 'pipeline.stages',
  async batch(context, pipelineIds) {
    const rows = await context.read<Stage>(
      `select ${columnsOf(Stage)} from stages t where t.pipeline_id = any ($1::uuid[]) order by t.position, t.id`,
      [pipelineIds],
      'pipeline.stages',
    );
    const byPipeline = Map.groupBy(rows, row => row.pipelineId);
    return pipelineIds.map(id => byPipeline.get(id) ?? []);
  },
};
