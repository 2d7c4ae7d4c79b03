import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { printDecimal } from '../../../platform/money.js';
import { DateTime, Decimal, Derived, Json, Node, Reference } from '../../../platform/schema/index.js';
import { type Language, Organization } from '../../access/index.js';
import { shownName } from './names.rules.js';
import { TaxRate } from './tax-rate.entity.js';
import { Unit } from './unit.entity.js';

export enum ProductKind {
  GOOD = 'GOOD',
  SERVICE = 'SERVICE',
  SUBSCRIPTION = 'SUBSCRIPTION',
  BUNDLE = 'BUNDLE',
}
registerEnumType(ProductKind, {
  name: 'ProductKind',
  description: 'What kind of product it is.',
  valuesConfig: {
    GOOD: { description: 'Something that is delivered.' },
    SERVICE: { description: 'Something that is done.' },
    SUBSCRIPTION: { description: 'Something that is paid again every billing period.' },
    BUNDLE: { description: 'Other products, sold together.' },
  },
});

export enum BillingPeriod {
  MONTH = 'MONTH',
  QUARTER = 'QUARTER',
  YEAR = 'YEAR',
}
registerEnumType(BillingPeriod, {
  name: 'BillingPeriod',
  description: 'How often something is paid.',
  valuesConfig: {
    MONTH: { description: 'Every month.' },
    QUARTER: { description: 'Every three months.' },
    YEAR: { description: 'Every year.' },
  },
});

@ObjectType({ implements: Node, description: 'Something that is sold.', simpleResolvers: true })
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

  @Field({ description: 'The number it is kept under in stock; one product has it.' })
  @Column('text')
  sku: string;

  @Derived(shownName)
  @Field({ description: "Its name in the reader's language, where there is one." })
  @Column('text')
  name: string;

  @Field(() => Json, { description: 'Its name in other languages: {"es": "…", "pt": "…"}.' })
  @Column('jsonb', { default: {} })
  names: Partial<Record<Language, string>>;

  @Field(() => String, { nullable: true, description: 'What it is.' })
  @Column('text', { nullable: true })
  description: string | null;

  @Field(() => ProductKind, { description: 'What kind of product it is.' })
  @Column('text')
  kind: ProductKind;

  @Column('uuid', { nullable: true })
  unitId: string | null;

  @Column('uuid', { nullable: true })
  taxRateId: string | null;

  @Field(() => BillingPeriod, { nullable: true, description: 'How often a subscription is paid.' })
  @Column('text', { nullable: true })
  billingPeriod: BillingPeriod | null;

  @Derived(({ stock }: Product) => stock && printDecimal(stock))
  @Field(() => Decimal, {
    nullable: true,
    description: 'How many there are, as the ERP last said; nothing where nobody counts.',
  })
  @Column('numeric', { nullable: true, precision: 15, scale: 4 })
  stock: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When the ERP said so.' })
  @Column('timestamptz', { nullable: true })
  stockAt: string | null;

  @Field({ description: 'Whether it is still sold.' })
  @Column('boolean', { default: true })
  isActive: boolean;

  @Field(() => String, { nullable: true, description: 'Its id in the system it came from, such as an ERP.' })
  @Column('text', { nullable: true })
  externalId: string | null;

  @Field(() => Int, { description: 'Counts its changes; give it back to change only what you have seen.' })
  @Column('integer', { default: 1 })
  version: number;

  @Field(() => DateTime, { description: 'When it was first kept.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Field(() => DateTime, { description: 'When it last changed.' })
  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;

  @Reference(() => Unit, 'unitId', { nullable: true, description: 'What it is counted in.' })
  unit?: Unit;

  @Reference(() => TaxRate, 'taxRateId', { nullable: true, description: 'The tax on its sale.' })
  taxRate?: TaxRate;
}
