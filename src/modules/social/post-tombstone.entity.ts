import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Organization } from '../access/index.js';
import type { Network } from './networks.js';

/** A post whose deletion reached us before the post did. */
@Entity('post_tombstones')
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'post_tombstones_organization_fkey',
  onDelete: 'CASCADE',
})
export class PostTombstone {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'post_tombstones_pkey' })
  organizationId: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'post_tombstones_pkey' })
  network: Network;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'post_tombstones_pkey' })
  externalId: string;
  @Column('timestamptz', { default: () => 'now()' })
  recordedAt: string;
}
