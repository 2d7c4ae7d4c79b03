import { Field, ID, InputType, Int } from 'type-graphql';
import { MutationInput } from '../../../platform/schema/index.js';
import { CloseOutcome } from './opportunity.kinds.rules.js';

const keyOptions = {
  nullable: true,
  description:
    'Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same.',
};

/** Which opportunity, as it was seen. */
@InputType()
abstract class OpportunityAct {
  @Field(() => ID, { description: 'The opportunity.' })
  opportunityId: string;
  @Field(() => Int, {
    nullable: true,
    description: 'The version you have seen: when it has changed since, nothing is done. Without it the last one wins.',
  })
  version?: number | null;
}

/** What can be said when an opportunity is closed. */
@InputType()
export abstract class ClosingFields extends OpportunityAct {
  @Field(() => ID, { nullable: true, description: 'Why it is won or lost.' })
  closeReasonId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The competitor it is lost to.' })
  lostToId?: string | null;
  @Field(() => String, { nullable: true, description: 'What there is to say of it, up to 2,000 characters.' })
  closeNote?: string | null;
}

@InputType({ description: 'An opportunity that goes to another stage.' })
export class MoveOpportunityItem extends ClosingFields {
  @Field(() => ID, { description: 'The stage it goes to; one that is won or lost closes it.' })
  stageId: string;
}

@InputType({ description: 'Moves an opportunity to another stage.' })
export class MoveOpportunityInput extends MoveOpportunityItem {
  @Field(() => String, keyOptions)
  idempotencyKey?: string;
}

@InputType({ description: 'Opportunities to move, up to 200.' })
export class MoveOpportunitiesInput extends MutationInput {
  @Field(() => [MoveOpportunityItem], { description: 'Each is moved or refused by itself.' })
  items: MoveOpportunityItem[];
}

@InputType({ description: 'An opportunity that ends.' })
export class CloseOpportunityItem extends ClosingFields {
  @Field(() => CloseOutcome, { description: 'How it ends.' })
  outcome: CloseOutcome;
}

@InputType({ description: 'Ends an opportunity.' })
export class CloseOpportunityInput extends CloseOpportunityItem {
  @Field(() => String, keyOptions)
  idempotencyKey?: string;
}

@InputType({ description: 'Opportunities to end, up to 200.' })
export class CloseOpportunitiesInput extends MutationInput {
  @Field(() => [CloseOpportunityItem], { description: 'Each is ended or refused by itself.' })
  items: CloseOpportunityItem[];
}

@InputType({ description: 'Opens a closed opportunity again.' })
export class ReopenOpportunityInput extends OpportunityAct {
  @Field(() => ID, { nullable: true, description: 'The stage it goes on in; the open one it was in last unless said.' })
  stageId?: string | null;
  @Field(() => String, keyOptions)
  idempotencyKey?: string;
}
