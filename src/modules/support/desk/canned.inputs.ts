import { ArgsType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf, MutationInput, MutationPayload, PageArgs, Reference } from '../../../platform/schema/index.js';
import { CannedResponse } from './canned-response.entity.js';

export const CannedResponseConnection = connectionOf(CannedResponse, 'CannedResponse');

@InputType({ description: 'What a canned response says in one language.' })
export class CannedTextInput {
  @Field({ description: 'The language, BCP 47.' })
  language: string;
  @Field({
    description:
      'What is said. {{customer.name}}, {{customer.firstName}}, {{ticket.number}}, {{ticket.subject}}, {{agent.name}}, {{agent.firstName}} and {{organization.name}} are filled in; {{customer.firstName|friend}} has a word for when it is not known.',
  })
  text: string;
}

@InputType({ description: 'An answer that is given often.' })
export class CreateCannedResponseInput extends MutationInput {
  @Field({ description: 'What one types to find it, such as "hours"; letters, digits, - and _.' })
  shortcut: string;
  @Field({ description: 'Its name.' })
  name: string;
  @Field(() => [CannedTextInput], { description: 'What it says, in each of its languages.' })
  texts: CannedTextInput[];
  @Field(() => ID, { nullable: true, description: 'The team it is for; everybody unless given.' })
  teamId?: string | null;
}

@InputType({ description: 'What changes about a canned response; what is left out stays.' })
export class UpdateCannedResponseInput extends MutationInput {
  @Field(() => ID, { description: 'The canned response.' })
  id: string;
  @Field(() => Int, { nullable: true, description: 'The version you have seen.' })
  version?: number | null;
  @Field(() => String, { nullable: true, description: 'What one types to find it.' })
  shortcut?: string | null;
  @Field(() => String, { nullable: true, description: 'Its name.' })
  name?: string | null;
  @Field(() => [CannedTextInput], { nullable: true, description: 'What it says, in place of all it said.' })
  texts?: CannedTextInput[] | null;
  @Field(() => ID, { nullable: true, description: 'The team it is for; null is everybody.' })
  teamId?: string | null;
}

@InputType({ description: 'A canned response that is to go.' })
export class RemoveCannedResponseInput extends MutationInput {
  @Field(() => ID, { description: 'The canned response.' })
  id: string;
}

@ObjectType({ description: 'A canned response after it was changed.', simpleResolvers: true })
export class CannedResponsePayload extends MutationPayload {
  @Reference(() => CannedResponse, 'cannedResponseId', { nullable: true, description: 'As it is now.' })
  cannedResponse?: CannedResponse;
}

@ObjectType({ description: 'A canned response as it would be said in a ticket.', simpleResolvers: true })
export class RenderedCannedResponse {
  @Field({ description: 'What it says; variables of which nothing is known stay as they are.' })
  text: string;
  @Field({ description: 'In which of its languages, the nearest to that of the customer.' })
  language: string;
  @Field(() => [String], { description: 'Variables of which nothing is known.' })
  missing: string[];
}

@ArgsType()
export class CannedResponsesArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Only those whose shortcut or name begins so.' })
  search?: string;
}
