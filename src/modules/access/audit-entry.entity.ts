import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { DateTime, Json } from '../../platform/schema/index.js';

export enum AuditAction {
  INSERT = 'INSERT',
  UPDATE = 'UPDATE',
  DELETE = 'DELETE',
}
registerEnumType(AuditAction, {
  name: 'AuditAction',
  description: 'What was done to a row.',
  valuesConfig: {
    INSERT: { description: 'It was made.' },
    UPDATE: { description: 'It was changed; deleting what can be restored counts as a change.' },
    DELETE: { description: 'It was removed for good.' },
  },
});

@ObjectType({
  description: 'One write, noted by the database itself: who, what, before and after. Nothing can alter it.',
  simpleResolvers: true,
})
@Entity('audit_entries')
@Index('audit_entries_at_idx', ['organizationId', 'at', 'id'])
@Index('audit_entries_subject_idx', ['organizationId', 'subjectId', 'id'])
@Index('audit_entries_customer_idx', { synchronize: false })
@Index('audit_entries_related_idx', { synchronize: false })
export class AuditEntry {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'audit_entries_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the entry.' })
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'audit_entries_pkey',
  })
  id: string;

  @Field(() => DateTime, { description: 'When it was done.' })
  @Column('timestamptz', { default: () => 'now()' })
  at: string;

  @Field({
    description:
      'Who did it: the id of a member, an API key or an OAuth client, or `system:` and what of Vínculo it was.',
  })
  @Column('text')
  actor: string;

  @Field(() => String, { nullable: true, description: 'The request it was done in, as in the header x-request-id.' })
  @Column('text', { nullable: true })
  requestId: string | null;

  @Field(() => AuditAction, { description: 'What was done.' })
  @Column('text')
  action: AuditAction;

  @Field({ description: 'Name of the table, such as `customers`.' })
  @Column('text')
  tableName: string;

  @Field(() => ID, { nullable: true, description: 'Id of the record it was done to.' })
  @Column('uuid', { nullable: true })
  subjectId: string | null;

  @Field(() => Json, {
    nullable: true,
    description: 'What it was: the changed columns, or the whole row where it was removed. Nothing after an erasure.',
  })
  @Column('jsonb', { nullable: true })
  before: Record<string, unknown> | null;

  @Field(() => Json, {
    nullable: true,
    description: 'What it became: the changed columns, or the whole row where it was made. Nothing after an erasure.',
  })
  @Column('jsonb', { nullable: true })
  after: Record<string, unknown> | null;
}
