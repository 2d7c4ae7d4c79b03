import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { PublicId } from '../../../platform/schema/index.js';
import { Organization } from '../../access/index.js';
import { MediaFile } from '../../social/index.js';
import { TicketMessage } from '../tickets/ticket-message.entity.js';

@ObjectType({ description: 'A file that goes with a message of a ticket.', simpleResolvers: true })
@Entity('ticket_attachments')
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'ticket_attachments_organization_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => MediaFile, ['organizationId', 'fileId'], ['organizationId', 'id'], {
  name: 'ticket_attachments_file_fkey',
})
@ForeignKey(() => TicketMessage, ['organizationId', 'messageId'], ['organizationId', 'id'], {
  name: 'ticket_attachments_message_fkey',
  onDelete: 'CASCADE',
})
@Index('ticket_attachments_file_idx', ['organizationId', 'fileId'])
@Index('ticket_attachments_message_idx', ['organizationId', 'messageId'], { where: `message_id is not null` })
@Index('ticket_attachments_uploader_idx', ['organizationId', 'uploadedBy', 'createdAt'])
@Index('ticket_attachments_loose_idx', ['createdAt'], { where: `message_id is null` })
export class TicketAttachment {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_attachments_pkey' })
  organizationId: string;

  @PublicId('attachment')
  @Field(() => ID, { description: 'Id of the attachment.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_attachments_pkey' })
  id: string;

  @Column('uuid')
  fileId: string;

  @Column('uuid', { nullable: true })
  messageId: string | null;

  @Field({ description: 'Its name.' })
  @Column('text')
  name: string;

  @Column('text')
  uploadedBy: string;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Field({ description: 'Its media type, by its bytes.' })
  type: string;

  @Field(() => Int, { description: 'How many bytes it has.' })
  size: number;

  @Field({ description: 'Where it is read, by who may see the message.' })
  url: string;
}
