import { Field, ID, InputType, Int } from 'type-graphql';
import { MutationInput } from '../../../platform/schema/index.js';
import { OpportunityContactRole } from './opportunity.kinds.rules.js';

@InputType()
abstract class OpportunityPart extends MutationInput {
  @Field(() => ID, { description: 'The opportunity.' })
  opportunityId: string;
  @Field(() => Int, {
    nullable: true,
    description: 'The version you have seen: when it has changed since, nothing is done.',
  })
  version?: number | null;
}

@InputType({ description: 'Says who has what part in a decision to buy; one who has one already has this one then.' })
export class SetOpportunityContactInput extends OpportunityPart {
  @Field(() => ID, { description: 'The customer who has it.' })
  customerId: string;
  @Field(() => OpportunityContactRole, { description: 'Which part.' })
  role: OpportunityContactRole;
  @Field(() => Boolean, { nullable: true, description: 'Whether it is whom to speak to first.' })
  isPrimary?: boolean | null;
}

@InputType({ description: 'Takes somebody out of a decision to buy.' })
export class RemoveOpportunityContactInput extends OpportunityPart {
  @Field(() => ID, { description: 'The customer.' })
  customerId: string;
}

@InputType({ description: 'Says that a competitor wants to sell it, too.' })
export class SetOpportunityCompetitorInput extends OpportunityPart {
  @Field(() => ID, { description: 'The competitor.' })
  competitorId: string;
  @Field(() => String, { nullable: true, description: 'What is known of what it offers, up to 2,000 characters.' })
  note?: string | null;
}

@InputType({ description: 'Says that a competitor does not want to sell it after all.' })
export class RemoveOpportunityCompetitorInput extends OpportunityPart {
  @Field(() => ID, { description: 'The competitor.' })
  competitorId: string;
}
