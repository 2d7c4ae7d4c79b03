import { Field, InputType, registerEnumType } from 'type-graphql';
import {
  DateTimeFilter,
  enumFilterOf,
  FloatFilter,
  IdFilter,
  orderInputOf,
  StringFilter,
  StringListFilter,
} from '../../platform/schema/index.js';
import { Network, PostKind } from './networks.js';
import { SentimentLabel } from './post.entity.js';

export enum PostOrderField {
  OCCURRED_AT = 'OCCURRED_AT',
  RECEIVED_AT = 'RECEIVED_AT',
  PRIORITY = 'PRIORITY',
  EDITED_AT = 'EDITED_AT',
}
registerEnumType(PostOrderField, {
  name: 'PostOrderField',
  description: 'What posts are ordered by.',
  valuesConfig: {
    OCCURRED_AT: { description: 'When they were said.' },
    RECEIVED_AT: { description: 'When they reached us.' },
    PRIORITY: { description: 'How much it matters to answer soon.' },
    EDITED_AT: { description: 'When they were last edited; most never were.' },
  },
});

export const PostOrder = orderInputOf(PostOrderField, 'Post');
export const NetworkFilter = enumFilterOf(Network, 'Network');
const PostKindFilter = enumFilterOf(PostKind, 'PostKind');
const SentimentLabelFilter = enumFilterOf(SentimentLabel, 'SentimentLabel');

@InputType({ description: 'Which posts; all conditions must hold.' })
export class PostFilter {
  @Field(() => IdFilter, { nullable: true, description: 'By id.' })
  id?: IdFilter;
  @Field(() => PostKindFilter, { nullable: true, description: 'By kind.' })
  kind?: object;
  @Field(() => NetworkFilter, { nullable: true, description: 'By network.' })
  network?: object;
  @Field(() => StringFilter, { nullable: true, description: 'By what was said.' })
  text?: StringFilter;
  @Field(() => String, {
    nullable: true,
    description: 'By words in it, as typed into a search box; case and accents do not matter.',
  })
  search?: string;
  @Field(() => StringFilter, { nullable: true, description: 'By language.' })
  language?: StringFilter;
  @Field(() => SentimentLabelFilter, { nullable: true, description: 'By how it feels.' })
  sentiment?: object;
  @Field(() => FloatFilter, { nullable: true, description: 'By priority, 0 to 100.' })
  priority?: FloatFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By who said it.' })
  authorId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By the account of ours it concerns.' })
  accountId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By the source it came through.' })
  sourceId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By conversation.' })
  conversationId?: IdFilter;
  @Field(() => StringListFilter, { nullable: true, description: 'By hashtag, without the #, in lower case.' })
  hashtags?: StringListFilter;
  @Field(() => Boolean, { nullable: true, description: 'Said by us, or not.' })
  own?: boolean;
  @Field(() => Boolean, { nullable: true, description: 'Deleted on its network, or not.' })
  deleted?: boolean;
  @Field(() => Boolean, { nullable: true, description: 'Said by a known customer, or by a stranger.' })
  fromCustomer?: boolean;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when it was said.' })
  occurredAt?: DateTimeFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when it reached us.' })
  receivedAt?: DateTimeFilter;
  @Field(() => [PostFilter], { nullable: true, description: 'All of these.' })
  and?: PostFilter[];
  @Field(() => [PostFilter], { nullable: true, description: 'At least one of these.' })
  or?: PostFilter[];
  @Field(() => PostFilter, { nullable: true, description: 'Not this.' })
  not?: PostFilter;
}
