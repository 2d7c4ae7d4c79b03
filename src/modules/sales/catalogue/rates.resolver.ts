import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { MAX_PAGE } from '../../../platform/paging/index.js';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import { allDiscountLimits, presentRates } from './catalogue.loaders.js';
import { DiscountLimitsPayload, ExchangeRatesPayload, TaxRatePayload, UnitPayload } from './catalogue.payloads.js';
import { DiscountLimit } from './discount-limit.entity.js';
import { ExchangeRate } from './exchange-rate.entity.js';
import {
  CreateTaxRateInput,
  CreateUnitInput,
  SetDiscountLimitInput,
  SetExchangeRatesInput,
  UpdateTaxRateInput,
} from './rates.inputs.js';
import { createTaxRate, createUnit, setDiscountLimit, setExchangeRates, updateTaxRate } from './rates.service.js';
import { TaxRate } from './tax-rate.entity.js';
import { Unit } from './unit.entity.js';

@Resolver()
export class RatesResolver {
  @Permit('sales:read')
  @Query(() => [Unit], { description: 'What products are counted in, by name; the first 200.' })
  async units(@Ctx() context: RequestContext): Promise<Unit[]> {
    return (await context.page(Unit, { first: MAX_PAGE })).edges.map(({ node }) => node);
  }

  @Permit('sales:read')
  @Query(() => [TaxRate], { description: 'Taxes on sales, by name; the first 200.' })
  async taxRates(@Ctx() context: RequestContext): Promise<TaxRate[]> {
    return (await context.page(TaxRate, { first: MAX_PAGE })).edges.map(({ node }) => node);
  }

  @Permit('sales:read')
  @Query(() => [DiscountLimit], { description: 'How much each role takes off without asking.' })
  discountLimits(@Ctx() context: RequestContext): Promise<DiscountLimit[]> {
    return allDiscountLimits(context);
  }

  @Permit('sales:read')
  @Query(() => [ExchangeRate], { description: "What every currency is worth in the organisation's own, today." })
  exchangeRates(@Ctx() context: RequestContext): Promise<ExchangeRate[]> {
    return presentRates(context);
  }

  @Permit('sales:manage')
  @Mutation(() => UnitPayload, { description: 'Adds a unit.' })
  createUnit(
    @Arg('input', () => CreateUnitInput, { description: 'The unit.' }) input: CreateUnitInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createUnit', input, tx => createUnit(tx, input));
  }

  @Permit('sales:manage')
  @Mutation(() => TaxRatePayload, { description: 'Adds a tax rate.' })
  createTaxRate(
    @Arg('input', () => CreateTaxRateInput, { description: 'The rate.' }) input: CreateTaxRateInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createTaxRate', input, tx => createTaxRate(tx, input));
  }

  @Permit('sales:manage')
  @Mutation(() => TaxRatePayload, { description: 'Says whether a tax rate is used.' })
  updateTaxRate(
    @Arg('input', () => UpdateTaxRateInput, { description: 'Which, and whether.' }) input: UpdateTaxRateInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateTaxRate', input, tx => updateTaxRate(tx, context.viewer, input));
  }

  @Permit('sales:manage')
  @Mutation(() => DiscountLimitsPayload, { description: 'Sets how much a role takes off without asking.' })
  async setDiscountLimit(
    @Arg('input', () => SetDiscountLimitInput, { description: 'Whose, and how much.' }) input: SetDiscountLimitInput,
    @Ctx() context: RequestContext,
  ) {
    const done = await mutate(context, 'setDiscountLimit', input, tx => setDiscountLimit(tx, context.viewer, input));
    return { ...done, discountLimits: await allDiscountLimits(context) };
  }

  @Permit('sales:manage')
  @Mutation(() => ExchangeRatesPayload, { description: 'Sets what currencies are worth, each by itself.' })
  async setExchangeRates(
    @Arg('input', () => SetExchangeRatesInput, { description: 'The rates.' }) input: SetExchangeRatesInput,
    @Ctx() context: RequestContext,
  ) {
    const done = await mutate(context, 'setExchangeRates', input, tx => setExchangeRates(tx, input.items));
    return { ...done, exchangeRates: await presentRates(context) };
  }
}
