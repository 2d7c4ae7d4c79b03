import { ForecastResolver } from './forecast.resolver.js';
import { SalesTarget } from './target.entity.js';
import { SalesTargetRevision } from './target-revision.entity.js';

export const forecastEntities: (new () => object)[] = [SalesTarget, SalesTargetRevision];

export const forecastResolvers = (): object[] => [new ForecastResolver()];
