import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Organization } from '../../access/index.js';

@Entity('pipelines')
@Unique('pipelines_name_key', ['organizationId', 'name'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'pipelines_organization_fkey',
  onDelete: 'CASCADE',
})
@Index('pipelines_default_key', ['organizationId'], { unique: true, where: `is_default` })
export class Pipeline {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pipelines_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pipelines_pkey' })
  id: string;

  @Column('text')
  name: string;

  @Column('boolean', { default: false })
  isDefault: boolean;

  @Column('boolean', { default: true })
  isActive: boolean;

  @Column('integer', { default: 1 })
  version: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;
}
