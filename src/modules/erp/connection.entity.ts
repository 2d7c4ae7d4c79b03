import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, Derived, Json, Node } from '../../platform/schema/index.js';
import { Organization, type RequestContext } from '../access/index.js';
import type { FieldRules } from './conflict.rules.js';
import { remedyOf, type StoredErpProblem } from './problem.rules.js';

export enum ErpConnectionState {
  ACTIVE = 'ACTIVE',
  PAUSED = 'PAUSED',
}
registerEnumType(ErpConnectionState, {
  name: 'ErpConnectionState',
  description: 'Whether a connection to an ERP is at work.',
  valuesConfig: {
    ACTIVE: { description: 'It is read and written to; `problem` says when that does not succeed.' },
    PAUSED: { description: 'Somebody stopped it.' },
  },
});

@ObjectType({ description: 'Why an ERP is not read or written to.', simpleResolvers: true })
export class ErpProblem {
  @Field({ description: 'For programs: UNREACHABLE, UNAUTHORIZED, REFUSED, NOT_FOUND, RATE_LIMITED, BROKEN, …' })
  code: string;
  @Field({ description: 'What the ERP, or the way to it, said.' })
  message: string;
  @Derived((problem: StoredErpProblem, context: RequestContext) => remedyOf(problem, context.language))
  @Field({ description: "What to do about it, in the reader's language." })
  remedy: string;
  @Field(() => DateTime, { description: 'When it was last seen.' })
  at: string;
}

@ObjectType({
  implements: Node,
  description: 'A connection to an ERP: it is read, and what changes here is written to it.',
  simpleResolvers: true,
})
@Entity('erp_connections')
@Unique('erp_connections_name_key', ['organizationId', 'name'])
@Check('erp_connections_interval_check', `((interval_minutes >= 1) AND (interval_minutes <= 1440))`)
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'erp_connections_organization_fkey',
  onDelete: 'CASCADE',
})
@Index('erp_connections_created_idx', ['organizationId', 'createdAt', 'id'])
export class ErpSystem {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'erp_connections_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the connection.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'erp_connections_pkey' })
  id: string;

  @Field({ description: 'The adapter by which it is reached; see `erpAdapters`.' })
  @Column('text')
  adapter: string;

  @Field({ description: 'What the organisation calls it.' })
  @Column('text')
  name: string;

  @Field(() => Json, { description: 'Its settings by name, without the secrets.' })
  @Column('jsonb', { default: {} })
  settings: Record<string, string>;

  @Field(() => ErpConnectionState, { description: 'Whether it is at work.' })
  @Column('text', { default: 'ACTIVE' })
  state: ErpConnectionState;

  @Field(() => Int, { description: 'How often it is read, in minutes.' })
  @Column('integer', { default: 5 })
  intervalMinutes: number;

  /** Stands before ids of orders, invoices and payments, to tell them from those of another ERP. */
  @Column('text', { default: '' })
  idPrefix: string;

  @Column('jsonb', { default: {} })
  fieldRules: FieldRules;

  @Field(() => Int, { description: 'Counts its changes; give it back to change only what you have seen.' })
  @Column('integer', { default: 1 })
  version: number;

  @Field(() => DateTime, { description: 'When it was connected.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Field(() => DateTime, { description: 'When its settings last changed.' })
  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;
}
