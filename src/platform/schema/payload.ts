import { Field, InputType, ObjectType, registerEnumType } from 'type-graphql';
import type { InputProblem } from '../errors.js';

export enum UserErrorCode {
  REQUIRED = 'REQUIRED',
  INVALID = 'INVALID',
  TOO_LONG = 'TOO_LONG',
  TAKEN = 'TAKEN',
  NOT_FOUND = 'NOT_FOUND',
  CONFLICT = 'CONFLICT',
  NOT_ALLOWED = 'NOT_ALLOWED',
}
registerEnumType(UserErrorCode, {
  name: 'UserErrorCode',
  description: 'What a person can mend in an input.',
  valuesConfig: {
    REQUIRED: { description: 'It must be given.' },
    INVALID: { description: 'It is not of the right form.' },
    TOO_LONG: { description: 'It is longer than is kept.' },
    TAKEN: { description: 'Another record has it already.' },
    NOT_FOUND: { description: 'It names something that does not exist, or that the caller may not see.' },
    CONFLICT: { description: 'It was changed by somebody else in the meantime.' },
    NOT_ALLOWED: { description: 'The rules of the organisation do not allow it.' },
  },
});

@ObjectType({ description: 'Something in the input that a person can mend.', simpleResolvers: true })
export class UserError implements InputProblem {
  @Field(() => String, {
    nullable: true,
    description: 'Dotted path inside the input, or nothing when it is the input as a whole.',
  })
  field: string | null;
  @Field(() => UserErrorCode, { description: 'What is wrong, for programs.' })
  code: InputProblem['code'];
  @Field({ description: 'What is wrong, in plain words.' })
  message: string;
}

/** What every mutation answers beside the object it changed. */
@ObjectType({ simpleResolvers: true })
export abstract class MutationPayload {
  @Field(() => [UserError], {
    description: 'Empty when it was done; otherwise nothing was changed, and this says why.',
  })
  userErrors: InputProblem[];
}

@InputType()
export abstract class MutationInput {
  @Field(() => String, {
    nullable: true,
    description:
      'Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same.',
  })
  idempotencyKey?: string;
}
