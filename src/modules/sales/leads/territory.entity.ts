import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Organization, Team } from '../../access/index.js';

@Entity('territories')
@Unique('territories_name_key', ['organizationId', 'name'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'territories_organization_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Territory, ['organizationId', 'parentId'], ['organizationId', 'id'], {
  name: 'territories_parent_fkey',
})
@ForeignKey(() => Team, ['organizationId', 'teamId'], ['organizationId', 'id'], { name: 'territories_team_fkey' })
export class Territory {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'territories_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'territories_pkey' })
  id: string;

  @Column('text')
  name: string;

  @Column('uuid', { nullable: true })
  parentId: string | null;

  @Column('uuid', { nullable: true })
  teamId: string | null;

  /** What belongs to it: countries, postal prefixes, languages, industries; every list that is there must fit. */
  @Column('text', { array: true, default: '{}' })
  countries: string[];

  @Column('text', { array: true, default: '{}' })
  postalPrefixes: string[];

  @Column('text', { array: true, default: '{}' })
  languages: string[];

  @Column('text', { array: true, default: '{}' })
  industries: string[];

  @Column('integer', { default: 1 })
  version: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;
}
