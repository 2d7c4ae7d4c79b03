import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { InputProblem } from '../../../platform/errors.js';
import { MutationInput, MutationPayload, UserError } from '../../../platform/schema/index.js';

@InputType({ description: 'Gives records to somebody else.' })
export class TransferRecordsInput extends MutationInput {
  @Field(() => [ID], {
    description: 'Leads, opportunities and customers, up to 200; each is given or refused by itself.',
  })
  ids: string[];
  @Field(() => ID, { nullable: true, description: 'The member who gets them; null leaves them to nobody.' })
  toOwnerId?: string | null;
  @Field(() => ID, {
    nullable: true,
    description: 'The team that gets them. Unless said theirs stays, as long as the new owner is one of it.',
  })
  toTeamId?: string | null;
  @Field(() => String, { nullable: true, description: 'Why; kept in the history.' })
  reason?: string | null;
}

@ObjectType({ description: 'What became of one record of a transfer.', simpleResolvers: true })
export class TransferResult {
  @Field(() => Int, { description: 'Place of the record in the input, from 0.' })
  index: number;
  @Field(() => ID, { nullable: true, description: 'Id of the record, unless it was refused.' })
  recordId?: string;
  @Field(() => [UserError], { description: 'Empty when it was given.' })
  userErrors: InputProblem[];
}

@ObjectType({ description: 'What became of each record of a transfer.', simpleResolvers: true })
export class TransferRecordsPayload extends MutationPayload {
  @Field(() => [TransferResult], { nullable: true, description: 'One answer a record, in the order of the input.' })
  results?: TransferResult[];
}
