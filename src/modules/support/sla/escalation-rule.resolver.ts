import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { connectionOf, PageArgs } from '../../../platform/schema/index.js';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import { EscalationRule } from './escalation-rule.entity.js';
import {
  CreateEscalationRuleInput,
  EscalationRulePayload,
  RemoveEscalationRuleInput,
  RemoveEscalationRulePayload,
  UpdateEscalationRuleInput,
} from './escalation-rule.inputs.js';
import { createEscalationRule, removeEscalationRule, updateEscalationRule } from './escalation-rule.service.js';

const EscalationRuleConnection = connectionOf(EscalationRule, 'EscalationRule');

@Resolver()
export class EscalationRuleResolver {
  @Permit('support:read')
  @Query(() => EscalationRule, {
    nullable: true,
    description: 'One escalation rule, or nothing when there is none that you may see.',
  })
  escalationRule(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() context: RequestContext) {
    return context.recordByPublicId(EscalationRule, id);
  }

  @Permit('support:read')
  @Query(() => EscalationRuleConnection, { description: 'What is done by itself about tickets that wait too long.' })
  escalationRules(@Args(() => PageArgs) args: PageArgs, @Ctx() context: RequestContext) {
    return context.page(EscalationRule, args);
  }

  @Permit('support:manage')
  @Mutation(() => EscalationRulePayload, { description: 'Makes an escalation rule.' })
  createEscalationRule(
    @Arg('input', () => CreateEscalationRuleInput, { description: 'What it waits for, and what it does.' })
    input: CreateEscalationRuleInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createEscalationRule', input, tx => createEscalationRule(tx, context.viewer, input));
  }

  @Permit('support:manage')
  @Mutation(() => EscalationRulePayload, { description: 'Changes an escalation rule.' })
  updateEscalationRule(
    @Arg('input', () => UpdateEscalationRuleInput, { description: 'Which, and how.' })
    input: UpdateEscalationRuleInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateEscalationRule', input, tx => updateEscalationRule(tx, context.viewer, input));
  }

  @Permit('support:manage')
  @Mutation(() => RemoveEscalationRulePayload, { description: 'Removes an escalation rule; what it did stays done.' })
  removeEscalationRule(
    @Arg('input', () => RemoveEscalationRuleInput, { description: 'Which.' }) input: RemoveEscalationRuleInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'removeEscalationRule', input, tx => removeEscalationRule(tx, input.id));
  }
}
