import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { CalendarDate, MoneyInput, MutationInput, MutationPayload, Reference } from '../../../platform/schema/index.js';
import { Customer, CustomerKind } from '../../customers/index.js';
import { Opportunity } from '../opportunities/opportunity.entity.js';
import { Lead } from './lead.entity.js';

@InputType({ description: 'Makes a customer of a lead, and an opportunity.' })
export class ConvertLeadInput extends MutationInput {
  @Field(() => ID, { description: 'The lead. One that was converted already answers what it became.' })
  id: string;
  @Field(() => Int, {
    nullable: true,
    description: 'The version you have seen: when it has changed since, nothing is done.',
  })
  version?: number | null;
  @Field(() => ID, {
    nullable: true,
    description:
      'The customer it is. Unless said it is the one that certainly is the same, or a new one; where somebody else may be the same, say who it is.',
  })
  customerId?: string | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Keep a new customer even though somebody may be the same.',
  })
  createAnyway?: boolean | null;
  @Field(() => CustomerKind, {
    nullable: true,
    description: 'What a new customer is; a person, unless the lead has the name of its company.',
  })
  kind?: CustomerKind | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether to open an opportunity; yes unless said.' })
  withOpportunity?: boolean | null;
  @Field(() => String, { nullable: true, description: 'What the opportunity is called.' })
  opportunityName?: string | null;
  @Field(() => ID, { nullable: true, description: 'The pipeline the opportunity goes through.' })
  pipelineId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The stage the opportunity begins in.' })
  stageId?: string | null;
  @Field(() => MoneyInput, {
    nullable: true,
    description: 'What the opportunity is worth; what the lead was thought to be unless said.',
  })
  amount?: MoneyInput | null;
  @Field(() => CalendarDate, { nullable: true, description: 'The day the opportunity is expected to be decided.' })
  expectedCloseOn?: string | null;
}

@ObjectType({ description: 'What a lead became.', simpleResolvers: true })
export class ConvertLeadPayload extends MutationPayload {
  @Reference(() => Lead, 'leadId', { nullable: true, description: 'The lead.' })
  lead?: Lead;
  @Reference(() => Customer, 'customerId', { nullable: true, description: 'The customer, where you may see it.' })
  customer?: Customer;
  @Reference(() => Opportunity, 'opportunityId', {
    nullable: true,
    description: 'The opportunity, where there is one that you may see.',
  })
  opportunity?: Opportunity;
}
