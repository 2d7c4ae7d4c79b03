import { Field, ID, ObjectType } from 'type-graphql';
import { Reference } from '../../../platform/schema/index.js';
import { IntakeRule } from './intake-rule.entity.js';

@ObjectType({ description: 'What one rule says of a post.', simpleResolvers: true })
export class IntakeVerdict {
  @Field(() => ID, { description: 'The rule.' })
  ruleId: string;
  @Field({ description: 'Whether it takes the post.' })
  takes: boolean;
  @Field({ description: "Why, or why not, in the reader's language." })
  explanation: string;
}

@ObjectType({ description: 'Which rule would take a post, and why.', simpleResolvers: true })
export class IntakeTrial {
  @Reference(() => IntakeRule, 'storedRuleId', { nullable: true, description: 'The rule that would take it, if any.' })
  rule?: IntakeRule;
  @Field({ description: 'Whether a ticket would be opened.' })
  opens: boolean;
  @Field({ description: "Why, in the reader's language." })
  explanation: string;
  @Field(() => [IntakeVerdict], { description: 'What each rule says up to the one that takes it, in their order.' })
  verdicts: IntakeVerdict[];
}
