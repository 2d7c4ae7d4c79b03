import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Organization } from '../access/index.js';

/** How far an organisation's graph has come. */
@Entity('graph_states')
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'graph_states_organization_fkey',
  onDelete: 'CASCADE',
})
export class GraphState {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'graph_states_pkey' })
  organizationId: string;

  @Column('timestamptz')
  latestAt: string;

  @Column('timestamptz')
  edgesChangedAt: string;

  /** What `edgesChangedAt` was of the edges that were analysed last. */
  @Column('timestamptz', { nullable: true })
  analysedOf: string | null;

  @Column('timestamptz', { nullable: true })
  analysedAt: string | null;

  /** The most decayed engagers anybody had in the last run: the upper end of the scale of scores. */
  @Column('double precision', { nullable: true })
  mostEngagers: number | null;

  /** What the edges are made under, which settings may be ahead of until they are made anew. */
  @Column('double precision', { default: 90 })
  halfLifeDays: number;

  @Column('jsonb', { default: {} })
  weights: Record<string, number>;

  /** When those settings were set; null for the defaults. */
  @Column('timestamptz', { nullable: true })
  settingsOf: string | null;
}
