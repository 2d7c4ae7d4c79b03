import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { MutationInput, MutationPayload } from '../../platform/schema/index.js';
import type { Access } from './access.service.js';
import { AccessRule } from './access-rule.entity.js';
import { effectiveRules } from './access-rule.queries.js';
import { resetAccessRule, setAccessRule } from './access-rule.service.js';
import { change } from './change.js';
import { RequestContext } from './context.js';
import { Permit } from './permissions.rules.js';
import { Role } from './roles.js';
import { RecordKind, VisibilityScope } from './visibility.defaults.js';

@InputType({ description: 'Whose rule about what goes back to the default.' })
export class ResetAccessRuleInput extends MutationInput {
  @Field(() => Role, { description: 'Whose sight; a role below your own.' })
  role: Role;
  @Field(() => RecordKind, { description: 'Of which records.' })
  kind: RecordKind;
}

@InputType({ description: 'What a role is to see of one kind of record.' })
export class SetAccessRuleInput extends ResetAccessRuleInput {
  @Field(() => VisibilityScope, {
    description: 'How much of them. Customers see OWN at most, partners TEAM; the audit log is ALL or NONE.',
  })
  scope: VisibilityScope;
  @Field(() => [String], {
    nullable: true,
    description:
      'Fields of them that are hidden, such as `birthDate`; none when left out. They stand in for the default ones.',
  })
  hiddenFields?: string[] | null;
}

@ObjectType({ description: 'The rule as it holds now.', simpleResolvers: true })
export class AccessRulePayload extends MutationPayload {
  @Field(() => AccessRule, { nullable: true, description: 'The rule; nothing when it was not done.' })
  rule?: AccessRule;
}

@Resolver(() => AccessRule)
export class AccessRuleResolver {
  constructor(private readonly access: Access) {}

  @Permit('access:manage')
  @Query(() => [AccessRule], { description: 'What every role sees of every kind of record.' })
  accessRules(@Ctx() context: RequestContext) {
    return effectiveRules(context);
  }

  @Permit('access:manage')
  @Mutation(() => AccessRulePayload, {
    description: 'Sets what a role sees, from the next request on; open subscriptions of that role end within seconds.',
  })
  setAccessRule(
    @Arg('input', () => SetAccessRuleInput, { description: 'The rule.' }) input: SetAccessRuleInput,
    @Ctx() context: RequestContext,
  ) {
    return change(this.access, context, 'setAccessRule', input, tx => setAccessRule(tx, context.viewer, input));
  }

  @Permit('access:manage')
  @Mutation(() => AccessRulePayload, { description: 'Goes back to the default.' })
  resetAccessRule(
    @Arg('input', () => ResetAccessRuleInput, { description: 'Which rule.' }) input: ResetAccessRuleInput,
    @Ctx() context: RequestContext,
  ) {
    return change(this.access, context, 'resetAccessRule', input, tx => resetAccessRule(tx, context.viewer, input));
  }
}
