export { type Enrichment, type EnrichmentInput, enrich } from './enrich.js';
export { type DetectedLanguage, detectLanguage } from './language.rules.js';
export {
  type PriorityCode,
  type PriorityInput,
  type PriorityScore,
  priorityOf,
  type StoredReason,
} from './priority.rules.js';
export { explainReason } from './reason.rules.js';
export { lexiconSentiment } from './sentiment/lexicon.rules.js';
export { deserialiseSentiment, serialiseSentiment } from './sentiment/model.codec.js';
export { predictSentiment, type SentimentModel } from './sentiment/model.js';
export {
  type DecidingWord,
  SENTIMENT_LABELS,
  type Sentiment,
  type SentimentLabel,
} from './sentiment/sentiment.types.js';
export { macroF1, type SentimentExample, trainSentiment } from './sentiment/training.js';
export { extractHandles, extractHashtags, extractLinks, normaliseHandle, standardiseText } from './text.rules.js';
