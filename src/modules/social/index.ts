import { Account } from './account.entity.js';
import { AccountResolver } from './account.resolver.js';
import { AccountSecret } from './account-secret.entity.js';
import { AccountStreamResolver } from './accounts/account.streams.js';
import type { Connecting } from './accounts/connecting.js';
import { AccountConnection } from './accounts/connection.entity.js';
import { ConnectionResolver } from './accounts/connection.resolver.js';
import { AccountHealthResolver } from './accounts/health.resolver.js';
import { AccountBreaker } from './breaker.entity.js';
import { RateBucket } from './bucket.entity.js';
import { NO_CHANNELS } from './channel.directory.js';
import { IdentityClaim } from './claim.entity.js';
import { Conversation } from './conversation.entity.js';
import { ConversationResolver } from './conversation.resolver.js';
import { WebhookDelivery } from './delivery.entity.js';
import { SocialIdentity } from './identity.entity.js';
import { CustomerIdentitiesResolver, IdentityResolver } from './identity.resolver.js';
import { Interaction } from './interaction.entity.js';
import { IdentityLink } from './link.entity.js';
import { LinkResolver } from './link.resolver.js';
import { MediaFile, PostMediaFile } from './media.entity.js';
import { NetworkResolver } from './network.resolver.js';
import { Post } from './post.entity.js';
import { CustomerPostsResolver, IdentityPostsResolver, PostResolver } from './post.resolver.js';
import { PostStreamResolver } from './post.streams.js';
import { PostRevision } from './post-revision.entity.js';
import { PostTombstone } from './post-tombstone.entity.js';
import { ReplyApprovalResolver } from './replies/approval.resolver.js';
import { ReplyApprovalRule } from './replies/approval-rule.entity.js';
import type { Outbox } from './replies/composing.service.js';
import { EarlyReceipt } from './replies/early-receipt.entity.js';
import { Reply } from './replies/reply.entity.js';
import { PostRepliesResolver, ReplyResolver } from './replies/reply.resolver.js';
import { ReplyStreamResolver } from './replies/reply.streams.js';
import { SentimentCorrection, SentimentModelRow } from './sentiment.entity.js';
import { SentimentResolver } from './sentiment.resolver.js';
import { Source, SourceGap } from './source.entity.js';
import { SourceResolver } from './source.resolver.js';
import { ChannelSpending, SpendingReservation } from './spending.entity.js';

export const socialEntities = [
  SocialIdentity,
  Conversation,
  Post,
  PostRevision,
  PostTombstone,
  Interaction,
  IdentityLink,
  IdentityClaim,
  SentimentCorrection,
  SentimentModelRow,
  Account,
  AccountSecret,
  AccountConnection,
  AccountBreaker,
  RateBucket,
  ChannelSpending,
  SpendingReservation,
  Source,
  SourceGap,
  WebhookDelivery,
  MediaFile,
  PostMediaFile,
  Reply,
  ReplyApprovalRule,
  EarlyReceipt,
];

/** Makes the schema, and sends nothing. */
export const NO_OUTBOX: Outbox = { channels: NO_CHANNELS, accountOf: async () => null };

export const socialResolvers = (outbox: Outbox = NO_OUTBOX, connecting?: Connecting): object[] => [
  new PostResolver(),
  new CustomerPostsResolver(),
  new IdentityPostsResolver(),
  new PostStreamResolver(),
  new IdentityResolver(),
  new NetworkResolver(),
  new CustomerIdentitiesResolver(),
  new LinkResolver(),
  new ConversationResolver(),
  new SentimentResolver(),
  new ReplyResolver(outbox),
  new PostRepliesResolver(outbox),
  new ReplyApprovalResolver(),
  new ReplyStreamResolver(),
  new AccountResolver(outbox.channels),
  new AccountHealthResolver(outbox.channels, connecting),
  new ConnectionResolver(outbox.channels, connecting as Connecting),
  new AccountStreamResolver(),
  new SourceResolver(outbox.channels, connecting as Connecting),
];

