import { IntentQueueItem, LeadSuggestion } from './suggestion.entity.js';
import { LeadSuggestionResolver, PostIntentResolver } from './suggestion.resolver.js';

import './erasure.service.js';
import './identity.merge.js';
import './records.js';

export const socialSellingEntities = [LeadSuggestion, IntentQueueItem];

export const socialSellingResolvers = (): object[] => [new LeadSuggestionResolver(), new PostIntentResolver()];
