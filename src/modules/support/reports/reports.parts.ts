import { SupportCountersResolver } from './counters.resolver.js';
import { SupportReportResolver } from './report.resolver.js';

export const reportEntities = [];

export const reportResolvers = (): object[] => [new SupportReportResolver(), new SupportCountersResolver()];
