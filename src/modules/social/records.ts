import { defineRecord } from '../../platform/schema/index.js';
import { Conversation } from './conversation.entity.js';
import { SocialIdentity } from './identity.entity.js';
import { Post } from './post.entity.js';

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
    PRIORITY: { sql: 't.priority_score', type: 'real', nullable: false },
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
