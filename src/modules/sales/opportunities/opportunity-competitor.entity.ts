import { Field, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { DateTime, Reference } from '../../../platform/schema/index.js';
import { Competitor } from './competitor.entity.js';
import { Opportunity } from './opportunity.entity.js';

@ObjectType({ description: 'A competitor who wants to sell it, too.', simpleResolvers: true })
@Entity('opportunity_competitors')
@ForeignKey(() => Opportunity, ['organizationId', 'opportunityId'], ['organizationId', 'id'], {
  name: 'opportunity_competitors_opportunity_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Competitor, ['organizationId', 'competitorId'], ['organizationId', 'id'], {
  name: 'opportunity_competitors_competitor_fkey',
})
export class OpportunityCompetitor {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'opportunity_competitors_pkey' })
  organizationId: string;

  /** By which the audit log knows it again. */
  @Column('uuid', { generated: 'uuid' })
  id: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'opportunity_competitors_pkey' })
  opportunityId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'opportunity_competitors_pkey' })
  competitorId: string;

  @Field(() => String, { nullable: true, description: 'What is known of what it offers.' })
  @Column('text', { nullable: true })
  note: string | null;

  @Field(() => DateTime, { description: 'When it was first said.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Reference(() => Competitor, 'competitorId', { description: 'Who it is.' })
  competitor?: Competitor;
}
