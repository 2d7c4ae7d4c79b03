import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, Node, Reference } from '../../platform/schema/index.js';
import { ErpProblem, ErpSystem } from './connection.entity.js';
import { ErpRecordKind } from './kinds.rules.js';
import type { StoredErpProblem } from './problem.rules.js';

export enum ErpWriteState {
  QUEUED = 'QUEUED',
  SENDING = 'SENDING',
  SENT = 'SENT',
  FAILED = 'FAILED',
}
registerEnumType(ErpWriteState, {
  name: 'ErpWriteState',
  description: 'How far something has come on its way to the ERP.',
  valuesConfig: {
    QUEUED: { description: 'It goes out as soon as its turn comes, or as soon as the ERP takes it.' },
    SENDING: { description: 'It is being sent, or it is being found out whether it arrived.' },
    SENT: { description: 'The ERP has it.' },
    FAILED: { description: 'The ERP refused it; `problem` says why. It can be tried again.' },
  },
});

@ObjectType({
  implements: Node,
  description: 'A record on its way to an ERP.',
  simpleResolvers: true,
})
@Entity('erp_writes')
@Unique('erp_writes_record_key', ['organizationId', 'connectionId', 'kind', 'recordId'])
@ForeignKey(() => ErpSystem, ['organizationId', 'connectionId'], ['organizationId', 'id'], {
  name: 'erp_writes_connection_fkey',
  onDelete: 'CASCADE',
})
@Index('erp_writes_record_idx', ['organizationId', 'recordId'])
@Index('erp_writes_created_idx', ['organizationId', 'connectionId', 'createdAt', 'id'])
@Index('erp_writes_open_idx', ['organizationId', 'connectionId', 'nextAt'], {
  where: `(state = ANY (ARRAY['QUEUED'::text, 'SENDING'::text]))`,
})
export class ErpWrite {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'erp_writes_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the write.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'erp_writes_pkey' })
  id: string;

  @Column('uuid')
  connectionId: string;

  @Field(() => ErpRecordKind, { description: 'What kind of record goes out.' })
  @Column('text')
  kind: ErpRecordKind;

  @Column('uuid')
  recordId: string;

  @Field({ description: 'By which the ERP is asked whether it has it: the number of an order, the id of a customer.' })
  @Column('text')
  key: string;

  @Field(() => ErpWriteState, { description: 'How far it has come.' })
  @Column('text', { default: 'QUEUED' })
  state: ErpWriteState;

  @Column('boolean', { default: false })
  isDoubtful: boolean;

  @Field(() => Int, { description: 'How often it was tried.' })
  @Column('integer', { default: 0 })
  attempts: number;

  @Field(() => DateTime, { description: 'Not tried again before this moment.' })
  @Column('timestamptz', { default: () => 'now()' })
  nextAt: string;

  @Column('timestamptz', { nullable: true })
  claimedUntil: string | null;

  @Field(() => ErpProblem, { nullable: true, description: 'Why it has not arrived.' })
  @Column('jsonb', { nullable: true })
  problem: StoredErpProblem | null;

  @Field(() => DateTime, { nullable: true, description: 'When the ERP last took it.' })
  @Column('timestamptz', { nullable: true })
  sentAt: string | null;

  @Field(() => DateTime, { description: 'When it was first to go out.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;

  @Reference(() => ErpSystem, 'connectionId', { description: 'The connection it goes out by.' })
  connection?: ErpSystem;
}
