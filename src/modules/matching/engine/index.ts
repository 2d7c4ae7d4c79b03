export { type BlockingRule, type Blocks, makeBlocks } from './blocking.js';
export { bestPartners, clusters } from './cluster.js';
export { type Comparison, type ComparisonSpec, levelsOf } from './comparison.js';
export { type Contexts, learn, type Model, probability, usualPrior } from './model.js';
export { bitsAt, type Contribution, makeScorer, type ScoredPairs, scoreBlocks } from './scoring.js';
export { type ColumnSpec, type RecordValues, type Table, TableBuilder } from './table.js';
