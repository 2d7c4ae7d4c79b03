import { Field, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Organization } from '../../access/index.js';

@ObjectType({ description: 'Within how many days complaints are dealt with (ISO 10002).', simpleResolvers: true })
@Entity('complaint_procedures')
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'complaint_procedures_organization_fkey',
  onDelete: 'CASCADE',
})
export class ComplaintProcedure {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'complaint_procedures_pkey' })
  organizationId: string;

  @Field(() => Int, { description: 'Until it is acknowledged.' })
  @Column('integer', { default: 2 })
  acknowledgeDays: number;

  @Field(() => Int, { description: 'Until it is answered.' })
  @Column('integer', { default: 15 })
  answerDays: number;

  @Field(() => Int, { description: 'For how long the answer can be appealed.' })
  @Column('integer', { default: 30 })
  appealDays: number;

  @Field(() => Int, { description: 'Until an appeal is answered.' })
  @Column('integer', { default: 30 })
  appealAnswerDays: number;

  @Field(() => Int, { description: 'Rises with every change.' })
  @Column('integer', { default: 1 })
  version: number;
}
