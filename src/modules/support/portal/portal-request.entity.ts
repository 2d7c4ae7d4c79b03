import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Organization } from '../../access/index.js';
import type { PortalContactKind } from './portal-enums.entity.js';

/** Somebody asked for a code. It looks the same whether or not anybody is known by that contact. */
@Entity('portal_requests')
@Unique('portal_requests_id_key', ['id'])
@Unique('portal_requests_link_key', ['linkDigest'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'portal_requests_organization_fkey',
  onDelete: 'CASCADE',
})
@Index('portal_requests_contact_idx', ['organizationId', 'kind', 'contact'])
@Index('portal_requests_expiry_idx', ['expiresAt'])
@Index('portal_requests_message_idx', ['organizationId', 'messageRef'], { where: 'message_ref is not null' })
export class PortalRequest {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'portal_requests_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'portal_requests_pkey' })
  id: string;

  @Column('text')
  purpose: 'SIGN_IN' | 'VERIFY';

  @Column('text')
  kind: PortalContactKind;

  @Column('text')
  contact: string;

  @Column('text')
  language: string;

  @Column('boolean')
  wantsLink: boolean;

  @Column('text')
  askedFrom: string;

  @Column('text', { nullable: true })
  askedBy: string | null;

  @Column('text', { nullable: true })
  codeDigest: string | null;

  @Column('text', { nullable: true })
  linkDigest: string | null;

  @Column('integer', { default: 0 })
  tries: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Column('timestamptz')
  expiresAt: string;

  @Column('timestamptz', { nullable: true })
  closedAt: string | null;

  @Column('text', { nullable: true })
  messageRef: string | null;
}
