import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { connectionOf, PageArgs } from '../../../platform/schema/index.js';
import { eachItem, mutate, Permit, RequestContext } from '../../access/index.js';
import { BundleItem } from './bundle-item.entity.js';
import { partsOfBundle } from './catalogue.loaders.js';
import { ProductPayload, ProductsPayload } from './catalogue.payloads.js';
import { Product } from './product.entity.js';
import {
  CreateProductInput,
  CreateProductsInput,
  ProductFilter,
  ProductOrder,
  UpdateProductInput,
  UpdateProductsInput,
} from './product.inputs.js';
import { createProduct, updateProduct } from './product.service.js';

const ProductConnection = connectionOf(Product, 'Product');

@ArgsType()
class ProductsArgs extends PageArgs {
  @Field(() => ProductFilter, { nullable: true, description: 'Only these.' })
  filter?: ProductFilter;
  @Field(() => [ProductOrder], { nullable: true, description: 'In this order; by name unless said.' })
  orderBy?: InstanceType<typeof ProductOrder>[];
}

@Resolver(() => Product)
export class ProductResolver {
  @Permit('sales:read')
  @Query(() => Product, { nullable: true, description: 'One product, or nothing when there is none that you may see.' })
  product(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() context: RequestContext) {
    return context.recordByPublicId(Product, id);
  }

  @Permit('sales:read')
  @Query(() => ProductConnection, { description: 'What is sold, or was.' })
  products(@Args(() => ProductsArgs) args: ProductsArgs, @Ctx() context: RequestContext) {
    return context.page(Product, args);
  }

  @FieldResolver(() => [BundleItem], { description: 'What a bundle is made of; nothing of other products.' })
  bundleItems(@Root() product: Product, @Ctx() context: RequestContext): Promise<BundleItem[]> | BundleItem[] {
    return product.kind === 'BUNDLE' ? context.load(partsOfBundle, product.id) : [];
  }

  @Permit('sales:manage')
  @Mutation(() => ProductPayload, { description: 'Keeps a product.' })
  createProduct(
    @Arg('input', () => CreateProductInput, { description: 'The product.' }) input: CreateProductInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createProduct', input, tx => createProduct(tx, context.viewer, input));
  }

  @Permit('sales:manage')
  @Mutation(() => ProductPayload, { description: 'Changes a product.' })
  updateProduct(
    @Arg('input', () => UpdateProductInput, { description: 'Which, and how.' }) input: UpdateProductInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateProduct', input, tx => updateProduct(tx, context.viewer, input));
  }

  @Permit('sales:manage')
  @Mutation(() => ProductsPayload, { description: 'Keeps up to 200 products, each by itself.' })
  createProducts(
    @Arg('input', () => CreateProductsInput, { description: 'The products.' }) input: CreateProductsInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createProducts', input, async tx => ({
      results: await eachItem(tx, input.items, item => createProduct(tx, context.viewer, item)),
    }));
  }

  @Permit('sales:manage')
  @Mutation(() => ProductsPayload, { description: 'Changes up to 200 products, each by itself.' })
  updateProducts(
    @Arg('input', () => UpdateProductsInput, { description: 'Which, and how.' }) input: UpdateProductsInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateProducts', input, async tx => ({
      results: await eachItem(tx, input.items, item => updateProduct(tx, context.viewer, item)),
    }));
  }
}
