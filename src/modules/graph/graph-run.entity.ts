import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DateTime, Derived, Node } from '../../platform/schema/index.js';
import { Organization, type RequestContext } from '../access/index.js';
import { seesEverybody } from './sight.rules.js';

export enum GraphRunKind {
  ANALYSIS = 'ANALYSIS',
  REBUILD = 'REBUILD',
}
registerEnumType(GraphRunKind, {
  name: 'GraphRunKind',
  description: 'What a run of the graph does.',
  valuesConfig: {
    ANALYSIS: { description: 'Works influence and communities out, from the ties as they are.' },
    REBUILD: { description: 'Adds every tie up anew from its interactions, and then does the same.' },
  },
});

export enum GraphRunState {
  QUEUED = 'QUEUED',
  RUNNING = 'RUNNING',
  DONE = 'DONE',
  CANCELLED = 'CANCELLED',
  FAILED = 'FAILED',
}
registerEnumType(GraphRunState, {
  name: 'GraphRunState',
  description: 'Where a run of the graph stands.',
  valuesConfig: {
    QUEUED: { description: 'It waits for a worker.' },
    RUNNING: { description: 'It is under way; after a crash it is taken up again.' },
    DONE: { description: 'Its results are in.' },
    CANCELLED: { description: 'Somebody called it off; what was there before it still holds.' },
    FAILED: { description: 'It was given up.' },
  },
});

/** A run counts everybody. */
const told =
  (field: 'nodes' | 'edges' | 'changed') =>
  (run: GraphRun, { viewer }: RequestContext) =>
    seesEverybody(viewer) ? run[field] : null;

@ObjectType({ implements: Node, description: 'One run over the whole graph.', simpleResolvers: true })
@Entity('graph_runs')
@Index('graph_runs_requested_idx', ['organizationId', 'requestedAt', 'id'])
@Index('graph_runs_open_key', { synchronize: false })
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'graph_runs_organization_fkey',
  onDelete: 'CASCADE',
})
export class GraphRun {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'graph_runs_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the run.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'graph_runs_pkey' })
  id: string;

  @Field(() => GraphRunKind, { description: 'What it does.' })
  @Column('text')
  kind: GraphRunKind;

  @Field(() => GraphRunState, { description: 'Where it stands.' })
  @Column('text', { default: 'QUEUED' })
  state: GraphRunState;

  @Field(() => String, {
    nullable: true,
    description: 'What it is at: REBUILDING, LOADING, RANKING, GROUPING, NAMING, WRITING.',
  })
  @Column('text', { nullable: true })
  phase: string | null;

  @Field(() => Float, { description: 'How much of the whole is done, 0 to 1.' })
  @Column('double precision', { default: 0 })
  progress: number;

  @Derived(told('nodes'))
  @Field(() => Int, {
    nullable: true,
    description: 'How many identities have ties; nothing for who may not see everybody.',
  })
  @Column('integer', { nullable: true })
  nodes: number | null;

  @Derived(told('edges'))
  @Field(() => Int, { nullable: true, description: 'How many ties there are; nothing for who may not see everybody.' })
  @Column('integer', { nullable: true })
  edges: number | null;

  @Derived(told('changed'))
  @Field(() => Int, {
    nullable: true,
    description:
      'How many results differed from what was there, and were written; nothing for who may not see everybody.',
  })
  @Column('integer', { nullable: true })
  changed: number | null;

  @Field(() => String, { nullable: true, description: 'Why it failed, in plain words.' })
  @Column('text', { nullable: true })
  problem: string | null;

  @Column('text')
  requestedBy: string;

  @Field(() => DateTime, { description: 'When it was asked for.' })
  @Column('timestamptz', { default: () => 'now()' })
  requestedAt: string;

  @Field(() => DateTime, { nullable: true, description: 'When it first began.' })
  @Column('timestamptz', { nullable: true })
  startedAt: string | null;

  /** Of the last attempt. */
  @Column('timestamptz', { nullable: true, select: false })
  begunAt: string | null;

  @Column('timestamptz', { nullable: true, select: false })
  heartbeatAt: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it ended, one way or another.' })
  @Column('timestamptz', { nullable: true })
  finishedAt: string | null;

  @Field(() => Int, { description: 'How often it was begun: more than once after a crash.' })
  @Column('integer', { default: 0 })
  attempts: number;

  @Column('boolean', { default: false, select: false })
  cancelRequested: boolean;
}
