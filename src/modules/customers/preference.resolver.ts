import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { mutate, Permit, RequestContext } from '../access/index.js';
import { preferencesOf } from './belongings.loaders.js';
import { Customer } from './customer.entity.js';
import { CustomerPayload } from './customer.payloads.js';
import { Preference } from './preference.entity.js';
import { RemovePreferenceInput, SetPreferenceInput } from './preference.inputs.js';
import { removePreference, setPreference } from './preference.service.js';

@Resolver(() => Customer)
export class PreferenceResolver {
  @FieldResolver(() => [Preference], { description: 'What it likes, by key.' })
  preferences(@Root() customer: Customer, @Ctx() context: RequestContext): Promise<Preference[]> {
    return context.load(preferencesOf, customer.id);
  }

  @Permit('customers:write')
  @Mutation(() => CustomerPayload, { description: 'Keeps what a customer likes.' })
  setPreference(
    @Arg('input', () => SetPreferenceInput, { description: 'Who, and what.' }) input: SetPreferenceInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'setPreference', input, tx => setPreference(tx, context.viewer, input));
  }

  @Permit('customers:write')
  @Mutation(() => CustomerPayload, { description: 'Forgets what a customer likes.' })
  removePreference(
    @Arg('input', () => RemovePreferenceInput, { description: 'Who, and what.' }) input: RemovePreferenceInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'removePreference', input, tx => removePreference(tx, context.viewer, input));
  }
}
