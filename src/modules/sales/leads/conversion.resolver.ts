import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import { ConvertLeadInput, ConvertLeadPayload } from './conversion.inputs.js';
import { convertLead } from './conversion.service.js';

@Resolver()
export class ConversionResolver {
  @Permit('sales:write')
  @Mutation(() => ConvertLeadPayload, { description: 'Makes a customer and an opportunity of a lead, once.' })
  convertLead(
    @Arg('input', () => ConvertLeadInput, { description: 'Which, and into what.' }) input: ConvertLeadInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'convertLead', input, tx => convertLead(tx, context.viewer, input));
  }
}
