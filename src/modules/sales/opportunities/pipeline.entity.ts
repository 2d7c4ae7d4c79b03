import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, Node } from '../../../platform/schema/index.js';
import { Organization } from '../../access/index.js';

@ObjectType({
  implements: Node,
  description: 'A way of selling, as the stages that opportunities go through.',
  simpleResolvers: true,
})
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

  @Field(() => ID, { description: 'Id of the pipeline.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pipelines_pkey' })
  id: string;

  @Field({ description: 'Its name.' })
  @Column('text')
  name: string;

  @Field({ description: 'Whether opportunities go here unless said.' })
  @Column('boolean', { default: false })
  isDefault: boolean;

  @Field({ description: 'Whether new opportunities may go here.' })
  @Column('boolean', { default: true })
  isActive: boolean;

  @Field(() => Int, { description: 'Counts its changes; give it back to change only what you have seen.' })
  @Column('integer', { default: 1 })
  version: number;

  @Field(() => DateTime, { description: 'When it was made.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;
}
