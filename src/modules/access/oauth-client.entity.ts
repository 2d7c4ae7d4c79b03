import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, Node } from '../../platform/schema/index.js';
import { Organization } from './organization.entity.js';
import { Role } from './roles.js';

@ObjectType({
  implements: Node,
  description: 'A program of another company that gets short-lived tokens (OAuth 2.1 client credentials).',
  simpleResolvers: true,
})
@Entity('oauth_clients')
@Unique('oauth_clients_client_key', ['organizationId', 'clientId'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'oauth_clients_organization_fkey',
  onDelete: 'CASCADE',
})
export class OAuthClient {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'oauth_clients_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the client in Vínculo.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'oauth_clients_pkey' })
  id: string;

  @Field({ description: 'What it sends as `client_id` to /auth/oauth2/token.' })
  @Column('text')
  clientId: string;

  @Field({ description: 'Whose program it is.' })
  @Column('text')
  name: string;

  @Field(() => Role, { description: 'What it may do.' })
  @Column('text')
  role: Role;

  @Field(() => DateTime, { description: 'When it was made.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Field(() => DateTime, { nullable: true, description: 'Since when it and its tokens are refused.' })
  @Column('timestamptz', { nullable: true })
  revokedAt: string | null;
}
