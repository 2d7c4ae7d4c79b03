export { Conversation, ConversationStatus } from './conversation.entity.js';
export { resolveConversations } from './conversation.service.js';
export {
  type Enrichment,
  enrich,
  extractHandles,
  normaliseHandle,
  priorityOf,
  type SentimentModel,
  standardiseText,
} from './enrichment/index.js';
export { SocialIdentity } from './identity.entity.js';
export { type IdentityFacts, type ResolvedIdentity, resolveIdentities } from './identity.service.js';
export { Interaction } from './interaction.entity.js';
export { type NewInteraction, recordInteractions } from './interaction.service.js';
export { linkByProof } from './linking.service.js';
export { InteractionKind, Network, PostKind } from './networks.js';
export { Post, SentimentLabel } from './post.entity.js';
export { PostFilter } from './post.inputs.js';
export { CustomerPostsResolver, IdentityPostsResolver, PostConnection, PostResolver } from './post.resolver.js';
export { deletePosts, keepPosts, knownPosts } from './post.service.js';

import './records.js';
