import { ForecastChangesResolver } from './changes.resolver.js';
import { ForecastResolver } from './forecast.resolver.js';
import { ForecastSnapshot } from './snapshot.entity.js';
import { ForecastSnapshotResolver } from './snapshot.resolver.js';
import { ForecastSnapshotLine } from './snapshot-line.entity.js';
import { StageConversionResolver } from './stage-conversion.resolver.js';
import { SalesTarget } from './target.entity.js';
import { SalesTargetResolver } from './target.resolver.js';
import { SalesTargetRevision } from './target-revision.entity.js';

import './records.js';

export const forecastEntities = [SalesTarget, SalesTargetRevision, ForecastSnapshot, ForecastSnapshotLine];

export const forecastResolvers = (): object[] => [
  new ForecastResolver(),
  new SalesTargetResolver(),
  new StageConversionResolver(),
  new ForecastSnapshotResolver(),
  new ForecastChangesResolver(),
];
