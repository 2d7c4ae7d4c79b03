import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Post } from '../../social/index.js';
import { Incident } from './incident.entity.js';

@Entity('incident_posts')
@ForeignKey(() => Post, ['organizationId', 'postId'], ['organizationId', 'id'], {
  name: 'incident_posts_post_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Incident, ['organizationId', 'incidentId'], ['organizationId', 'id'], {
  name: 'incident_posts_incident_fkey',
  onDelete: 'CASCADE',
})
@Index('incident_posts_incident_idx', ['organizationId', 'incidentId', 'addedAt', 'postId'])
export class IncidentPost {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'incident_posts_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'incident_posts_pkey' })
  postId: string;

  @Column('uuid')
  incidentId: string;

  @Column('boolean', { default: false })
  isOut: boolean;

  @Column('timestamptz', { default: () => 'now()' })
  addedAt: string;
}
