import { ForecastResolver } from './forecast.resolver.js';
import { SalesTarget } from './target.entity.js';
import { SalesTargetResolver } from './target.resolver.js';
import { SalesTargetRevision } from './target-revision.entity.js';

import './records.js';

export const forecastEntities: (new () => object)[] = [SalesTarget, SalesTargetRevision];

export const forecastResolvers = (): object[] => [new ForecastResolver(), new SalesTargetResolver()];
