import { Field, InputType, registerEnumType } from 'type-graphql';
import {
  DateTimeFilter,
  enumFilterOf,
  IdFilter,
  IntFilter,
  orderInputOf,
  StringFilter,
} from '../../platform/schema/index.js';
import { InteractionKind } from './networks.js';
import { NetworkFilter } from './post.inputs.js';

export enum SocialIdentityOrderField {
  FIRST_SEEN_AT = 'FIRST_SEEN_AT',
  FOLLOWERS = 'FOLLOWERS',
  HANDLE = 'HANDLE',
}
registerEnumType(SocialIdentityOrderField, {
  name: 'SocialIdentityOrderField',
  description: 'What identities are ordered by.',
  valuesConfig: {
    FIRST_SEEN_AT: { description: 'When we first met them.' },
    FOLLOWERS: { description: 'How many follow them; unknown counts as most.' },
    HANDLE: { description: 'Their name on the network.' },
  },
});

export const SocialIdentityOrder = orderInputOf(SocialIdentityOrderField, 'SocialIdentity');

@InputType({ description: 'Which identities; all conditions must hold.' })
export class SocialIdentityFilter {
  @Field(() => IdFilter, { nullable: true, description: 'By id.' })
  id?: IdFilter;
  @Field(() => NetworkFilter, { nullable: true, description: 'By network.' })
  network?: object;
  @Field(() => StringFilter, { nullable: true, description: 'By handle, without the @.' })
  handle?: StringFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By the name they show.' })
  displayName?: StringFilter;
  @Field(() => IntFilter, { nullable: true, description: 'By how many follow them.' })
  followersCount?: IntFilter;
  @Field(() => Boolean, { nullable: true, description: 'Has said something we keep, or was only spoken of.' })
  authored?: boolean;
  @Field(() => Boolean, { nullable: true, description: 'Is linked to a customer, or not.' })
  linked?: boolean;
  @Field(() => IdFilter, { nullable: true, description: 'By customer.' })
  customerId?: IdFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when we first met them.' })
  firstSeenAt?: DateTimeFilter;
  @Field(() => [SocialIdentityFilter], { nullable: true, description: 'All of these.' })
  and?: SocialIdentityFilter[];
  @Field(() => [SocialIdentityFilter], { nullable: true, description: 'At least one of these.' })
  or?: SocialIdentityFilter[];
  @Field(() => SocialIdentityFilter, { nullable: true, description: 'Not this.' })
  not?: SocialIdentityFilter;
}

export enum InteractionDirection {
  FROM = 'FROM',
  TO = 'TO',
  BOTH = 'BOTH',
}
registerEnumType(InteractionDirection, {
  name: 'InteractionDirection',
  description: 'Which side of an interaction.',
  valuesConfig: {
    FROM: { description: 'What it did to others.' },
    TO: { description: 'What others did to it.' },
    BOTH: { description: 'Both.' },
  },
});

const InteractionKindFilter = enumFilterOf(InteractionKind, 'InteractionKind');

@InputType({ description: 'Which interactions; all conditions must hold.' })
export class InteractionFilter {
  @Field(() => InteractionKindFilter, { nullable: true, description: 'By kind.' })
  kind?: object;
  @Field(() => NetworkFilter, { nullable: true, description: 'By network.' })
  network?: object;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when.' })
  occurredAt?: DateTimeFilter;
}
