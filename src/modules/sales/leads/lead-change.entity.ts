import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DateTime, Derived, Node } from '../../../platform/schema/index.js';
import { publicActor } from '../../access/index.js';
import { Lead } from './lead.entity.js';

export enum LeadChangeKind {
  CREATED = 'CREATED',
  UPDATED = 'UPDATED',
  QUALIFIED = 'QUALIFIED',
  DISQUALIFIED = 'DISQUALIFIED',
  REOPENED = 'REOPENED',
  ASSIGNED = 'ASSIGNED',
  CONVERTED = 'CONVERTED',
}
registerEnumType(LeadChangeKind, {
  name: 'LeadChangeKind',
  description: 'A step in the story of a lead.',
  valuesConfig: {
    CREATED: { description: 'It was kept for the first time.' },
    UPDATED: { description: 'What is known of it changed.' },
    QUALIFIED: { description: 'Somebody found it worth an opportunity.' },
    DISQUALIFIED: { description: 'Somebody found that nothing will come of it.' },
    REOPENED: { description: 'It was taken up again after all.' },
    ASSIGNED: { description: 'It was given to somebody.' },
    CONVERTED: { description: 'It became a customer.' },
  },
});

@ObjectType({ implements: Node, description: 'A step in the story of a lead.', simpleResolvers: true })
@Entity('lead_changes')
@ForeignKey(() => Lead, ['organizationId', 'leadId'], ['organizationId', 'id'], {
  name: 'lead_changes_lead_fkey',
  onDelete: 'CASCADE',
})
@Index('lead_changes_lead_idx', ['organizationId', 'leadId', 'changedAt', 'id'])
export class LeadChange {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'lead_changes_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the step.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'lead_changes_pkey' })
  id: string;

  @Column('uuid')
  leadId: string;

  @Field(() => LeadChangeKind, { description: 'What happened.' })
  @Column('text')
  kind: LeadChangeKind;

  @Column('jsonb', { default: {} })
  detail: { fields?: string[] };

  @Derived((change: LeadChange) => change.detail.fields ?? [])
  @Field(() => [String], { description: 'Names of the fields that changed, where it was a change of fields.' })
  fields: string[];

  @Derived((change: LeadChange) => publicActor(change.changedBy))
  @Field({ description: 'Who did it, as in the audit log.' })
  @Column('text')
  changedBy: string;

  @Field(() => DateTime, { description: 'When.' })
  @Column('timestamptz', { default: () => 'now()' })
  changedAt: string;
}
