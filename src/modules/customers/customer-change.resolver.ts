import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { mutate, Permit, RequestContext } from '../access/index.js';
import { CustomerPayload, CustomersPayload } from './customer.payloads.js';
import { createCustomer, deleteCustomer, restoreCustomer, updateCustomer } from './customer.service.js';
import { createCustomers, updateCustomers, upsertCustomers } from './customer-batch.service.js';
import {
  CreateCustomerInput,
  CreateCustomersInput,
  CustomerIdInput,
  UpdateCustomerInput,
  UpdateCustomersInput,
  UpsertCustomersInput,
} from './customer-change.inputs.js';

@Resolver()
export class CustomerChangeResolver {
  @Permit('customers:write')
  @Mutation(() => CustomerPayload, { description: 'Keeps a customer.' })
  createCustomer(
    @Arg('input', () => CreateCustomerInput, { description: 'Who it is.' }) input: CreateCustomerInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createCustomer', input, tx => createCustomer(tx, context.viewer, input));
  }

  @Permit('customers:write')
  @Mutation(() => CustomerPayload, { description: 'Changes a customer.' })
  updateCustomer(
    @Arg('input', () => UpdateCustomerInput, { description: 'Which, and how.' }) input: UpdateCustomerInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateCustomer', input, tx => updateCustomer(tx, context.viewer, input));
  }

  @Permit('customers:write')
  @Mutation(() => CustomerPayload, {
    description: 'Deletes a customer: it is listed and found no more, until `restoreCustomer`.',
  })
  deleteCustomer(
    @Arg('input', () => CustomerIdInput, { description: 'Which.' }) input: CustomerIdInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'deleteCustomer', input, tx => deleteCustomer(tx, context.viewer, input.id));
  }

  @Permit('customers:write')
  @Mutation(() => CustomerPayload, { description: 'Brings a deleted customer back as it was.' })
  restoreCustomer(
    @Arg('input', () => CustomerIdInput, { description: 'Which.' }) input: CustomerIdInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'restoreCustomer', input, tx => restoreCustomer(tx, context.viewer, input.id));
  }

  @Permit('customers:write')
  @Mutation(() => CustomersPayload, { description: 'Keeps up to 200 customers, each by itself.' })
  createCustomers(
    @Arg('input', () => CreateCustomersInput, { description: 'Who they are.' }) input: CreateCustomersInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createCustomers', input, tx => createCustomers(tx, context.viewer, input.items));
  }

  @Permit('customers:write')
  @Mutation(() => CustomersPayload, { description: 'Changes up to 200 customers, each by itself.' })
  updateCustomers(
    @Arg('input', () => UpdateCustomersInput, { description: 'Which, and how.' }) input: UpdateCustomersInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateCustomers', input, tx => updateCustomers(tx, context.viewer, input.items));
  }

  @Permit('customers:write')
  @Mutation(() => CustomersPayload, {
    description: 'Keeps up to 200 customers, changing those that are known already.',
  })
  upsertCustomers(
    @Arg('input', () => UpsertCustomersInput, { description: 'Who they are.' }) input: UpsertCustomersInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'upsertCustomers', input, tx =>
      upsertCustomers(tx, context.viewer, input.items, input.matchBy),
    );
  }
}
