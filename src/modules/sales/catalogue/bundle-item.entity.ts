import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Product } from './product.entity.js';

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

  @Column('numeric', { precision: 15, scale: 4 })
  quantity: string;
}
