import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DateTime, Derived, Json, PublicId } from '../../platform/schema/index.js';
import { publicActor } from '../access/index.js';
import { Customer } from './customer.entity.js';

@ObjectType({ description: 'A value that a merge gave up.', simpleResolvers: true })
export class GivenUpValue {
  @PublicId('customer')
  @Field(() => ID, { description: 'The customer that had it.' })
  customerId: string;
  @Field(() => Json, { nullable: true, description: 'What it was; nothing where you may not see it.' })
  value: unknown;
}

@ObjectType({
  description: 'A field on which the customers of a merge differ, and what the survivor has of it.',
  simpleResolvers: true,
})
export class MergedField {
  @Field({ description: 'Which: `givenName`, `customFields.branch`, `preferences.bread`, `consents.MARKETING.EMAIL`.' })
  field: string;
  @PublicId('customer')
  @Field(() => ID, {
    nullable: true,
    description: 'Whose value it is; nothing where it is made of several, or of one you may not see.',
  })
  fromId: string | null;
  @Field(() => Json, { nullable: true, description: 'The value; nothing where you may not see it.' })
  value: unknown;
  @Field(() => Boolean, { description: 'Whether another of them said something else.' })
  conflict: boolean;
  @Field(() => [GivenUpValue], { description: 'What the others said, where it is something else.' })
  givenUp: GivenUpValue[];
}

@ObjectType({ description: 'What a merge did with one kind of record.', simpleResolvers: true })
export class MergedRecords {
  @Field({ description: 'What they are, as `contactPoints` or `identities`.' })
  kind: string;
  @Field(() => Int, { description: "How many became the survivor's." })
  moved: number;
  @Field(() => Int, { description: 'How many were the same as another, and are kept once.' })
  folded: number;
  @Field(() => Int, { description: 'How many have no more meaning, as a tie of a customer to itself.' })
  dropped: number;
}

@ObjectType({
  description: 'What a merge changes, without what is hidden from you and what customers had whom you may not see.',
  simpleResolvers: true,
})
export class MergeReport {
  @Field(() => [MergedField], { description: 'The fields on which the customers differ.' })
  fields: MergedField[];
  @Field(() => [MergedRecords], { description: 'What belonged to the merged customers, by kind.' })
  records: MergedRecords[];
}

@ObjectType({ description: 'That customers were found to be one.', simpleResolvers: true })
@Entity('customer_merges')
@Index('customer_merges_survivor_idx', ['organizationId', 'survivorId', 'mergedAt', 'id'])
@Index('customer_merges_merged_idx', { synchronize: false })
@ForeignKey(() => Customer, ['organizationId', 'survivorId'], ['organizationId', 'id'], {
  name: 'customer_merges_survivor_fkey',
})
export class CustomerMerge {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'customer_merges_pkey' })
  organizationId: string;

  @PublicId('merge')
  @Field(() => ID, { description: 'Id of the merge, for `undoMerge`.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'customer_merges_pkey' })
  id: string;

  @PublicId('customer')
  @Field(() => ID, { description: 'The customer the others became.' })
  @Column('uuid')
  survivorId: string;

  @Column('uuid', { array: true })
  mergedIds: string[];

  @Field(() => MergeReport, { description: 'What it changed. Empty once it was undone, or one of them erased.' })
  @Column('jsonb')
  report: MergeReport;

  @Derived(({ mergedBy }: CustomerMerge) => publicActor(mergedBy))
  @Field({ description: 'Who did it, as in the audit log.' })
  @Column('text')
  mergedBy: string;

  @Field(() => DateTime, { description: 'When.' })
  @Column('timestamptz')
  mergedAt: string;

  /** The requests that did and undid it, as the audit log names them. */
  @Column('text', { select: false })
  mergedRequest: string;

  @Derived(({ undoneBy }: CustomerMerge) => undoneBy && publicActor(undoneBy))
  @Field(() => String, { nullable: true, description: 'Who undid it, as in the audit log.' })
  @Column('text', { nullable: true })
  undoneBy: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was undone; nothing while it holds.' })
  @Column('timestamptz', { nullable: true })
  undoneAt: string | null;

  @Column('text', { nullable: true, select: false })
  undoneRequest: string | null;

  /** What it changed is forgotten with the first of them that is erased; then it cannot be undone. */
  @Column('timestamptz', { nullable: true, select: false })
  erasedAt: string | null;
}