export {
  channelAccount,
  channelAccounts,
} from './account.channel.js';
export { createAccount } from './account.service.js';
export { CALLBACK_PATH, type Connecting } from './accounts/connecting.js';
export { recordAccountRefusal, SUBSCRIBE_TASK } from './accounts/connection.service.js';
export { recordHook } from './accounts/hook.service.js';
export { checkAccount } from './accounts/recognition.js';
export { RENEW_TASK } from './accounts/renewal.rules.js';
export { accountsToRenew, renewAccess } from './accounts/renewal.service.js';
export {
  finishSignIn,
  forgetSignIns,
  keepFinished,
  type PendingSignIn,
  pendingSignIn,
} from './accounts/sign-in.service.js';
export { breakerAllows, outcomeOf, recordOutcome } from './breaker.service.js';
export { observeBucket, takeFromBucket } from './bucket.service.js';
export {
  type AccessGrant,
  type Channel,
  type ChannelAccount,
  type ChannelDirectory,
  type ChannelHolder,
  ChannelRefusal,
  type ChannelSignIn,
  type GivenAccount,
  isRefused,
  type Recognition,
  type RefusedReply,
  type RenderedReply,
  type ReplyDraft,
  type StoredProblem,
} from './channel.directory.js';
export { confirmClaims } from './claim.service.js';
export { giveTurns, resolveConversations } from './conversation.service.js';
export {
  expireDeliveries,
  forgetDeliveries,
  keepDelivery,
  PARSE_TASK,
  readForgotten,
  refuseDelivery,
  replayDeliveries,
  type StoredDelivery,
  settleDelivery,
  storedDelivery,
} from './delivery.service.js';
export { detectLanguage, type Enrichment, enrich, priorityOf, type SentimentModel } from './enrichment/index.js';
export { hasWords, shownEvidence, wordsOf } from './evidence.rules.js';
export { type IdentityFacts, type ResolvedIdentity, resolveIdentities } from './identity.service.js';
export { onIdentityMerge } from './identity-merge.service.js';
export { type NewInteraction, recordInteractions } from './interaction.service.js';
export { LinkEvidence } from './link.entity.js';
export { type Evidence, EvidenceKind, LinkMethod, PROOF_BITS } from './linking.rules.js';
export { linkByProof, linkIdentity, linkWhereOpen, onAutomaticLink } from './linking.service.js';
export { MediaFile } from './media.entity.js';
export { fileBytes, mediaFile } from './media.queries.js';
export { holdsFiles, keepFiles, type NewFile, removeUntied, sweepFiles, tieFiles } from './media.service.js';
export { InteractionKind, NETWORK_LABELS, Network, PostKind } from './networks.js';
export { keepCustomerWord } from './own-word.service.js';
export { CallDirection, CallStatus } from './post.entity.js';
export { deletePosts, keepPosts } from './post.service.js';
export { Media, type StoredMedia } from './post-media.entity.js';
export { AS_SENT, keepFormerTexts, knownPosts, unknownTexts } from './post-revision.service.js';
export { forgetDeletions } from './post-tombstone.service.js';
export { postToAnswer } from './replies/answered-post.queries.js';
export { needsApproval } from './replies/approval.service.js';
export { type Addressed, answeringAccount, networkOf, type Outbox } from './replies/composing.service.js';
export { mediaKindOf, mediaOf } from './replies/media.rules.js';
export { DELETE_TASK, HIDE_TASK, queueReplies, SEND_TASK } from './replies/outbox.queue.js';
export { CODE_OF_CLASS } from './replies/receipt.rules.js';
export { applyReceipts } from './replies/receipt.service.js';
export { hasWordsFor } from './replies/refusal.rules.js';
export type { StoredFailure } from './replies/reply.entity.js';
export { ReplyMediaInput } from './replies/reply.inputs.js';
export {
  addressCall,
  addressPost,
  keepReply,
  LATEST_MS,
  type Writer,
} from './replies/reply.service.js';
export { ReplyKind, ReplyState, ReplyVisibility } from './replies/reply.states.rules.js';
export { withdrawReply } from './replies/reply-change.service.js';
export { forgetReceipts, queueForgotten } from './replies/sending.queries.js';
export {
  claimReply,
  type OutgoingReply,
  recordDeleted,
  recordHidden,
  recordNotDeleted,
  recordNotSent,
  recordSent,
  type Setback,
  sentReply,
} from './replies/sending.service.js';
export { sentimentModelOf, TRAIN_SENTIMENT, trainOnCorrections } from './sentiment.service.js';
export {
  type KeptPost,
  type OwnerChange,
  onConversationsJoined,
  onIdentityOwners,
  onPosts,
  onReplies,
  onSending,
  runPostsHooks,
} from './social.hooks.js';
export { SourceState } from './source.entity.js';
export {
  advanceSource,
  type Gap,
  type Path,
  recordArrival,
  recordLoss,
  recordPolled,
  recordSetback,
  recordSuccess,
  replaceLoss,
  StaleCursor,
} from './source.progress.js';
export {
  type AccountSource,
  accountSource,
  type DrivenSource,
  drivenSource,
  drivenSources,
  scheduleForgotten,
} from './source.queries.js';
export { POLL_TASK, scheduleNext, schedulePolls, scheduleSources } from './source.schedule.js';
export { nextMonth } from './spending.rules.js';
export { reserveSpending, settleSpending } from './spending.service.js';
export { lockThreads } from './thread.locks.js';
export { touchedVisitors, type VisitorMessage, visitorMessages } from './visitor.queries.js';
export { Account, Conversation, Interaction, Post, Reply, SocialIdentity, Source };

import './records.js';
import './erasure.service.js';
import './export.queries.js';
import './merge.tables.js';
import './timeline.entries.js';
