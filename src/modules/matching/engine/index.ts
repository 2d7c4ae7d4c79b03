export { type BlockingRule, makeBlocks } from './blocking.js';
export { bestPartners, clusters } from './cluster.js';
export { type ComparisonSpec, levelsOf } from './comparison.js';
export { foldWords, soundOf } from './fold.js';
export { hoursText } from './hours.js';
export { learn } from './learning.js';
export { type Contexts, type LearntComparison, type Model, probability, usualPrior } from './model.js';
export { rootOf } from './names.js';
export {
  type CustomerFacts,
  customerRecord,
  DUPLICATE_COMPARISONS,
  type IdentityFacts,
  identityRecord,
  PEOPLE_BLOCKING,
  PEOPLE_COLUMNS,
  PEOPLE_COMPARISONS,
  PEOPLE_CONTEXTS,
} from './people.js';
export {
  bitsAt,
  type Contribution,
  makeScorer,
  type ScoredPairs,
  type ShareOf,
  scoreBlocks,
} from './scoring.js';
export { type RecordValues, type Table, TableBuilder, textOf } from './table.js';
