import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { connectionOf, PageArgs } from '../../../platform/schema/index.js';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import { Account, Source } from '../../social/index.js';
import { CareSetting } from './care-settings.entity.js';
import { CareSettingsPayload, UpdateCareSettingsInput } from './care-settings.inputs.js';
import { careSettings, updateCareSettings } from './care-settings.service.js';
import { IntakeRule } from './intake-rule.entity.js';
import {
  CreateDefaultIntakeRulesInput,
  CreateIntakeRuleInput,
  IntakeRulePayload,
  IntakeRulesPayload,
  RemoveIntakeRuleInput,
  RemoveIntakeRulePayload,
  UpdateIntakeRuleInput,
} from './intake-rule.inputs.js';
import {
  createDefaultIntakeRules,
  createIntakeRule,
  removeIntakeRule,
  updateIntakeRule,
} from './intake-rule.service.js';
import { type TrialAnswer, testIntakeRules } from './intake-trial.queries.js';
import { IntakeTrial } from './intake-trial.types.js';

const IntakeRuleConnection = connectionOf(IntakeRule, 'IntakeRule');

@Resolver(() => IntakeRule)
export class IntakeResolver {
  @Permit('support:read')
  @Query(() => IntakeRuleConnection, { description: 'The intake rules, in the order in which they are asked.' })
  intakeRules(@Args(() => PageArgs) args: PageArgs, @Ctx() context: RequestContext) {
    return context.page(IntakeRule, args);
  }

  @Permit('support:read')
  @Query(() => IntakeTrial, {
    nullable: true,
    description: 'Which rule would take a post if it came now, and why. Nothing is done.',
  })
  testIntakeRules(
    @Arg('postId', () => ID, { description: 'The post.' }) postId: string,
    @Ctx() context: RequestContext,
  ): Promise<TrialAnswer | null> {
    return testIntakeRules(context, postId);
  }

  @Permit('support:read')
  @Query(() => CareSetting, { description: 'How what is said becomes tickets, beside the rules.' })
  careSettings(@Ctx() context: RequestContext) {
    return careSettings({
      scope: context.scope,
      query: <Row>(sql: string, values?: unknown[]) => context.read<Row>(sql, values),
    });
  }

  @FieldResolver(() => [Account], { description: 'Only what reached these accounts, those of them that you may see.' })
  async accounts(@Root() rule: IntakeRule, @Ctx() context: RequestContext): Promise<Account[]> {
    const found = await Promise.all(rule.accountIds.map(id => context.recordById<Account>(Account, id)));
    return found.filter(account => account !== null);
  }

  @FieldResolver(() => [Source], { description: 'Only what these sources brought, those of them that you may see.' })
  async sources(@Root() rule: IntakeRule, @Ctx() context: RequestContext): Promise<Source[]> {
    const found = await Promise.all(rule.sourceIds.map(id => context.recordById<Source>(Source, id)));
    return found.filter(source => source !== null);
  }

  @Permit('support:manage')
  @Mutation(() => IntakeRulePayload, { description: 'Makes an intake rule.' })
  createIntakeRule(
    @Arg('input', () => CreateIntakeRuleInput, { description: 'Which posts it takes, and what it opens.' })
    input: CreateIntakeRuleInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createIntakeRule', input, tx => createIntakeRule(tx, context.viewer, input));
  }

  @Permit('support:manage')
  @Mutation(() => IntakeRulesPayload, {
    description:
      'Makes the rules that most begin with: whatever is said to us alone opens a ticket. Where there are rules, it answers those.',
  })
  async createDefaultIntakeRules(
    @Arg('input', () => CreateDefaultIntakeRulesInput, { description: 'How.' }) input: CreateDefaultIntakeRulesInput,
    @Ctx() context: RequestContext,
  ) {
    const made = await mutate(context, 'createDefaultIntakeRules', input, tx => createDefaultIntakeRules(tx, input));
    const rules = await Promise.all((made.ruleIds ?? []).map(id => context.recordById(IntakeRule, id)));
    return { ...made, rules: rules.filter(Boolean) };
  }

  @Permit('support:manage')
  @Mutation(() => IntakeRulePayload, { description: 'Changes an intake rule.' })
  updateIntakeRule(
    @Arg('input', () => UpdateIntakeRuleInput, { description: 'Which, and how.' }) input: UpdateIntakeRuleInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateIntakeRule', input, tx => updateIntakeRule(tx, context.viewer, input));
  }

  @Permit('support:manage')
  @Mutation(() => RemoveIntakeRulePayload, {
    description: 'Removes an intake rule; the tickets it opened stay as they are.',
  })
  removeIntakeRule(
    @Arg('input', () => RemoveIntakeRuleInput, { description: 'Which.' }) input: RemoveIntakeRuleInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'removeIntakeRule', input, tx => removeIntakeRule(tx, input.id));
  }

  @Permit('support:manage')
  @Mutation(() => CareSettingsPayload, { description: 'Says how what is said becomes tickets.' })
  updateCareSettings(
    @Arg('input', () => UpdateCareSettingsInput, { description: 'What changes.' }) input: UpdateCareSettingsInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateCareSettings', input, tx => updateCareSettings(tx, input));
  }
}
