import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import {
  connectionOf,
  DateTime,
  DateTimeFilter,
  enumFilterOf,
  IdFilter,
  MutationInput,
  MutationPayload,
  orderInputOf,
  PageArgs,
  Reference,
  StringFilter,
} from '../../../platform/schema/index.js';
import { Network } from '../networks.js';
import { Post } from '../post.entity.js';
import { NetworkFilter } from '../post.inputs.js';
import { Reply, ReplyFailure, type StoredFailure } from './reply.entity.js';
import { ReplyKind, ReplyState, ReplyVisibility } from './reply.states.rules.js';

export enum ReplyOrderField {
  CREATED_AT = 'CREATED_AT',
  SCHEDULED_AT = 'SCHEDULED_AT',
  SENT_AT = 'SENT_AT',
}
registerEnumType(ReplyOrderField, {
  name: 'ReplyOrderField',
  description: 'What replies are ordered by.',
  valuesConfig: {
    CREATED_AT: { description: 'When they were written.' },
    SCHEDULED_AT: { description: 'When they are to be sent.' },
    SENT_AT: { description: 'When the network took them.' },
  },
});
export const ReplyOrder = orderInputOf(ReplyOrderField, 'Reply');
export const ReplyConnection = connectionOf(Reply, 'Reply');
const ReplyStateFilter = enumFilterOf(ReplyState, 'ReplyState');
const ReplyKindFilter = enumFilterOf(ReplyKind, 'ReplyKind');

@InputType({ description: 'Which replies; all conditions must hold.' })
export class ReplyFilter {
  @Field(() => IdFilter, { nullable: true, description: 'By id.' })
  id?: IdFilter;
  @Field(() => ReplyStateFilter, { nullable: true, description: 'By where they stand.' })
  state?: object;
  @Field(() => ReplyKindFilter, { nullable: true, description: 'By how somebody is answered.' })
  kind?: object;
  @Field(() => NetworkFilter, { nullable: true, description: 'By network.' })
  network?: object;
  @Field(() => IdFilter, { nullable: true, description: 'By the account of ours that says it.' })
  accountId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By the post they answer.' })
  postId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By conversation.' })
  conversationId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By the identity they are for.' })
  recipientId?: IdFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By what they say.' })
  text?: StringFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when they were written.' })
  createdAt?: DateTimeFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when they are to be sent.' })
  scheduledAt?: DateTimeFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when the network took them.' })
  sentAt?: DateTimeFilter;
  @Field(() => [ReplyFilter], { nullable: true, description: 'All of these.' })
  and?: ReplyFilter[];
  @Field(() => [ReplyFilter], { nullable: true, description: 'At least one of these.' })
  or?: ReplyFilter[];
  @Field(() => ReplyFilter, { nullable: true, description: 'Not this.' })
  not?: ReplyFilter;
}

@ArgsType()
export class RepliesArgs extends PageArgs {
  @Field(() => ReplyFilter, { nullable: true, description: 'Only these.' })
  filter?: ReplyFilter;
  @Field(() => [ReplyOrder], { nullable: true, description: 'In this order; the latest first unless said.' })
  orderBy?: InstanceType<typeof ReplyOrder>[];
}

@InputType({ description: 'A picture, film, sound or file that is to go with a reply.' })
export class ReplyMediaInput {
  @Field({ description: 'Where it lies: an http or https address that can be fetched without signing in.' })
  url: string;
  @Field(() => String, { nullable: true, description: 'What it shows, for those who cannot see it.' })
  description?: string | null;
}

@InputType({ description: 'What is said, and when.' })
abstract class WordingInput extends MutationInput {
  @Field({ description: 'What is said, as plain text; what the network demands is added to it.' })
  text: string;
  @Field(() => String, { nullable: true, description: 'Its language, BCP 47.' })
  language?: string | null;
  @Field(() => [ReplyMediaInput], { nullable: true, description: 'What goes with it.' })
  media?: ReplyMediaInput[] | null;
  @Field(() => DateTime, { nullable: true, description: 'When it is to be sent; at once unless given.' })
  scheduledAt?: string | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'A text that is too long becomes several, each of which answers the one before it.',
  })
  splitIntoThread?: boolean | null;
  @Field(() => String, { nullable: true, description: 'Something to tell whoever has to approve it.' })
  approvalNote?: string | null;
}

@InputType({ description: 'What is answered, and with what.' })
export class ReplyToPostInput extends WordingInput {
  @Field(() => ID, { description: 'The post that is answered.' })
  postId: string;
  @Field(() => ID, {
    nullable: true,
    description: 'From which account; from the one the post reached, or the only one on its network, unless given.',
  })
  accountId?: string | null;
  @Field(() => ReplyVisibility, { nullable: true, description: 'Who can read it; as the post unless given.' })
  visibility?: ReplyVisibility | null;
}

@InputType({ description: 'What is said to somebody alone.' })
export class SendDirectMessageInput extends WordingInput {
  @Field(() => ID, { description: 'From which account.' })
  accountId: string;
  @Field(() => ID, { nullable: true, description: 'To whom.' })
  identityId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Or to which customer, under its one identity on the network.' })
  customerId?: string | null;
  @Field(() => Network, { nullable: true, description: 'With a customer: on which network.' })
  network?: Network | null;
  @Field(() => ID, { nullable: true, description: 'What it answers; their latest message to us unless given.' })
  postId?: string | null;
}

