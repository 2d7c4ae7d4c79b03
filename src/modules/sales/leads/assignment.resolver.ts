import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { connectionOf, PageArgs } from '../../../platform/schema/index.js';
import { Member, mutate, Permit, RequestContext } from '../../access/index.js';
import { AssignmentRule } from './assignment-rule.entity.js';
import {
  AssignLeadInput,
  AssignmentRuleIdInput,
  AssignmentRulePayload,
  CreateAssignmentRuleInput,
  RemoveAssignmentRulePayload,
  UpdateAssignmentRuleInput,
} from './assignment-rule.inputs.js';
import {
  assignLead,
  createAssignmentRule,
  removeAssignmentRule,
  updateAssignmentRule,
} from './assignment-rule.service.js';
import { LeadPayload } from './lead.payloads.js';

const AssignmentRuleConnection = connectionOf(AssignmentRule, 'AssignmentRule');

@Resolver(() => AssignmentRule)
export class AssignmentResolver {
  @Permit('sales:read')
  @Query(() => AssignmentRuleConnection, { description: 'The assignment rules, in the order in which they are tried.' })
  assignmentRules(@Args(() => PageArgs) args: PageArgs, @Ctx() context: RequestContext) {
    return context.page(AssignmentRule, args);
  }

  @FieldResolver(() => [Member], { description: 'Members you may see who take turns, where some are named.' })
  async members(@Root() rule: AssignmentRule, @Ctx() context: RequestContext): Promise<Member[]> {
    const found = await Promise.all(rule.memberIds.map(id => context.recordById(Member, id)));
    return found.filter(member => member !== null);
  }

  @Permit('sales:manage')
  @Mutation(() => AssignmentRulePayload, { description: 'Makes an assignment rule.' })
  createAssignmentRule(
    @Arg('input', () => CreateAssignmentRuleInput, { description: 'Which leads it gives to whom.' })
    input: CreateAssignmentRuleInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createAssignmentRule', input, tx => createAssignmentRule(tx, context.viewer, input));
  }

  @Permit('sales:manage')
  @Mutation(() => AssignmentRulePayload, { description: 'Changes an assignment rule.' })
  updateAssignmentRule(
    @Arg('input', () => UpdateAssignmentRuleInput, { description: 'Which, and how.' }) input: UpdateAssignmentRuleInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateAssignmentRule', input, tx => updateAssignmentRule(tx, context.viewer, input));
  }

  @Permit('sales:manage')
  @Mutation(() => RemoveAssignmentRulePayload, { description: 'Removes an assignment rule; what it gave stays given.' })
  removeAssignmentRule(
    @Arg('input', () => AssignmentRuleIdInput, { description: 'Which.' }) input: AssignmentRuleIdInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'removeAssignmentRule', input, tx => removeAssignmentRule(tx, input.id));
  }

  @Permit('sales:write')
  @Mutation(() => LeadPayload, { description: 'Gives a lead to somebody.' })
  assignLead(
    @Arg('input', () => AssignLeadInput, { description: 'Which, and to whom.' }) input: AssignLeadInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'assignLead', input, tx => assignLead(tx, context.viewer, input));
  }
}
