import { Field, ID, InputType, Int } from 'type-graphql';
import { MoneyInput, MutationInput } from '../../../platform/schema/index.js';
import { LeadSource, LeadStatus } from './lead.entity.js';

@InputType({ description: 'What was found out about one of the four things a lead is qualified by.' })
export class QualificationAnswerInput {
  @Field(() => Boolean, { description: 'Whether it is there.' })
  confirmed: boolean;
  @Field(() => String, { nullable: true, description: 'What is known of it.' })
  note?: string | null;
}

/** What a lead is qualified by; what is left out stays as it was. */
@InputType({ description: 'Whether a lead can buy (BANT); what is left out stays as it was.' })
export class QualificationInput {
  @Field(() => QualificationAnswerInput, { nullable: true, description: 'Whether there is money for it.' })
  budget?: QualificationAnswerInput | null;
  @Field(() => QualificationAnswerInput, { nullable: true, description: 'Whether they are the ones who decide.' })
  authority?: QualificationAnswerInput | null;
  @Field(() => QualificationAnswerInput, { nullable: true, description: 'Whether they need it.' })
  need?: QualificationAnswerInput | null;
  @Field(() => QualificationAnswerInput, { nullable: true, description: 'Whether they want it soon.' })
  timeline?: QualificationAnswerInput | null;
}

/** What can be said of a lead, new or known, but for its name. */
@InputType()
export abstract class LeadFields {
  @Field(() => String, { nullable: true, description: 'The company they are of.' })
  companyName?: string | null;
  @Field(() => String, { nullable: true, description: 'What they do there.' })
  jobTitle?: string | null;
  @Field(() => String, { nullable: true, description: 'E-mail address.' })
  email?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "Telephone number; without its country it is read in the lead's, or else in the organisation's.",
  })
  phone?: string | null;
  @Field(() => String, { nullable: true, description: 'Their web site.' })
  website?: string | null;
  @Field(() => String, { nullable: true, description: 'Country, ISO 3166-1 with two letters.' })
  country?: string | null;
  @Field(() => String, { nullable: true, description: 'Postal code.' })
  postalCode?: string | null;
  @Field(() => String, { nullable: true, description: 'Language, BCP 47.' })
  language?: string | null;
  @Field(() => String, { nullable: true, description: 'What their company does.' })
  industry?: string | null;
  @Field(() => Int, { nullable: true, description: 'How many people work there.' })
  employees?: number | null;
  @Field(() => LeadSource, { nullable: true, description: 'Where it came from; OTHER unless said.' })
  source?: LeadSource | null;
  @Field(() => String, { nullable: true, description: 'Where exactly: the form, the fair, the list.' })
  sourceDetail?: string | null;
  @Field(() => ID, { nullable: true, description: 'Who they are on a network.' })
  identityId?: string | null;
  @Field(() => String, { nullable: true, description: 'What they are interested in.' })
  interest?: string | null;
  @Field(() => [ID], {
    nullable: true,
    description: 'Products they are interested in, up to 50; replaces what was there.',
  })
  productIds?: string[] | null;
  @Field(() => MoneyInput, { nullable: true, description: 'What it may be worth.' })
  estimatedValue?: MoneyInput | null;
  @Field(() => QualificationInput, { nullable: true, description: 'What is known of whether they can buy.' })
  qualification?: QualificationInput | null;
  @Field(() => ID, { nullable: true, description: 'Who looks after it: a member.' })
  ownerId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The team that looks after it.' })
  teamId?: string | null;
  @Field(() => String, { nullable: true, description: 'Its id in the system it came from; one lead has it.' })
  externalId?: string | null;
}

const keyOptions = {
  nullable: true,
  description:
    'Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same.',
};
const versionOptions = {
  nullable: true,
  description: 'The version you have seen: when it has changed since, nothing is done.',
};

@InputType({ description: 'A lead to keep. Where nobody is named to look after it, the assignment rules decide.' })
export class CreateLeadItem extends LeadFields {
  @Field({ description: 'The name of the person, or of the company where no person is known.' })
  name: string;
}

@InputType({ description: 'Keeps a lead.' })
export class CreateLeadInput extends CreateLeadItem {
  @Field(() => String, keyOptions)
  idempotencyKey?: string;
}

@InputType({ description: 'What to change of a lead; what is left out stays.' })
export class UpdateLeadItem extends LeadFields {
  @Field(() => ID, { description: 'The lead.' })
  id: string;
  @Field(() => Int, versionOptions)
  version?: number | null;
  @Field(() => String, { nullable: true, description: 'Its name.' })
  name?: string | null;
  @Field(() => LeadStatus, {
    nullable: true,
    description:
      'NEW or WORKING, which also takes up again one that was disqualified. The others have their own mutations.',
  })
  status?: LeadStatus | null;
}

@InputType({ description: 'Changes a lead; what is left out stays.' })
export class UpdateLeadInput extends UpdateLeadItem {
  @Field(() => String, keyOptions)
  idempotencyKey?: string;
}

@InputType({ description: 'Leads to keep, up to 200.' })
export class CreateLeadsInput extends MutationInput {
  @Field(() => [CreateLeadItem], { description: 'Each is kept or refused by itself.' })
  items: CreateLeadItem[];
}

@InputType({ description: 'Leads to change, up to 200.' })
export class UpdateLeadsInput extends MutationInput {
  @Field(() => [UpdateLeadItem], { description: 'Each is changed or refused by itself.' })
  items: UpdateLeadItem[];
}

@InputType({ description: 'Says that a lead is worth an opportunity, and why.' })
export class QualifyLeadInput extends MutationInput {
  @Field(() => ID, { description: 'The lead.' })
  id: string;
  @Field(() => Int, versionOptions)
  version?: number | null;
  @Field(() => QualificationInput, {
    nullable: true,
    description: 'What was found out; together with what was known, at least one of the four must be confirmed.',
  })
  qualification?: QualificationInput | null;
}

@InputType({ description: 'Says that nothing will come of a lead.' })
export class DisqualifyLeadInput extends MutationInput {
  @Field(() => ID, { description: 'The lead.' })
  id: string;
  @Field(() => Int, versionOptions)
  version?: number | null;
  @Field({ description: 'Why.' })
  reason: string;
}

@InputType({ description: 'Makes a lead of what somebody said.' })
export class CreateLeadFromPostInput extends MutationInput {
  @Field(() => ID, { description: 'The post. The same post again answers the same lead.' })
  postId: string;
  @Field(() => String, { nullable: true, description: 'The name of the lead; that of the author unless said.' })
  name?: string | null;
  @Field(() => String, { nullable: true, description: 'What they are interested in.' })
  interest?: string | null;
  @Field(() => ID, { nullable: true, description: 'Who looks after it: a member; unless said, the rules decide.' })
  ownerId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The team that looks after it.' })
  teamId?: string | null;
}
