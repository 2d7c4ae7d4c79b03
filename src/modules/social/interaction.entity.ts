import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DateTime, Node, Reference } from '../../platform/schema/index.js';
import { SocialIdentity } from './identity.entity.js';
import { InteractionKind, Network } from './networks.js';
import { Post } from './post.entity.js';

registerEnumType(InteractionKind, {
  name: 'InteractionKind',
  description: 'How one identity acted on another.',
  valuesConfig: {
    MENTION: { description: 'It named the other.' },
    REPLY: { description: 'It answered the other.' },
    QUOTE: { description: 'It quoted the other.' },
    REPOST: { description: 'It passed on what the other said.' },
    COMMENT: { description: "It commented on the other's post." },
    LIKE: { description: 'It liked what the other said.' },
  },
});

@ObjectType({
  implements: Node,
  description: 'One identity acting on another, at a moment, usually by a post.',
  simpleResolvers: true,
})
@Entity('interactions')
@Index('interactions_once_key', { synchronize: false })
@Index('interactions_to_idx', ['organizationId', 'toIdentityId', 'occurredAt', 'id'])
@Index('interactions_post_idx', { synchronize: false })
@Index('interactions_recorded_idx', { synchronize: false })
@ForeignKey(() => SocialIdentity, ['organizationId', 'fromIdentityId'], ['organizationId', 'id'], {
  name: 'interactions_from_fkey',
})
@ForeignKey(() => SocialIdentity, ['organizationId', 'toIdentityId'], ['organizationId', 'id'], {
  name: 'interactions_to_fkey',
})
export class Interaction {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'interactions_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the interaction.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'interactions_pkey' })
  id: string;

  @Field(() => Network, { description: 'Where it took place.' })
  @Column('text')
  network: Network;

  @Field(() => InteractionKind, { description: 'What was done.' })
  @Column('text')
  kind: InteractionKind;

  @Column('uuid')
  fromIdentityId: string;

  @Column('uuid')
  toIdentityId: string;

  @Column('uuid', { nullable: true })
  postId: string | null;

  @Field(() => DateTime, { description: 'When.' })
  @Column('timestamptz')
  occurredAt: string;

  /** Number of the transaction that recorded it: by it, what adds interactions up knows how far it is. */
  @Column('bigint', { default: () => 'current_transaction()', select: false })
  recordedTx: string;

  @Reference(() => SocialIdentity, 'fromIdentityId', {
    nullable: true,
    description: 'Who acted; nothing when you may not see them.',
  })
  from?: SocialIdentity;

  @Reference(() => SocialIdentity, 'toIdentityId', {
    nullable: true,
    description: 'On whom; nothing when you may not see them.',
  })
  to?: SocialIdentity;

  @Reference(() => Post, 'postId', { nullable: true, description: 'The post by which it was done, when we have it.' })
  post?: Post;
}
