import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { PublicId } from '../../../platform/schema/index.js';
import { Organization } from '../../access/index.js';

@ObjectType({ description: "What tickets are about, in the organisation's own order.", simpleResolvers: true })
@Entity('ticket_categories')
@Unique('ticket_categories_name_key', ['organizationId', 'name'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'ticket_categories_organization_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => TicketCategory, ['organizationId', 'parentId'], ['organizationId', 'id'], {
  name: 'ticket_categories_parent_fkey',
})
export class TicketCategory {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_categories_pkey' })
  organizationId: string;

  @PublicId('ticket_category')
  @Field(() => ID, { description: 'Id of the category.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_categories_pkey' })
  id: string;

  @Field({ description: 'What it is called.' })
  @Column('text')
  name: string;

  @Column('jsonb', { default: {} })
  names: Record<string, unknown>;

  @Column('uuid', { nullable: true })
  parentId: string | null;

  @Field({ description: 'Whether new tickets may have it.' })
  @Column('boolean', { default: true })
  isActive: boolean;

  @Field(() => Int, { description: 'Rises with every change.' })
  @Column('integer', { default: 1 })
  version: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;
}
