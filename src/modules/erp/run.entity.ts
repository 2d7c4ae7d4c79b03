import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DateTime, Derived, Node, Reference } from '../../platform/schema/index.js';
import { ErpProblem, ErpSystem } from './connection.entity.js';
import { ErpRecordKind } from './kinds.rules.js';
import type { StoredErpProblem } from './problem.rules.js';

export enum ErpRunState {
  RUNNING = 'RUNNING',
  DONE = 'DONE',
  FAILED = 'FAILED',
}
registerEnumType(ErpRunState, {
  name: 'ErpRunState',
  description: 'How a reading of an ERP ended.',
  valuesConfig: {
    RUNNING: { description: 'It goes on, or its process died and the next one takes over.' },
    DONE: { description: 'Everything there was is read.' },
    FAILED: { description: 'It ended early; `problem` says why. The next one goes on where it ended.' },
  },
});

/** What became of what was read, by kind. */
export type RunCounts = Partial<Record<ErpRecordKind, KindCounts>>;
export interface KindCounts {
  read: number;
  created: number;
  changed: number;
  waiting: number;
  conflicts: number;
  refused: number;
}

@ObjectType({ description: 'What became of the records of one kind.', simpleResolvers: true })
export class ErpRunCount {
  @Field(() => ErpRecordKind, { description: 'The kind.' })
  kind: ErpRecordKind;
  @Field(() => Int, { description: 'How many were told by the ERP.' })
  read: number;
  @Field(() => Int, { description: 'How many were kept for the first time.' })
  created: number;
  @Field(() => Int, { description: 'How many changed something here.' })
  changed: number;
  @Field(() => Int, { description: 'How many wait for something they name.' })
  waiting: number;
  @Field(() => Int, { description: 'How many fields somebody must decide on.' })
  conflicts: number;
  @Field(() => Int, { description: 'How many could not be kept as they are.' })
  refused: number;
}

@ObjectType({
  implements: Node,
  description: 'One reading of an ERP in which there was something to do.',
  simpleResolvers: true,
})
@Entity('erp_runs')
@ForeignKey(() => ErpSystem, ['organizationId', 'connectionId'], ['organizationId', 'id'], {
  name: 'erp_runs_connection_fkey',
  onDelete: 'CASCADE',
})
@Index('erp_runs_started_idx', ['organizationId', 'connectionId', 'startedAt', 'id'])
export class ErpRun {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'erp_runs_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the run.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'erp_runs_pkey' })
  id: string;

  @Column('uuid')
  connectionId: string;

  @Field(() => ErpRunState, { description: 'How it ended.' })
  @Column('text', { default: 'RUNNING' })
  state: ErpRunState;

  @Derived(({ counts }: { counts: RunCounts }) => Object.entries(counts).map(([kind, count]) => ({ kind, ...count })))
  @Field(() => [ErpRunCount], { description: 'What became of what was read, by kind.' })
  @Column('jsonb', { default: {} })
  counts: RunCounts;

  @Field(() => Int, { description: 'How many records were written to the ERP.' })
  @Column('integer', { default: 0 })
  sent: number;

  @Field(() => ErpProblem, { nullable: true, description: 'Why it ended early.' })
  @Column('jsonb', { nullable: true })
  problem: StoredErpProblem | null;

  @Field(() => DateTime, { description: 'When it began.' })
  @Column('timestamptz', { default: () => 'now()' })
  startedAt: string;

  @Field(() => DateTime, { nullable: true, description: 'When it ended.' })
  @Column('timestamptz', { nullable: true })
  endedAt: string | null;

  @Reference(() => ErpSystem, 'connectionId', { description: 'The connection that was read.' })
  connection?: ErpSystem;
}
