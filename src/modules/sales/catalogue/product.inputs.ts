import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import {
  Decimal,
  enumFilterOf,
  Json,
  MutationInput,
  orderInputOf,
  StringFilter,
} from '../../../platform/schema/index.js';
import { BillingPeriod, ProductKind } from './product.entity.js';

export enum ProductOrderField {
  NAME = 'NAME',
  SKU = 'SKU',
  CREATED_AT = 'CREATED_AT',
}
registerEnumType(ProductOrderField, {
  name: 'ProductOrderField',
  description: 'What products are ordered by.',
  valuesConfig: {
    NAME: { description: 'Their name.' },
    SKU: { description: 'The number they are kept under.' },
    CREATED_AT: { description: 'When they were first kept.' },
  },
});

export const ProductOrder = orderInputOf(ProductOrderField, 'Product');
const ProductKindFilter = enumFilterOf(ProductKind, 'ProductKind');

@InputType({ description: 'Which products; all conditions must hold.' })
export class ProductFilter {
  @Field(() => StringFilter, { nullable: true, description: 'By the number they are kept under.' })
  sku?: StringFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By name.' })
  name?: StringFilter;
  @Field(() => ProductKindFilter, { nullable: true, description: 'By kind.' })
  kind?: object;
  @Field(() => Boolean, { nullable: true, description: 'Still sold (true) or no longer (false).' })
  isActive?: boolean;
  @Field(() => StringFilter, { nullable: true, description: 'By id in the system they came from.' })
  externalId?: StringFilter;
  @Field(() => [ProductFilter], { nullable: true, description: 'All of these.' })
  and?: ProductFilter[];
  @Field(() => [ProductFilter], { nullable: true, description: 'At least one of these.' })
  or?: ProductFilter[];
  @Field(() => ProductFilter, { nullable: true, description: 'Not this.' })
  not?: ProductFilter;
}

@InputType({ description: 'A part of a bundle.' })
export class BundleItemInput {
  @Field(() => ID, { description: 'The product; no bundle itself.' })
  productId: string;
  @Field(() => Decimal, { description: 'How many of it are in one bundle.' })
  quantity: string;
}

@InputType()
abstract class ProductFields {
  @Field(() => Json, { nullable: true, description: 'Its name in other languages: {"es": "…", "pt": "…"}.' })
  names?: Record<string, unknown> | null;
  @Field(() => String, { nullable: true, description: 'What it is.' })
  description?: string | null;
  @Field(() => ID, { nullable: true, description: 'What it is counted in.' })
  unitId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The tax on its sale.' })
  taxRateId?: string | null;
  @Field(() => BillingPeriod, { nullable: true, description: 'How often a subscription is paid.' })
  billingPeriod?: BillingPeriod | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether it is sold; it is unless said.' })
  isActive?: boolean | null;
  @Field(() => String, { nullable: true, description: 'Its id in the system it came from; one product has it.' })
  externalId?: string | null;
  @Field(() => [BundleItemInput], { nullable: true, description: 'What a bundle is made of, all of it.' })
  bundleItems?: BundleItemInput[] | null;
}

@InputType({ description: 'A product to keep.' })
export class CreateProductItem extends ProductFields {
  @Field({ description: 'The number it is kept under in stock.' })
  sku: string;
  @Field({ description: 'Its name.' })
  name: string;
  @Field(() => ProductKind, { nullable: true, description: 'What kind of product it is; a good unless said.' })
  kind?: ProductKind | null;
}

@InputType({ description: 'What to change of a product; what is left out stays.' })
export class UpdateProductItem extends ProductFields {
  @Field(() => ID, { description: 'The product.' })
  id: string;
  @Field(() => String, { nullable: true, description: 'The number it is kept under in stock.' })
  sku?: string | null;
  @Field(() => String, { nullable: true, description: 'Its name.' })
  name?: string | null;
  @Field(() => Int, {
    nullable: true,
    description: 'The version you have seen: when it has changed since, nothing is done.',
  })
  version?: number | null;
}

const keyOptions = {
  nullable: true,
  description:
    'Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same.',
};

@InputType({ description: 'Keeps a product.' })
export class CreateProductInput extends CreateProductItem {
  @Field(() => String, keyOptions)
  idempotencyKey?: string;
}

@InputType({ description: 'Changes a product; what is left out stays.' })
export class UpdateProductInput extends UpdateProductItem {
  @Field(() => String, keyOptions)
  idempotencyKey?: string;
}

@InputType({ description: 'Products to keep, up to 200.' })
export class CreateProductsInput extends MutationInput {
  @Field(() => [CreateProductItem], { description: 'Each is kept or refused by itself.' })
  items: CreateProductItem[];
}

@InputType({ description: 'Products to change, up to 200.' })
export class UpdateProductsInput extends MutationInput {
  @Field(() => [UpdateProductItem], { description: 'Each is changed or refused by itself.' })
  items: UpdateProductItem[];
}
