import { Field, ID, ObjectType } from 'type-graphql';
import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { printDecimal } from '../../../platform/money.js';
import { Decimal, Derived, Node } from '../../../platform/schema/index.js';
import { Organization } from '../../access/index.js';

@ObjectType({ implements: Node, description: 'A tax on sales.', simpleResolvers: true })
@Entity('tax_rates')
@Unique('tax_rates_name_key', ['organizationId', 'name'])
@Check('tax_rates_percent_check', `(percent between 0 and 100)`)
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'tax_rates_organization_fkey',
  onDelete: 'CASCADE',
})
export class TaxRate {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'tax_rates_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the rate.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'tax_rates_pkey' })
  id: string;

  @Field({ description: 'Its name.' })
  @Column('text')
  name: string;

  @Derived(({ percent }: TaxRate) => printDecimal(percent))
  @Field(() => Decimal, { description: 'Percent of the price without tax.' })
  @Column('numeric', { precision: 7, scale: 4 })
  percent: string;

  @Field(() => String, { nullable: true, description: 'Where it is raised, ISO 3166-1.' })
  @Column('text', { nullable: true })
  country: string | null;

  @Field({ description: 'Whether it is used.' })
  @Column('boolean', { default: true })
  isActive: boolean;

  @Field(() => String, { nullable: true, description: 'Its id in the system it came from.' })
  @Column('text', { nullable: true })
  externalId: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;
}
