import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What was worked out about somebody's influence, as it is stored of identities and of customers alike. */
abstract class StoredInfluence {
  @Column('double precision')
  score: number;

  @Column('double precision')
  percentile: number;

  /** Distinct others who engaged with it, each halved for each half-life since the last time. */
  @Column('double precision')
  engagers: number;

  @Column('integer')
  distinctEngagers: number;

  @Column('double precision')
  pagerank: number;

  /** Distinct others within two steps. */
  @Column('integer')
  reach: number;

  @Column('double precision')
  trend: number;
}

@Entity('identity_influence')
@Index('identity_influence_score_idx', ['organizationId', 'score', 'identityId'])
@Index('identity_influence_community_idx', ['organizationId', 'communityId', 'score'])
export class IdentityInfluence extends StoredInfluence {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'identity_influence_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'identity_influence_pkey' })
  identityId: string;

  @Column('uuid', { nullable: true })
  communityId: string | null;
}

@Entity('customer_influence')
@Index('customer_influence_score_idx', ['organizationId', 'score', 'customerId'])
export class CustomerInfluence extends StoredInfluence {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'customer_influence_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'customer_influence_pkey' })
  customerId: string;
}
