import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, Derived, Node, Reference } from '../../../platform/schema/index.js';
import { Customer } from '../../customers/index.js';
import { Ticket } from '../tickets/ticket.entity.js';
import { ComplaintOutcome, ComplaintSeverity, ComplaintStage, nextDeadline } from './complaint.rules.js';

registerEnumType(ComplaintStage, {
  name: 'ComplaintStage',
  description: 'How far a complaint has come.',
  valuesConfig: {
    RECEIVED: { description: 'It was registered.' },
    ACKNOWLEDGED: { description: 'The customer was told that we have it.' },
    ANSWERED: { description: 'It was decided and answered; the customer may appeal.' },
    APPEALED: { description: 'The customer does not accept the answer.' },
    CLOSED: { description: 'It is over.' },
    WITHDRAWN: { description: 'The customer took it back.' },
  },
});
registerEnumType(ComplaintSeverity, {
  name: 'ComplaintSeverity',
  description: 'How much is at stake in a complaint.',
  valuesConfig: {
    LOW: { description: 'An annoyance.' },
    MEDIUM: { description: 'A loss or a broken promise.' },
    HIGH: { description: 'Harm to somebody, or a breach of the law.' },
  },
});
registerEnumType(ComplaintOutcome, {
  name: 'ComplaintOutcome',
  description: 'How a complaint was decided.',
  valuesConfig: {
    UPHELD: { description: 'The customer is right.' },
    PARTLY_UPHELD: { description: 'The customer is right in part.' },
    REJECTED: { description: 'The customer is not right.' },
  },
});

@ObjectType({
  implements: Node,
  description: 'A complaint and what became of it: acknowledgement, deadline, answer and appeal, as ISO 10002 has it.',
  simpleResolvers: true,
})
@Entity('complaints')
@Unique('complaints_ticket_key', ['organizationId', 'ticketId'])
@ForeignKey(() => Ticket, ['organizationId', 'ticketId'], ['organizationId', 'id'], { name: 'complaints_ticket_fkey' })
@ForeignKey(() => Customer, ['organizationId', 'customerId'], ['organizationId', 'id'], {
  name: 'complaints_customer_fkey',
})
@Index('complaints_received_idx', ['organizationId', 'receivedAt', 'id'])
@Index('complaints_customer_idx', ['organizationId', 'customerId', 'receivedAt'])
@Index('complaints_open_idx', ['organizationId', 'stage'], {
  where: `stage in ('RECEIVED', 'ACKNOWLEDGED', 'APPEALED')`,
})
export class Complaint {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'complaints_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the complaint.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'complaints_pkey' })
  id: string;

  @Column('uuid')
  ticketId: string;

  @Column('uuid', { nullable: true })
  customerId: string | null;

  @Field(() => ComplaintStage, { description: 'How far it has come.' })
  @Column('text', { default: 'RECEIVED' })
  stage: ComplaintStage;

  @Field(() => ComplaintSeverity, { description: 'How much is at stake.' })
  @Column('text', { default: 'MEDIUM' })
  severity: ComplaintSeverity;

  @Field(() => String, { nullable: true, description: 'What the customer wants.' })
  @Column('text', { nullable: true })
  wanted: string | null;

  @Field(() => DateTime, { description: 'When it reached us.' })
  @Column('timestamptz', { default: () => 'now()' })
  receivedAt: string;

  @Field(() => DateTime, { description: 'By when it is to be acknowledged.' })
  @Column('timestamptz')
  acknowledgeBy: string;

  @Field(() => DateTime, { nullable: true, description: 'When it was.' })
  @Column('timestamptz', { nullable: true })
  acknowledgedAt: string | null;

  @Field(() => DateTime, { description: 'By when it is to be answered.' })
  @Column('timestamptz')
  answerBy: string;

  @Field(() => DateTime, { nullable: true, description: 'When it was.' })
  @Column('timestamptz', { nullable: true })
  answeredAt: string | null;

  @Field(() => ComplaintOutcome, { nullable: true, description: 'How it was decided.' })
  @Column('text', { nullable: true })
  outcome: ComplaintOutcome | null;

  @Field(() => String, { nullable: true, description: 'What the customer was told.' })
  @Column('text', { nullable: true })
  answer: string | null;

  @Field(() => String, { nullable: true, description: 'What the customer was given.' })
  @Column('text', { nullable: true })
  remedy: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Until when the answer can be appealed.' })
  @Column('timestamptz', { nullable: true })
  appealUntil: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was appealed.' })
  @Column('timestamptz', { nullable: true })
  appealedAt: string | null;

  @Field(() => String, { nullable: true, description: 'Why.' })
  @Column('text', { nullable: true })
  appealReason: string | null;

  @Field(() => DateTime, { nullable: true, description: 'By when the appeal is to be answered.' })
  @Column('timestamptz', { nullable: true })
  appealAnswerBy: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was.' })
  @Column('timestamptz', { nullable: true })
  appealAnsweredAt: string | null;

  @Field(() => ComplaintOutcome, { nullable: true, description: 'How the appeal was decided.' })
  @Column('text', { nullable: true })
  appealOutcome: ComplaintOutcome | null;

  @Field(() => String, { nullable: true, description: 'What the customer was told then.' })
  @Column('text', { nullable: true })
  appealAnswer: string | null;

  @Column('timestamptz', { nullable: true })
  remindedOf: string | null;

  @Field(() => Int, {
    description: 'Rises with every change; give it with a change to be told when somebody else was quicker.',
  })
  @Column('integer', { default: 1 })
  version: number;

  @Field(() => DateTime, { description: 'When it was registered.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Field(() => DateTime, { description: 'When it last changed.' })
  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;

  @Derived((complaint: Complaint) => nextDeadline(complaint))
  @Field(() => DateTime, {
    nullable: true,
    description: 'By when something is to be done next; nothing when nothing is.',
  })
  nextDueAt?: string | null;

  @Reference(() => Ticket, 'ticketId', { nullable: true, description: 'The ticket in which it is spoken about.' })
  ticket?: Ticket;

  @Reference(() => Customer, 'customerId', { nullable: true, description: 'Whose it is.' })
  customer?: Customer;
}
