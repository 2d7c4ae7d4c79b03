import { AudienceResolver } from './audience.resolver.js';
import { Community } from './community.entity.js';
import { CommunityResolver } from './community.resolver.js';
import { IdentityEdge } from './edge.entity.js';
import { GraphResolver } from './graph.resolver.js';
import { GraphRun } from './graph-run.entity.js';
import { GraphRunResolver } from './graph-run.resolver.js';
import { GraphSettings } from './graph-settings.entity.js';
import { GraphSettingsResolver } from './graph-settings.resolver.js';
import { GraphState } from './graph-state.entity.js';
import { CustomerInfluence, IdentityInfluence } from './influence.entity.js';
import {
  CustomerInfluenceResolver,
  CustomerTieResolver,
  IdentityInfluenceResolver,
  InfluenceResolver,
  InfluencersResolver,
} from './influence.resolver.js';
import { SeedResolver } from './seed.resolver.js';

export const graphEntities = [
  IdentityEdge,
  GraphSettings,
  GraphState,
  GraphRun,
  Community,
  IdentityInfluence,
  CustomerInfluence,
];

/** Without the owner's address they make the schema, but choose no seeds. */
export const graphResolvers = (ownerUrl?: string): object[] => [
  new GraphResolver(),
  new IdentityInfluenceResolver(),
  new CustomerInfluenceResolver(),
  new CustomerTieResolver(),
  new InfluenceResolver(),
  new InfluencersResolver(),
  new CommunityResolver(),
  new AudienceResolver(),
  new SeedResolver(ownerUrl),
  new GraphRunResolver(),
  new GraphSettingsResolver(),
];

export { catchUpEdges, catchUpWithPresent, rebuildEdges } from './edge.service.js';
export { interactionsBetween } from './evidence.loaders.js';
export { CONTENT_TYPES, EXPORT_FORMATS, type ExportFormat, exportGraph, namesPeople } from './export/export.formats.js';
export { exportParquet } from './export/export.parquet.js';
export { exportEdges } from './export/export.rows.js';
export { openGraphKeeper } from './graph.keeper.js';
export { GraphRunKind } from './graph-run.entity.js';
export { RUN_GRAPH, requestRun } from './run/graph-run.service.js';
export { runGraph } from './run/graph-run.task.js';
export { type TieRow, tiesPage } from './tie.queries.js';

import './records.js';
