import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Node } from '../../../platform/schema/index.js';
import { Organization } from '../../access/index.js';
import { TaxRate } from './tax-rate.entity.js';
import { Unit } from './unit.entity.js';

@ObjectType({ implements: Node, description: 'Something we sell.', simpleResolvers: true })
@Entity('products')
@Unique('products_sku_key', ['organizationId', 'sku'])
@Unique('products_external_id_key', ['organizationId', 'externalId'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], { name: 'products_organization_fkey', onDelete: 'CASCADE' })
@ForeignKey(() => Unit, ['organizationId', 'unitId'], ['organizationId', 'id'], { name: 'products_unit_fkey' })
@ForeignKey(() => TaxRate, ['organizationId', 'taxRateId'], ['organizationId', 'id'], {
  name: 'products_tax_rate_fkey',
})
@Index('products_name_idx', ['organizationId', 'name', 'id'])
@Index('products_created_idx', ['organizationId', 'createdAt', 'id'])
export class Product {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'products_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the product.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'products_pkey' })
  id: string;

  @Field({ description: 'Its article number.' })
  @Column('text')
  sku: string;

  @Field({ description: 'Its name.' })
  @Column('text')
  name: string;

  /** The name in other languages: {"es": "…", "pt": "…"}. */
  @Column('jsonb', { default: {} })
  names: Record<string, unknown>;

  @Column('text', { nullable: true })
  description: string | null;

  @Column('text')
  kind: string;

  @Column('uuid', { nullable: true })
  unitId: string | null;

  @Column('uuid', { nullable: true })
  taxRateId: string | null;

  /** How often a subscription is paid. */
  @Column('text', { nullable: true })
  billingPeriod: string | null;

  /** As the ERP last said; nothing where nobody counts. */
  @Column('numeric', { nullable: true, precision: 15, scale: 4 })
  stock: string | null;

  @Column('timestamptz', { nullable: true })
  stockAt: string | null;

  @Column('boolean', { default: true })
  isActive: boolean;

  @Column('text', { nullable: true })
  externalId: string | null;

  @Column('integer', { default: 1 })
  version: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;
}
