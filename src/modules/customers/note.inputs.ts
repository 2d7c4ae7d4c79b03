import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { MutationInput, MutationPayload, Reference } from '../../platform/schema/index.js';
import { Customer } from './customer.entity.js';
import { Note } from './note.entity.js';

@InputType({ description: 'Writes something down about a customer.' })
export class AddNoteInput extends MutationInput {
  @Field(() => ID, { description: 'The customer.' })
  customerId: string;
  @Field({ description: 'What it says, up to 10,000 characters.' })
  text: string;
}

@InputType({ description: 'Removes a note.' })
export class RemoveNoteInput extends MutationInput {
  @Field(() => ID, { description: 'The note.' })
  id: string;
}

@ObjectType({ description: 'A note after it was written, and whom it is about.', simpleResolvers: true })
export class NotePayload extends MutationPayload {
  @Reference(() => Customer, 'customerId', { nullable: true, description: 'Whom it is about.' })
  customer?: Customer;
  noteId?: string;
  @Field(() => Note, { nullable: true, description: 'The note, unless it was removed.' })
  note?: Note;
}
