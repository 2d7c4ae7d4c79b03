import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Competitor } from './competitor.entity.js';
import { Opportunity } from './opportunity.entity.js';

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

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'opportunity_competitors_pkey' })
  opportunityId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'opportunity_competitors_pkey' })
  competitorId: string;

  @Column('text', { nullable: true })
  note: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;
}
