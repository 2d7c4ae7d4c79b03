import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { SocialIdentity } from '../../social/index.js';
import { Ticket } from '../tickets/ticket.entity.js';

@Entity('acknowledgements')
@ForeignKey(() => Ticket, ['organizationId', 'ticketId'], ['organizationId', 'id'], {
  name: 'acknowledgements_ticket_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => SocialIdentity, ['organizationId', 'identityId'], ['organizationId', 'id'], {
  name: 'acknowledgements_identity_fkey',
  onDelete: 'CASCADE',
})
@Index('acknowledgements_identity_idx', ['organizationId', 'identityId', 'acknowledgedAt'])
export class Acknowledgement {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'acknowledgements_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'acknowledgements_pkey' })
  ticketId: string;

  @Column('uuid')
  identityId: string;

  @Column('uuid', { nullable: true })
  replyId: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  acknowledgedAt: string;
}
