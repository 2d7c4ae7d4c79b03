import './decision.queries.js';
import './erasure.service.js';
import './records.js';
import { CreatedDuplicateResolver, DuplicateResolver } from './duplicate.resolver.js';
import { MatchKey, MatchQueueItem } from './key.entity.js';
import { MatchModel } from './model.entity.js';
import { MatchingSettingsResolver } from './settings.resolver.js';
import { LinkSuggestion } from './suggestion.entity.js';
import { CustomerSuggestionsResolver, IdentitySuggestionsResolver, SuggestionResolver } from './suggestion.resolver.js';

export const matchingEntities = [MatchKey, MatchQueueItem, MatchModel, LinkSuggestion];

export const matchingResolvers = (): object[] => [
  new SuggestionResolver(),
  new CustomerSuggestionsResolver(),
  new IdentitySuggestionsResolver(),
  new DuplicateResolver(),
  new CreatedDuplicateResolver(),
  new MatchingSettingsResolver(),
];

export { openMatching, TRAIN_MATCHING, trainOutdated } from './background.js';
export { lookAgain } from './catch-up.service.js';
export { LOOK_AGAIN } from './settings.service.js';
