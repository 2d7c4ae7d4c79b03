import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DateTime, Derived, PublicId } from '../../../platform/schema/index.js';
import { publicActor } from '../../access/index.js';
import { Complaint } from './complaint.entity.js';
import { ComplaintStepKind } from './complaint.rules.js';

registerEnumType(ComplaintStepKind, {
  name: 'ComplaintStepKind',
  description: 'What was done about a complaint.',
  valuesConfig: {
    REGISTERED: { description: 'It was registered.' },
    ACKNOWLEDGED: { description: 'It was acknowledged.' },
    ANSWERED: { description: 'It was answered.' },
    APPEALED: { description: 'The answer was appealed.' },
    APPEAL_ANSWERED: { description: 'The appeal was answered.' },
    CHANGED: { description: 'Something about it was changed.' },
    CLOSED: { description: 'It was closed.' },
    WITHDRAWN: { description: 'It was taken back.' },
  },
});

@ObjectType({ description: 'One step of a complaint.', simpleResolvers: true })
@Entity('complaint_steps')
@ForeignKey(() => Complaint, ['organizationId', 'complaintId'], ['organizationId', 'id'], {
  name: 'complaint_steps_complaint_fkey',
  onDelete: 'CASCADE',
})
@Index('complaint_steps_complaint_idx', ['organizationId', 'complaintId', 'madeAt', 'id'])
export class ComplaintStep {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'complaint_steps_pkey' })
  organizationId: string;

  @PublicId('complaint_step')
  @Field(() => ID, { description: 'Id of the step.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'complaint_steps_pkey' })
  id: string;

  @Column('uuid')
  complaintId: string;

  @Field(() => ComplaintStepKind, { description: 'What.' })
  @Column('text')
  kind: ComplaintStepKind;

  @Derived(({ madeBy }: ComplaintStep) => publicActor(madeBy))
  @Field({ description: 'Who did it, as in the audit log.' })
  @Column('text')
  madeBy: string;

  @Field(() => DateTime, { description: 'When.' })
  @Column('timestamptz', { default: () => 'clock_timestamp()' })
  madeAt: string;
}
