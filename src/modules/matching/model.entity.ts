import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Organization } from '../access/index.js';

/** What was learnt of an organisation's own customers and identities; see `StoredModel`. */
@Entity('match_models')
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'match_models_organization_fkey',
  onDelete: 'CASCADE',
})
export class MatchModel {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'match_models_pkey' })
  organizationId: string;
  @Column('timestamptz', { default: () => 'now()' })
  trainedAt: string;
  @Column('integer')
  customers: number;
  @Column('integer')
  identities: number;
  @Column('jsonb')
  model: object;
}
