import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DateTime, Json, Node, Reference } from '../../platform/schema/index.js';
import { ErpSystem } from './connection.entity.js';
import { ErpRecordKind } from './kinds.rules.js';

export enum ErpConflictState {
  OPEN = 'OPEN',
  RESOLVED = 'RESOLVED',
  OBSOLETE = 'OBSOLETE',
}
registerEnumType(ErpConflictState, {
  name: 'ErpConflictState',
  description: 'Whether a disagreement with an ERP still waits for somebody.',
  valuesConfig: {
    OPEN: { description: 'It waits for somebody to decide.' },
    RESOLVED: { description: 'Somebody decided.' },
    OBSOLETE: { description: 'The two sides came to agree by themselves.' },
  },
});

export enum ErpResolution {
  OURS = 'OURS',
  THEIRS = 'THEIRS',
  VALUE = 'VALUE',
}
registerEnumType(ErpResolution, {
  name: 'ErpResolution',
  description: 'Who is right where an ERP and we disagree.',
  valuesConfig: {
    OURS: { description: 'What is kept here holds, and is written to the ERP where it takes it.' },
    THEIRS: { description: 'What the ERP has holds, and is taken over.' },
    VALUE: { description: 'Neither: the value that is given holds, on both sides.' },
  },
});

@ObjectType({
  implements: Node,
  description: 'A field that was changed here and in the ERP to different things, until somebody decides.',
  simpleResolvers: true,
})
@Entity('erp_conflicts')
@ForeignKey(() => ErpSystem, ['organizationId', 'connectionId'], ['organizationId', 'id'], {
  name: 'erp_conflicts_connection_fkey',
  onDelete: 'CASCADE',
})
@Index('erp_conflicts_open_key', ['organizationId', 'connectionId', 'kind', 'externalId', 'field'], {
  unique: true,
  where: `(state = 'OPEN'::text)`,
})
@Index('erp_conflicts_created_idx', ['organizationId', 'createdAt', 'id'])
@Index('erp_conflicts_connection_idx', ['organizationId', 'connectionId', 'createdAt', 'id'])
export class ErpConflict {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'erp_conflicts_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the conflict.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'erp_conflicts_pkey' })
  id: string;

  @Column('uuid')
  connectionId: string;

  @Field(() => ErpRecordKind, { description: 'What kind of record it is about.' })
  @Column('text')
  kind: ErpRecordKind;

  @Field({ description: "The record's id in the ERP." })
  @Column('text')
  externalId: string;

  @Column('uuid', { nullable: true })
  recordId: string | null;

  @Field({ description: 'Which field the two disagree on.' })
  @Column('text')
  field: string;

  @Field({ description: 'What the record is called.' })
  @Column('text')
  label: string;

  @Field(() => Json, { nullable: true, description: 'What is kept here.' })
  @Column('jsonb', { nullable: true })
  ours: unknown;

  @Field(() => Json, { nullable: true, description: 'What the ERP has.' })
  @Column('jsonb', { nullable: true })
  theirs: unknown;

  @Field(() => Json, { nullable: true, description: 'What both last had, where they ever agreed.' })
  @Column('jsonb', { nullable: true })
  base: unknown;

  @Field(() => ErpConflictState, { description: 'Whether it still waits.' })
  @Column('text', { default: 'OPEN' })
  state: ErpConflictState;

  @Field(() => ErpResolution, { nullable: true, description: 'How it was decided.' })
  @Column('text', { nullable: true })
  resolution: ErpResolution | null;

  @Field(() => Json, { nullable: true, description: 'The value that holds since.' })
  @Column('jsonb', { nullable: true })
  resolvedValue: unknown;

  @Column('text', { nullable: true })
  resolvedBy: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was decided.' })
  @Column('timestamptz', { nullable: true })
  resolvedAt: string | null;

  @Field(() => DateTime, { description: 'When it was found.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;

  @Reference(() => ErpSystem, 'connectionId', { description: 'The connection it came up on.' })
  connection?: ErpSystem;
}
