import { Field, Float, InputType, ObjectType } from 'type-graphql';
import { CalendarDate, Reference } from '../../platform/schema/index.js';
import { ContactPointInput, Customer } from '../customers/index.js';
import { type Evidence, LinkEvidence } from '../social/index.js';

@InputType({ description: 'A customer that is about to be kept, as far as it is known.' })
export class DuplicateHintsInput {
  @Field(() => String, { nullable: true, description: 'The name it is shown by.' })
  displayName?: string | null;
  @Field(() => String, { nullable: true, description: 'Given names of a person.' })
  givenName?: string | null;
  @Field(() => String, { nullable: true, description: 'Family names of a person, all of them.' })
  familyName?: string | null;
  @Field(() => CalendarDate, { nullable: true, description: 'Date of birth of a person.' })
  birthDate?: string | null;
  @Field(() => [ContactPointInput], { nullable: true, description: 'Ways to reach it; 20 at most are looked at.' })
  contactPoints?: ContactPointInput[] | null;
}

@ObjectType({ description: 'A customer that may be the same as another one.', simpleResolvers: true })
export class PossibleDuplicate {
  customerId: string;
  @Reference(() => Customer, 'customerId', {
    nullable: true,
    description: 'The customer it may be; nothing when it is no longer there.',
  })
  customer?: Customer;
  @Field(() => Float, { description: 'The chance that they are the same, 0 to 1.' })
  confidence: number;
  @Field(() => [LinkEvidence], { description: 'What it rests on, what says most first.' })
  evidence: Evidence[];
}
