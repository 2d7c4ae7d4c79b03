import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { connectionOf, Hideable, PageArgs } from '../../platform/schema/index.js';
import { mutate, Permit, RequestContext } from '../access/index.js';
import { notesList } from './belongings.lists.js';
import { noteById } from './belongings.loaders.js';
import { Customer } from './customer.entity.js';
import { belongingsPage } from './list.loaders.js';
import { Note } from './note.entity.js';
import { AddNoteInput, NotePayload, RemoveNoteInput } from './note.inputs.js';
import { addNote, removeNote } from './note.service.js';

const NoteConnection = connectionOf(Note, 'Note');

@Resolver(() => Customer)
export class NoteResolver {
  @Hideable(() => Customer)
  @FieldResolver(() => NoteConnection, {
    nullable: true,
    description: 'What colleagues wrote down about it, the newest first.',
  })
  notes(@Root() customer: Customer, @Args(() => PageArgs) args: PageArgs, @Ctx() context: RequestContext) {
    return belongingsPage(context, notesList, customer.id, args);
  }

  @Permit('customers:write')
  @Mutation(() => NotePayload, { description: 'Writes something down about a customer.' })
  addNote(
    @Arg('input', () => AddNoteInput, { description: 'About whom, and what.' }) input: AddNoteInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'addNote', input, tx => addNote(tx, context.viewer, input));
  }

  @Permit('customers:write')
  @Mutation(() => NotePayload, { description: 'Removes a note.' })
  removeNote(
    @Arg('input', () => RemoveNoteInput, { description: 'Which.' }) input: RemoveNoteInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'removeNote', input, tx => removeNote(tx, context.viewer, input.id));
  }
}

@Resolver(() => NotePayload)
export class NotePayloadResolver {
  @FieldResolver(() => Note, { nullable: true, description: 'The note, unless it was removed.' })
  note(@Root() payload: NotePayload, @Ctx() context: RequestContext): Promise<Note | null> | null {
    return payload.noteId ? context.load(noteById, payload.noteId) : null;
  }
}
