import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Node } from '../../../platform/schema/index.js';
import { Organization } from '../../access/index.js';

@ObjectType({ implements: Node, description: 'What a product is counted in.', simpleResolvers: true })
@Entity('units')
@Unique('units_code_key', ['organizationId', 'code'])
@Check('units_decimals_check', `(decimals between 0 and 6)`)
@ForeignKey(() => Organization, ['organizationId'], ['id'], { name: 'units_organization_fkey', onDelete: 'CASCADE' })
export class Unit {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'units_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the unit.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'units_pkey' })
  id: string;

  @Field({ description: 'Its short name: kg, h, u.' })
  @Column('text')
  code: string;

  @Field({ description: 'Its name.' })
  @Column('text')
  name: string;

  @Field(() => Int, { description: 'How many digits a quantity in it has after the point.' })
  @Column('integer', { default: 0 })
  decimals: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;
}
