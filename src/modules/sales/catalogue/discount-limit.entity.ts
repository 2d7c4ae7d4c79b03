import { Field, ObjectType } from 'type-graphql';
import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { printDecimal } from '../../../platform/money.js';
import { Decimal, Derived } from '../../../platform/schema/index.js';
import { Organization, Role } from '../../access/index.js';

@ObjectType({ description: 'How much a role takes off a price without asking.', simpleResolvers: true })
@Entity('discount_limits')
@Check('discount_limits_percent_check', `(max_percent between 0 and 100)`)
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'discount_limits_organization_fkey',
  onDelete: 'CASCADE',
})
export class DiscountLimit {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'discount_limits_pkey' })
  organizationId: string;

  @Field(() => Role, { description: 'Whose limit.' })
  @PrimaryColumn('text', { primaryKeyConstraintName: 'discount_limits_pkey' })
  role: Role;

  @Derived(({ maxPercent }: DiscountLimit) => printDecimal(maxPercent))
  @Field(() => Decimal, { description: 'Percent of the list price; over it, a quote waits for approval.' })
  @Column('numeric', { precision: 7, scale: 4 })
  maxPercent: string;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;
}