@InputType({ description: 'Who is called.' })
export class PlaceCallInput extends MutationInput {
  @Field(() => ID, { description: 'Through which account.' })
  accountId: string;
  @Field(() => String, { nullable: true, description: 'The number that is called, with its country code.' })
  number?: string | null;
  @Field(() => ID, { nullable: true, description: 'Or the identity.' })
  identityId?: string | null;
  @Field({ description: 'The extension or number of ours that rings first.' })
  agent: string;
}

@InputType({ description: 'What would be said, to be looked at before it is.' })
export class PreviewReplyInput {
  @Field(() => ID, { nullable: true, description: 'The post that would be answered.' })
  postId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Without a post: who would be written to alone.' })
  identityId?: string | null;
  @Field(() => ID, { nullable: true, description: 'From which account; needed without a post.' })
  accountId?: string | null;
  @Field({ description: 'What would be said.' })
  text: string;
  @Field(() => ReplyVisibility, { nullable: true, description: 'Who could read it.' })
  visibility?: ReplyVisibility | null;
  @Field(() => String, { nullable: true, description: 'Its language, BCP 47.' })
  language?: string | null;
  @Field(() => [ReplyMediaInput], { nullable: true, description: 'What would go with it; it is not fetched.' })
  media?: ReplyMediaInput[] | null;
  @Field(() => DateTime, { nullable: true, description: 'When it would be sent.' })
  scheduledAt?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether a text that is too long may become several.' })
  splitIntoThread?: boolean | null;
}

@ObjectType({ description: 'One part of what would be sent.', simpleResolvers: true })
export class ReplyPart {
  @Field({ description: 'As people would read it.' })
  text: string;
  @Field(() => Int, { description: 'Its length, in the unit of the network.' })
  length: number;
}

@ObjectType({ description: 'What would be sent, and why it would be refused.', simpleResolvers: true })
export class ReplyPreview {
  @Field(() => String, {
    nullable: true,
    description: 'As people would read it, the first part; nothing when it is refused.',
  })
  text: string | null;
  @Field(() => Int, { nullable: true, description: 'Its length, in the unit of the network.' })
  length: number | null;
  @Field(() => Int, { nullable: true, description: 'How long it may be; nothing when the network sets no limit.' })
  limit: number | null;
  @Field(() => String, {
    nullable: true,
    description: 'What the network counts: characters, graphemes, weighted, bytes or segments.',
  })
  unit: string | null;
  @Field(() => [ReplyPart], { description: 'Every part that would be sent, in order.' })
  parts: ReplyPart[];
  @Field(() => [String], { description: "What its sender should know, in the reader's language." })
  notes: string[];
  @Field(() => [ReplyFailure], { description: 'Why it would be refused; empty when it can be sent.' })
  refusals: StoredFailure[];
}

@InputType({ description: 'What is hidden, or shown again.' })
export class HidePostInput extends MutationInput {
  @Field(() => ID, { description: 'The post.' })
  postId: string;
  @Field({ description: 'Whether it is to be hidden, or to be shown again.' })
  hidden: boolean;
}

@InputType({ description: 'Which reply it is about.' })
export class ReplyInput extends MutationInput {
  @Field(() => ID, { description: 'The reply.' })
  id: string;
}

@InputType({ description: 'Why a reply is not to be sent.' })
export class RejectReplyInput extends ReplyInput {
  @Field({ description: 'Why not, for its author.' })
  reason: string;
}

@InputType({ description: 'When a reply is to be sent.' })
export class RescheduleReplyInput extends ReplyInput {
  @Field(() => DateTime, { nullable: true, description: 'The moment; at once when left out.' })
  scheduledAt?: string | null;
}

@InputType({ description: 'What became of a reply of which nobody knew.' })
export class ResolveReplyInput extends ReplyInput {
  @Field({ description: 'Whether it is on the network.' })
  sent: boolean;
}

@ObjectType({ description: 'A reply after it was written or changed.', simpleResolvers: true })
export class ReplyPayload extends MutationPayload {
  @Reference(() => Reply, 'replyId', { nullable: true, description: 'The reply; of a thread its first part.' })
  reply?: Reply;
}

@ObjectType({ description: 'What became of hiding a post.', simpleResolvers: true })
export class HidePostPayload extends MutationPayload {
  @Reference(() => Post, 'postId', {
    nullable: true,
    description: 'The post; `postChanged` tells when the network has done it.',
  })
  post?: Post;
}

@ObjectType({ description: 'Whether and how a post can be answered.', simpleResolvers: true })
export class Answerable {
  @Field({ description: 'Where everybody can read it.' })
  publicly: boolean;
  @Field({ description: 'To its author alone.' })
  privately: boolean;
  @Field(() => DateTime, { nullable: true, description: 'Until when; nothing when the network sets no end.' })
  until: string | null;
  @Field(() => String, { nullable: true, description: "Why not, in the reader's language; nothing when it can be." })
  reason: string | null;
}
