import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, Node, Reference } from '../../platform/schema/index.js';
import { Organization } from '../access/index.js';
import { Customer } from '../customers/index.js';
import { Network } from './networks.js';

registerEnumType(Network, {
  name: 'Network',
  description: 'Where something was said.',
  valuesConfig: {
    TWITTER: { description: 'X, formerly Twitter.' },
    BLUESKY: { description: 'Bluesky, on the AT Protocol.' },
    MASTODON: { description: 'Mastodon and what speaks its API.' },
    FACEBOOK: { description: 'Facebook pages.' },
    INSTAGRAM: { description: 'Instagram business accounts.' },
    WHATSAPP: { description: 'WhatsApp Business.' },
    TELEGRAM: { description: 'Telegram bots.' },
    YOUTUBE: { description: 'Comments on YouTube.' },
    REDDIT: { description: 'Reddit.' },
    LINKEDIN: { description: 'LinkedIn pages.' },
    HACKER_NEWS: { description: 'Hacker News.' },
    DISCOURSE: { description: 'Discourse forums.' },
    BLOG: { description: 'Blogs and whatever has a feed.' },
    EMAIL: { description: 'E-mail.' },
    SMS: { description: 'Text messages.' },
    PHONE: { description: 'Calls.' },
    FAX: { description: 'Fax.' },
    WEB: { description: 'Our own forms and chat.' },
  },
});

@ObjectType({
  implements: Node,
  description: 'Somebody as a network knows them: an account that speaks, or is spoken of.',
  simpleResolvers: true,
})
@Entity('social_identities')
@Unique('social_identities_external_key', ['organizationId', 'network', 'externalId'])
@Unique('social_identities_handle_key', ['organizationId', 'network', 'handleKey'])
@Index('social_identities_customer_idx', ['organizationId', 'customerId'])
@Index('social_identities_seen_idx', ['organizationId', 'firstSeenAt', 'id'])
@Index('social_identities_email_idx', { synchronize: false })
@Index('social_identities_phone_idx', { synchronize: false })
@Index('social_identities_url_idx', { synchronize: false })
@Index('social_identities_followers_idx', ['organizationId', 'followersCount', 'id'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'social_identities_organization_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Customer, ['organizationId', 'customerId'], ['organizationId', 'id'], {
  name: 'social_identities_customer_fkey',
})
export class SocialIdentity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'social_identities_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the identity in Vínculo.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'social_identities_pkey' })
  id: string;

  @Field(() => Network, { description: 'The network it lives on.' })
  @Column('text')
  network: Network;

  @Field(() => String, { nullable: true, description: "The network's own stable id, when it told us." })
  @Column('text', { nullable: true })
  externalId: string | null;

  @Field({ description: 'Its name on the network, without the @.' })
  @Column('text')
  handle: string;

  /** The handle folded for comparing; null once somebody else holds it. */
  @Column('text', { nullable: true, select: false })
  handleKey: string | null;

  @Field(() => String, { nullable: true, description: 'The name it shows.' })
  @Column('text', { nullable: true })
  displayName: string | null;

  @Field(() => String, { nullable: true, description: 'What it says of itself.' })
  @Column('text', { nullable: true })
  bio: string | null;

  @Field(() => String, { nullable: true, description: 'Its page, or the site it names.' })
  @Column('text', { nullable: true })
  url: string | null;

  @Field(() => String, { nullable: true, description: 'Its picture.' })
  @Column('text', { nullable: true })
  avatarUrl: string | null;

  @Field(() => Int, { nullable: true, description: 'How many follow it, when the network told us.' })
  @Column('integer', { nullable: true })
  followersCount: number | null;

  /** An address the network itself vouches for: exact proof of who it is. Never shown. */
  @Column('text', { nullable: true, select: false })
  verifiedEmail: string | null;

  @Column('text', { nullable: true, select: false })
  verifiedPhone: string | null;

  @Field({ description: 'Whether it has said something we keep; otherwise it was only spoken of.' })
  @Column('boolean', { default: false })
  authored: boolean;

  @Column('uuid', { nullable: true })
  customerId: string | null;

  @Field(() => DateTime, { description: 'When we first met it.' })
  @Column('timestamptz', { default: () => 'now()' })
  firstSeenAt: string;

  @Field(() => DateTime, { description: 'When what we know of it last changed.' })
  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;

  @Reference(() => Customer, 'customerId', {
    nullable: true,
    description: 'The customer it is linked to, if it is known who that is.',
  })
  customer?: Customer;
}
