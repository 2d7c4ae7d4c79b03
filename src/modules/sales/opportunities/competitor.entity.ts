import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Organization } from '../../access/index.js';

@Entity('competitors')
@Unique('competitors_name_key', ['organizationId', 'name'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'competitors_organization_fkey',
  onDelete: 'CASCADE',
})
export class Competitor {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'competitors_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'competitors_pkey' })
  id: string;

  @Column('text')
  name: string;

  @Column('text', { nullable: true })
  website: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;
}
