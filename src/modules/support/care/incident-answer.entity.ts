import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { SocialIdentity } from '../../social/index.js';
import { Incident } from './incident.entity.js';

@Entity('incident_answers')
@ForeignKey(() => Incident, ['organizationId', 'incidentId'], ['organizationId', 'id'], {
  name: 'incident_answers_incident_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => SocialIdentity, ['organizationId', 'identityId'], ['organizationId', 'id'], {
  name: 'incident_answers_identity_fkey',
  onDelete: 'CASCADE',
})
@Index('incident_answers_waiting_idx', ['organizationId', 'incidentId'], { where: `state = 'WAITING'` })
export class IncidentAnswer {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'incident_answers_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'incident_answers_pkey' })
  incidentId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'incident_answers_pkey' })
  identityId: string;

  @Column('uuid')
  postId: string;

  @Column('text')
  visibility: string;

  @Column('text')
  requestedBy: string;

  @Column('uuid', { nullable: true })
  replyId: string | null;

  @Column('text', { default: 'WAITING' })
  state: string;

  @Column('text', { nullable: true })
  refusal: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;
}
