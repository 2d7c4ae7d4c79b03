import { defineRecord } from '../../platform/schema/index.js';
import { Account } from './account.entity.js';
import { Conversation } from './conversation.entity.js';
import { SocialIdentity } from './identity.entity.js';
import { Interaction } from './interaction.entity.js';
import { Post } from './post.entity.js';
import { Reply } from './replies/reply.entity.js';
import { Source, SourceGap } from './source.entity.js';

export const identityRecord = defineRecord({
  type: SocialIdentity,
  name: 'socialIdentities',
  prefix: 'identity',
  visibility: 'IDENTITY',
  orders: {
    FIRST_SEEN_AT: { sql: 't.first_seen_at', type: 'timestamptz', nullable: false },
    FOLLOWERS: { sql: 't.followers_count', type: 'integer', nullable: true },
    HANDLE: { sql: 't.handle', type: 'text', nullable: false },
  },
  defaultOrder: [{ field: 'FIRST_SEEN_AT', direction: 'DESC' }],
  filters: {
    id: { sql: 't.id', type: 'uuid', prefix: 'identity' },
    network: { sql: 't.network', type: 'text' },
    handle: { sql: 't.handle', type: 'text' },
    displayName: { sql: 't.display_name', type: 'text' },
    followersCount: { sql: 't.followers_count', type: 'integer' },
    authored: { sql: 't.authored', type: 'boolean' },
    customerId: { sql: 't.customer_id', type: 'uuid', prefix: 'customer' },
    linked: { sql: '', type: 'boolean', build: linked => `t.customer_id is ${linked ? 'not ' : ''}null` },
    firstSeenAt: { sql: 't.first_seen_at', type: 'timestamptz' },
  },
});

const author = (condition: string): string =>
  `exists (select 1 from social_identities fi where fi.organization_id = t.organization_id and fi.id = t.author_id and ${condition})`;

export const postRecord = defineRecord({
  type: Post,
  name: 'posts',
  prefix: 'post',
  visibility: 'POST',
  orders: {
    OCCURRED_AT: { sql: 't.occurred_at', type: 'timestamptz', nullable: false },
    RECEIVED_AT: { sql: 't.received_at', type: 'timestamptz', nullable: false },
    PRIORITY: { sql: 't.priority_score', type: 'real', nullable: false, hideable: 'priority' },
    EDITED_AT: { sql: 't.edited_at', type: 'timestamptz', nullable: true },
  },
  defaultOrder: [{ field: 'OCCURRED_AT', direction: 'DESC' }],
  filters: {
    id: { sql: 't.id', type: 'uuid', prefix: 'post' },
    kind: { sql: 't.kind', type: 'text' },
    network: { sql: 't.network', type: 'text' },
    text: { sql: 't.text', type: 'text' },
    language: { sql: 't.language', type: 'text' },
    sentiment: { sql: 't.sentiment_label', type: 'text' },
    priority: { sql: 't.priority_score', type: 'real', hideable: 'priority' },
    authorId: { sql: 't.author_id', type: 'uuid', prefix: 'identity' },
    accountId: { sql: 't.account_id', type: 'uuid', prefix: 'account' },
    sourceId: { sql: 't.source_id', type: 'uuid', prefix: 'source' },
    conversationId: { sql: 't.conversation_id', type: 'uuid', prefix: 'conversation' },
    hashtags: { sql: 't.hashtags', type: 'text[]' },
    own: { sql: 't.own', type: 'boolean' },
    deleted: { sql: '', type: 'boolean', build: deleted => `t.deleted_at is ${deleted ? 'not ' : ''}null` },
    fromCustomer: { sql: '', type: 'boolean', build: known => author(`fi.customer_id is ${known ? 'not ' : ''}null`) },
    occurredAt: { sql: 't.occurred_at', type: 'timestamptz' },
    receivedAt: { sql: 't.received_at', type: 'timestamptz' },
    search: {
      sql: '',
      type: 'text',
      build: (query, parameters) => `t.id in (select id from search_posts(${parameters.add(query, 'text')}, 10000))`,
    },
  },
});

export const conversationRecord = defineRecord({
  type: Conversation,
  name: 'conversations',
  prefix: 'conversation',
  visibility: 'CONVERSATION',
  orders: {
    LAST_POST_AT: { sql: 't.last_post_at', type: 'timestamptz', nullable: false },
    FIRST_POST_AT: { sql: 't.first_post_at', type: 'timestamptz', nullable: false },
  },
  defaultOrder: [{ field: 'LAST_POST_AT', direction: 'DESC' }],
  filters: {
    status: { sql: 't.status', type: 'text' },
    network: { sql: 't.network', type: 'text' },
    assigneeId: { sql: 't.assignee_id', type: 'uuid', prefix: 'member' },
    teamId: { sql: 't.team_id', type: 'uuid', prefix: 'team' },
    lastPostAt: { sql: 't.last_post_at', type: 'timestamptz' },
  },
});

