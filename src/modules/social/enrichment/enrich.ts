import type { Network, PostKind } from '../networks.js';
import { detectLanguage } from './language.rules.js';
import { type PriorityScore, priorityOf } from './priority.rules.js';
import { lexiconSentiment } from './sentiment/lexicon.rules.js';
import { predictSentiment, type SentimentModel } from './sentiment/model.js';
import type { Sentiment } from './sentiment/sentiment.types.js';
import { extractHandles, extractHashtags, extractLinks, standardiseText } from './text.rules.js';

export interface EnrichmentInput {
  /** As the network sent it. */
  text: string;
  network: Network;
  kind: PostKind;
  /** BCP 47, where the network is sure of it; otherwise it is detected. */
  language?: string | null;
  followersCount?: number | null;
  isCustomer?: boolean;
  relationshipStrength?: number | null;
  own?: boolean;
  auto?: boolean;
}

export interface Enrichment {
  text: string;
  /** BCP 47, `und` when unsure. */
  language: string;
  /** Mentioned handles, normalised for the post's network. */
  handles: string[];
  hashtags: string[];
  links: string[];
  sentiment: Sentiment;
  priority: PriorityScore;
}

/** All a post is given on its way in, in one pass; with a model, its sentiment is the learned one. Pure; never throws on any text. */
export function enrich(input: EnrichmentInput, model?: SentimentModel | null): Enrichment {
  const text = standardiseText(input.text);
  const language = input.language || detectLanguage(text).code;
  const sentiment = model ? predictSentiment(model, text, language) : lexiconSentiment(text, language);
  return {
    text,
    language,
    handles: extractHandles(text, input.network),
    hashtags: extractHashtags(text),
    links: extractLinks(text),
    sentiment,
    priority: priorityOf({ ...input, text, language, sentiment }),
  };
}
