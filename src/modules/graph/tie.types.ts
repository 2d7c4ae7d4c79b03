import { Field, Float, Int, ObjectType } from 'type-graphql';
import { DateTime, PageInfo, Reference } from '../../platform/schema/index.js';
import { Customer } from '../customers/index.js';
import { InteractionKind } from '../social/index.js';

@ObjectType({ description: 'A customer tied to another one.', simpleResolvers: true })
export class CustomerTieEdge {
  customerId: string;
  otherId: string;
  isMoving: boolean;

  @Field({ description: 'Place of this row in the list; opaque.' })
  cursor: string;

  @Field(() => Float, {
    description:
      "Strength of the tie, over all identities of both: the weights of its interactions, each halved for every half-life between it and the organisation's latest interaction.",
  })
  weight: number;

  @Field(() => Float, {
    description:
      'Share of all that the moved one does to others which concerns the one who moves it, 0 to 1: the larger, the more it follows where that one goes.',
  })
  share: number;

  @Field(() => [InteractionKind], { description: 'What was done.' })
  kinds: InteractionKind[];

  @Field(() => Int, { description: 'How often.' })
  count: number;

  @Field(() => DateTime, { description: 'When last.' })
  lastAt: string;

  @Reference(() => Customer, 'otherId', { description: 'The other customer.' })
  node?: Customer;
}

@ObjectType({ description: 'A page of customers tied to another one.', simpleResolvers: true })
export class CustomerTieConnection {
  @Field(() => [CustomerTieEdge], { description: 'The rows of this page, the strongest tie first.' })
  edges: CustomerTieEdge[];

  @Field(() => PageInfo, { description: 'Where the page lies in the list.' })
  pageInfo: PageInfo;

  @Field(() => Int, { description: 'How many there are in all; counted only when asked for.' })
  totalCount: number;
}