export const interactionRecord = defineRecord({
  type: Interaction,
  name: 'interactions',
  prefix: 'interaction',
  visibility: 'INTERACTION',
  orders: { OCCURRED_AT: { sql: 't.occurred_at', type: 'timestamptz', nullable: false } },
  defaultOrder: [{ field: 'OCCURRED_AT', direction: 'DESC' }],
  filters: {
    kind: { sql: 't.kind', type: 'text' },
    network: { sql: 't.network', type: 'text' },
    occurredAt: { sql: 't.occurred_at', type: 'timestamptz' },
  },
});

export const accountRecord = defineRecord({
  type: Account,
  name: 'accounts',
  prefix: 'account',
  visibility: 'CHANNEL',
  orders: { CREATED_AT: { sql: 't.created_at', type: 'timestamptz', nullable: false } },
  defaultOrder: [{ field: 'CREATED_AT', direction: 'ASC' }],
  filters: {},
});

export const sourceRecord = defineRecord({
  type: Source,
  name: 'sources',
  prefix: 'source',
  visibility: 'CHANNEL',
  // A source is its account's team's.
  from: `(select s.*, a.team_id from sources s
            left join accounts a on a.organization_id = s.organization_id and a.id = s.account_id) t`,
  orders: {
    CREATED_AT: { sql: 't.created_at', type: 'timestamptz', nullable: false },
    LAST_EVENT_AT: { sql: 't.last_event_at', type: 'timestamptz', nullable: true },
    LAST_SUCCESS_AT: { sql: 't.last_success_at', type: 'timestamptz', nullable: true },
  },
  defaultOrder: [{ field: 'CREATED_AT', direction: 'ASC' }],
  filters: {
    id: { sql: 't.id', type: 'uuid', prefix: 'source' },
    kind: { sql: 't.kind', type: 'text' },
    state: { sql: 't.state', type: 'text' },
    network: { sql: 't.network', type: 'text' },
    accountId: { sql: 't.account_id', type: 'uuid', prefix: 'account' },
    query: { sql: 't.query', type: 'text' },
  },
});

export const sourceGapRecord = defineRecord({
  type: SourceGap,
  name: 'sourceGaps',
  prefix: 'gap',
  // Whoever sees a source sees what it missed.
  visibility: 'CHANNEL',
  from: `(select g.*, a.team_id from source_gaps g
            join sources s on s.organization_id = g.organization_id and s.id = g.source_id
            left join accounts a on a.organization_id = s.organization_id and a.id = s.account_id) t`,
  orders: { RECORDED_AT: { sql: 't.recorded_at', type: 'timestamptz', nullable: false } },
  defaultOrder: [{ field: 'RECORDED_AT', direction: 'DESC' }],
  filters: {},
});

export const replyRecord = defineRecord({
  type: Reply,
  name: 'replies',
  prefix: 'reply',
  visibility: 'REPLY',
  orders: {
    CREATED_AT: { sql: 't.created_at', type: 'timestamptz', nullable: false },
    SCHEDULED_AT: { sql: 't.scheduled_at', type: 'timestamptz', nullable: true },
    SENT_AT: { sql: 't.sent_at', type: 'timestamptz', nullable: true },
  },
  defaultOrder: [{ field: 'CREATED_AT', direction: 'DESC' }],
  filters: {
    id: { sql: 't.id', type: 'uuid', prefix: 'reply' },
    state: { sql: 't.state', type: 'text' },
    kind: { sql: 't.kind', type: 'text' },
    network: { sql: 't.network', type: 'text' },
    accountId: { sql: 't.account_id', type: 'uuid', prefix: 'account' },
    postId: { sql: 't.post_id', type: 'uuid', prefix: 'post' },
    conversationId: { sql: 't.conversation_id', type: 'uuid', prefix: 'conversation' },
    recipientId: { sql: 't.recipient_identity_id', type: 'uuid', prefix: 'identity' },
    text: { sql: 't.text', type: 'text' },
    createdAt: { sql: 't.created_at', type: 'timestamptz' },
    scheduledAt: { sql: 't.scheduled_at', type: 'timestamptz' },
    sentAt: { sql: 't.sent_at', type: 'timestamptz' },
  },
});
