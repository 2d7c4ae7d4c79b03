import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DateTime, PublicId, Reference } from '../../../platform/schema/index.js';
import { Organization, Role } from '../../access/index.js';
import { Account } from '../account.entity.js';

@ObjectType({ description: 'Whose replies somebody else must approve before they are sent.', simpleResolvers: true })
@Entity('reply_approval_rules')
@Index('reply_approval_rules_once_key', { synchronize: false })
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'reply_approval_rules_organization_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Account, ['organizationId', 'accountId'], ['organizationId', 'id'], {
  name: 'reply_approval_rules_account_fkey',
  onDelete: 'CASCADE',
})
export class ReplyApprovalRule {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'reply_approval_rules_pkey' })
  organizationId: string;

  @PublicId('approval')
  @Field(() => ID, { description: 'Id of the rule.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'reply_approval_rules_pkey' })
  id: string;

  @Field(() => Role, {
    nullable: true,
    description: 'Whose replies: those of this role; of every role when there is none.',
  })
  @Column('text', { nullable: true })
  role: Role | null;

  @Column('uuid', { nullable: true })
  accountId: string | null;

  @Field(() => DateTime, { description: 'Since when.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Reference(() => Account, 'accountId', {
    nullable: true,
    description: 'From which account; from every one when there is none.',
  })
  account?: Account;
}
