import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, Node, Reference } from '../../platform/schema/index.js';
import { Member, Organization, Team } from '../access/index.js';
import { Network } from './networks.js';

export enum ConversationStatus {
  OPEN = 'OPEN',
  PENDING = 'PENDING',
  CLOSED = 'CLOSED',
}
registerEnumType(ConversationStatus, {
  name: 'ConversationStatus',
  description: 'Where a conversation stands.',
  valuesConfig: {
    OPEN: { description: 'Somebody waits for us.' },
    PENDING: { description: 'We wait for somebody.' },
    CLOSED: { description: 'Nothing is left to say.' },
  },
});

@ObjectType({
  implements: Node,
  description: 'Posts that answer one another, from the first on.',
  simpleResolvers: true,
})
@Entity('conversations')
@Unique('conversations_root_key', ['organizationId', 'network', 'rootExternalId'])
@Index('conversations_last_idx', ['organizationId', 'lastPostAt', 'id'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'conversations_organization_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organizationId', 'assigneeId'], ['organizationId', 'id'], {
  name: 'conversations_assignee_fkey',
})
@ForeignKey(() => Team, ['organizationId', 'teamId'], ['organizationId', 'id'], { name: 'conversations_team_fkey' })
export class Conversation {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'conversations_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the conversation in Vínculo.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'conversations_pkey' })
  id: string;

  @Field(() => Network, { description: 'Where it takes place.' })
  @Column('text')
  network: Network;

  @Column('text', { select: false })
  rootExternalId: string;

  @Field(() => ConversationStatus, { description: 'Where it stands.' })
  @Column('text', { default: ConversationStatus.OPEN })
  status: ConversationStatus;

  @Column('uuid', { nullable: true })
  assigneeId: string | null;

  @Column('uuid', { nullable: true })
  teamId: string | null;

  @Field(() => DateTime, { description: 'When its first post was said.' })
  @Column('timestamptz')
  firstPostAt: string;

  @Field(() => DateTime, { description: 'When its latest post was said.' })
  @Column('timestamptz')
  lastPostAt: string;

  @Reference(() => Member, 'assigneeId', { nullable: true, description: 'Who looks after it.' })
  assignee?: Member;

  @Reference(() => Team, 'teamId', { nullable: true, description: 'The team that looks after it.' })
  team?: Team;
}
