import type { Tx } from '../../platform/database/database.js';
import { AppError } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import { type Problems, requiredText, throwAny } from '../../platform/input.rules.js';
import type { Viewer } from '../access/index.js';
import { lockCustomer, lockOwner, recordUpdates } from './customer.queries.js';
import type { AddNoteInput } from './note.inputs.js';

const MOST_TEXT = 10_000;

export async function addNote(
  tx: Tx,
  viewer: Viewer,
  input: AddNoteInput,
): Promise<{ customerId: string; noteId: string }> {
  requireSeen(viewer);
  const customer = await lockCustomer(tx, viewer, input.customerId, 'customerId');
  const problems: Problems = [];
  const text = requiredText(problems, 'text', input.text, MOST_TEXT);
  throwAny(problems);
  const noteId = newId();
  await tx.query('insert into notes (organization_id, id, customer_id, author, text) values ($1, $2, $3, $4, $5)', [
    tx.scope.organizationId,
    noteId,
    customer.id,
    tx.scope.actor,
    text,
  ]);
  await recordUpdates(tx, [customer.id]);
  return { customerId: customer.id, noteId };
}

export async function removeNote(tx: Tx, viewer: Viewer, id: string): Promise<{ customerId: string }> {
  requireSeen(viewer);
  const { customer, uuid } = await lockOwner(tx, viewer, 'notes', 'note', id);
  await tx.query('delete from notes where organization_id = $1 and id = $2', [tx.scope.organizationId, uuid]);
  await recordUpdates(tx, [customer.id]);
  return { customerId: customer.id };
}

function requireSeen(viewer: Viewer): void {
  if (viewer.isHidden('CUSTOMER', 'notes')) {
    throw new AppError('FORBIDDEN', 'Your role does not see notes, so it cannot change them.');
  }
}
