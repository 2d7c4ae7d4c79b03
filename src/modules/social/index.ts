export { Conversation, ConversationStatus } from './conversation.entity.js';
export { SocialIdentity } from './identity.entity.js';
export { InteractionKind, Network, PostKind } from './networks.js';
export { Post, SentimentLabel } from './post.entity.js';
export { PostFilter } from './post.inputs.js';
export { CustomerPostsResolver, IdentityPostsResolver, PostConnection, PostResolver } from './post.resolver.js';

import './records.js';
