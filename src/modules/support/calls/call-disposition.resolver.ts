import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { connectionOf } from '../../../platform/schema/index.js';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import { CallDispositionsArgs, CreateCallDispositionInput, UpdateCallDispositionInput } from './call.inputs.js';
import { CallDispositionPayload } from './call.payloads.js';
import { CallDisposition } from './call-disposition.entity.js';
import { createCallDisposition, updateCallDisposition } from './call-disposition.service.js';

const CallDispositionConnection = connectionOf(CallDisposition, 'CallDisposition');

@Resolver()
export class CallDispositionResolver {
  @Permit('support:read')
  @Query(() => CallDispositionConnection, { description: 'What can come of calls, by name.' })
  callDispositions(@Args(() => CallDispositionsArgs) args: CallDispositionsArgs, @Ctx() context: RequestContext) {
    return context.page(CallDisposition, args);
  }

  @Permit('support:manage')
  @Mutation(() => CallDispositionPayload, { description: 'Keeps something that can come of calls.' })
  createCallDisposition(
    @Arg('input', () => CreateCallDispositionInput, { description: 'What.' }) input: CreateCallDispositionInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createCallDisposition', input, tx => createCallDisposition(tx, input));
  }

  @Permit('support:manage')
  @Mutation(() => CallDispositionPayload, { description: 'Changes what can come of calls, or has it given no more.' })
  updateCallDisposition(
    @Arg('input', () => UpdateCallDispositionInput, { description: 'Which, and how.' })
    input: UpdateCallDispositionInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateCallDisposition', input, tx => updateCallDisposition(tx, input));
  }
}
