import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DateTime, Node, PublicId, Reference } from '../../platform/schema/index.js';
import { Organization } from './organization.entity.js';
import { Role } from './roles.js';
import { Team } from './team.entity.js';

@ObjectType({
  implements: Node,
  description: 'A secret a program shows instead of signing in; acts as a role.',
  simpleResolvers: true,
})
@Entity('api_keys')
@Index('api_keys_customer_idx', { synchronize: false })
@ForeignKey(() => Organization, ['organizationId'], ['id'], { name: 'api_keys_organization_fkey', onDelete: 'CASCADE' })
export class ApiKey {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'api_keys_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the key; not the secret.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'api_keys_pkey' })
  id: string;

  /** The credential behind it; only its digest is stored, elsewhere. */
  @Column('text', { nullable: true, select: false })
  authKeyId: string | null;

  @Field({ description: 'What it is for.' })
  @Column('text')
  name: string;

  @Field(() => Role, { description: 'What it may do.' })
  @Column('text')
  role: Role;

  @Field(() => String, { nullable: true, description: 'Its first characters, to tell keys apart by.' })
  @Column('text', { nullable: true })
  start: string | null;

  @Column('uuid', { nullable: true })
  teamId: string | null;

  @PublicId('customer')
  @Field(() => ID, {
    nullable: true,
    description: 'The customer it acts for; only keys of the role CUSTOMER have one.',
  })
  @Column('uuid', { nullable: true })
  customerId: string | null;

  @Field(() => DateTime, { description: 'When it was made.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Field(() => DateTime, { nullable: true, description: 'When it ends by itself.' })
  @Column('timestamptz', { nullable: true })
  expiresAt: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Since when it is refused.' })
  @Column('timestamptz', { nullable: true })
  revokedAt: string | null;

  @Reference(() => Team, 'teamId', { nullable: true, description: 'The team it acts for.' })
  team?: Team;
}
