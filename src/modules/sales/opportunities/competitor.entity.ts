import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, Node } from '../../../platform/schema/index.js';
import { Organization } from '../../access/index.js';

@ObjectType({ implements: Node, description: 'Somebody else who sells what we sell.', simpleResolvers: true })
@Entity('competitors')
@Unique('competitors_name_key', ['organizationId', 'name'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'competitors_organization_fkey',
  onDelete: 'CASCADE',
})
export class Competitor {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'competitors_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the competitor.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'competitors_pkey' })
  id: string;

  @Field({ description: 'Its name.' })
  @Column('text')
  name: string;

  @Field(() => String, { nullable: true, description: 'Where it is on the web.' })
  @Column('text', { nullable: true })
  website: string | null;

  @Field(() => DateTime, { description: 'When it was first kept.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;
}
