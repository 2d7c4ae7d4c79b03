import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import { ContractPayload } from './contract.payloads.js';
import { createContract, updateContract } from './contract.service.js';
import {
  CancelContractInput,
  CreateContractInput,
  RenewContractInput,
  UpdateContractInput,
} from './contract-change.inputs.js';
import { cancelContract, renewContract } from './contract-term.service.js';

@Resolver()
export class ContractChangeResolver {
  @Permit('sales:write')
  @Mutation(() => ContractPayload, { description: 'Makes a contract.' })
  createContract(
    @Arg('input', () => CreateContractInput, { description: 'What it says.' }) input: CreateContractInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createContract', input, tx => createContract(tx, context.viewer, input));
  }

  @Permit('sales:write')
  @Mutation(() => ContractPayload, { description: 'Changes a contract that has not ended.' })
  updateContract(
    @Arg('input', () => UpdateContractInput, { description: 'Which, and how.' }) input: UpdateContractInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateContract', input, tx => updateContract(tx, context.viewer, input));
  }

  @Permit('sales:write')
  @Mutation(() => ContractPayload, { description: 'Gives notice: the contract ends and is not renewed any more.' })
  cancelContract(
    @Arg('input', () => CancelContractInput, { description: 'Which, and why.' }) input: CancelContractInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'cancelContract', input, tx => cancelContract(tx, context.viewer, input));
  }

  @Permit('sales:write')
  @Mutation(() => ContractPayload, { description: 'Renews a contract for the term after the one that holds.' })
  renewContract(
    @Arg('input', () => RenewContractInput, { description: 'Which.' }) input: RenewContractInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'renewContract', input, tx => renewContract(tx, context.viewer, input));
  }
}
