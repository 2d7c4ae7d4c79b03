import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Decimal, Derived, Money, moneyOf, PublicId, Reference } from '../../../platform/schema/index.js';
import { Product } from '../catalogue/product.entity.js';
import { Opportunity } from './opportunity.entity.js';

@ObjectType({ description: 'A product that may be bought.', simpleResolvers: true })
@Entity('opportunity_lines')
@Check('opportunity_lines_quantity_check', `(quantity > 0)`)
@Check('opportunity_lines_price_check', `(unit_price >= 0)`)
@Check('opportunity_lines_discount_check', `(discount_percent between 0 and 100)`)
@ForeignKey(() => Opportunity, ['organizationId', 'opportunityId'], ['organizationId', 'id'], {
  name: 'opportunity_lines_opportunity_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Product, ['organizationId', 'productId'], ['organizationId', 'id'], {
  name: 'opportunity_lines_product_fkey',
})
@Index('opportunity_lines_opportunity_idx', ['organizationId', 'opportunityId', 'position', 'id'])
export class OpportunityLine {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'opportunity_lines_pkey' })
  organizationId: string;

  @PublicId('opportunity_line')
  @Field(() => ID, { description: 'Id of the line.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'opportunity_lines_pkey' })
  id: string;

  @Column('uuid')
  opportunityId: string;

  @Field(() => Int, { description: 'Its place, from 1.' })
  @Column('integer')
  position: number;

  @Column('uuid')
  productId: string;

  @Field(() => Decimal, { description: 'How much of it, in its unit.' })
  @Column('numeric', { precision: 15, scale: 4 })
  quantity: string;

  @Derived(({ unitPrice, currency }: OpportunityLine) => moneyOf(unitPrice, currency))
  @Field(() => Money, { description: 'What one costs, without tax.' })
  @Column('numeric', { precision: 19, scale: 4 })
  unitPrice: string;

  @Field(() => Decimal, { description: 'What is taken off, from 0 to 100.' })
  @Column('numeric', { precision: 7, scale: 4, default: 0 })
  discountPercent: string;

  /** As its opportunity has it; brought along by the loader. */
  currency?: string;

  @Derived(({ net, currency }: OpportunityLine) => moneyOf(net, currency))
  @Field(() => Money, { description: 'What it comes to, without tax.' })
  net?: string;

  @Reference(() => Product, 'productId', {
    nullable: true,
    description: 'The product; nothing for who may not see the catalogue.',
  })
  product?: Product;
}
