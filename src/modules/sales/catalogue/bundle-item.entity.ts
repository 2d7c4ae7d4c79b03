import { Field, ObjectType } from 'type-graphql';
import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { printDecimal } from '../../../platform/money.js';
import { Decimal, Derived, Reference } from '../../../platform/schema/index.js';
import { Product } from './product.entity.js';

@ObjectType({ description: 'A part of a bundle.', simpleResolvers: true })
@Entity('bundle_items')
@Check('bundle_items_quantity_check', `(quantity > 0)`)
@Check('bundle_items_self_check', `(bundle_id <> product_id)`)
@ForeignKey(() => Product, ['organizationId', 'bundleId'], ['organizationId', 'id'], {
  name: 'bundle_items_bundle_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Product, ['organizationId', 'productId'], ['organizationId', 'id'], {
  name: 'bundle_items_product_fkey',
})
export class BundleItem {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'bundle_items_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'bundle_items_pkey' })
  bundleId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'bundle_items_pkey' })
  productId: string;

  @Derived(({ quantity }: BundleItem) => printDecimal(quantity))
  @Field(() => Decimal, { description: 'How many of it are in one bundle.' })
  @Column('numeric', { precision: 15, scale: 4 })
  quantity: string;

  @Reference(() => Product, 'productId', { nullable: true, description: 'The product.' })
  product?: Product;
}
