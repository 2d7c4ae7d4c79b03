export { type Enrichment, enrich } from './enrich.js';
export { detectLanguage } from './language.rules.js';
export { priorityOf } from './priority.rules.js';
export { explainReason } from './reason.rules.js';
export { lexiconSentiment } from './sentiment/lexicon.rules.js';
export { deserialiseSentiment, serialiseSentiment } from './sentiment/model.codec.js';
export { predictSentiment, type SentimentModel } from './sentiment/model.js';
export {
  SENTIMENT_LABELS,
  type Sentiment,
  type SentimentLabel,
} from './sentiment/sentiment.types.js';
export { macroF1, type SentimentExample, trainSentiment } from './sentiment/training.js';
