import type { Tx } from '../../../platform/database/database.js';
import { invalid, staleVersion, unlessTaken } from '../../../platform/errors.js';
import { newId, storedId } from '../../../platform/ids.js';
import { type Problems, requiredLine, throwAny } from '../../../platform/input.rules.js';
import { Team, type Viewer, visibleId } from '../../access/index.js';
import { findQueue, findStaff } from '../queues/target.queries.js';
import { findNamed } from '../tickets/named.queries.js';
import { cleanTags } from '../tickets/ticket-fields.service.js';
import { unknownVariables } from './canned.rules.js';
import type { CreateTicketMacroInput, MacroActionInput, UpdateTicketMacroInput } from './macro.inputs.js';
import { actionProblems, type StoredAction } from './macro.rules.js';

type Id = { macroId: string };

export async function createMacro(tx: Tx, viewer: Viewer, input: CreateTicketMacroInput): Promise<Id> {
  const problems: Problems = [];
  const name = requiredLine(problems, 'name', input.name, 200);
  const actions = await cleanActions(tx, viewer, problems, input.actions);
  throwAny(problems);
  const teamId = input.teamId ? await visibleId(tx, viewer, Team, input.teamId, 'teamId') : null;
  const id = newId();
  await unlessTaken('name', 'Another macro has this name.', () =>
    tx.query(
      'insert into ticket_macros (organization_id, id, name, actions, team_id, created_by) values ($1, $2, $3, $4, $5, $6)',
      [tx.scope.organizationId, id, name, JSON.stringify(actions), teamId, viewer.actor],
    ),
  );
  return { macroId: id };
}

export async function updateMacro(tx: Tx, viewer: Viewer, input: UpdateTicketMacroInput): Promise<Id> {
  const { organizationId } = tx.scope;
  const id = storedId('macro', input.id);
  const [known] = await tx.query<{ version: number; name: string; actions: StoredAction[]; team: string | null }>(
    'select version, name, actions, team_id as team from ticket_macros where organization_id = $1 and id = $2 for update',
    [organizationId, id],
  );
  if (!known) throw invalid('id', 'There is no such macro.', 'NOT_FOUND');
  if (input.version != null && input.version !== known.version) throw staleVersion('macro', known.version);
  const problems: Problems = [];
  const name = input.name == null ? known.name : requiredLine(problems, 'name', input.name, 200);
  const actions = input.actions == null ? known.actions : await cleanActions(tx, viewer, problems, input.actions);
  throwAny(problems);
  const teamId =
    input.teamId === undefined
      ? known.team
      : input.teamId && (await visibleId(tx, viewer, Team, input.teamId, 'teamId'));
  await unlessTaken('name', 'Another macro has this name.', () =>
    tx.query(
      `update ticket_macros set name = $3, actions = $4, team_id = $5, version = version + 1, updated_at = now()
        where organization_id = $1 and id = $2`,
      [organizationId, id, name, JSON.stringify(actions), teamId],
    ),
  );
  return { macroId: id! };
}

export async function removeMacro(tx: Tx, publicId: string): Promise<Record<string, never>> {
  const gone = await tx.query('delete from ticket_macros where organization_id = $1 and id = $2 returning 1', [
    tx.scope.organizationId,
    storedId('macro', publicId),
  ]);
  if (gone.length === 0) throw invalid('id', 'There is no such macro.', 'NOT_FOUND');
  return {};
}

/** The steps of a macro (public id). Throws `InputError` of `macroId`. */
export async function actionsOf(tx: Tx, publicId: string): Promise<StoredAction[]> {
  const [macro] = await tx.query<{ actions: StoredAction[] }>(
    'select actions from ticket_macros where organization_id = $1 and id = $2',
    [tx.scope.organizationId, storedId('macro', publicId)],
  );
  if (!macro) throw invalid('macroId', 'There is no such macro.', 'NOT_FOUND');
  return macro.actions;
}

/** Steps as they are stored; what is wrong with them, or names what is not there, is reported. */
async function cleanActions(
  tx: Tx,
  viewer: Viewer,
  problems: Problems,
  given: readonly MacroActionInput[],
): Promise<StoredAction[]> {
  const actions: StoredAction[] = given.map(action => ({ ...action }));
  const wrong = actionProblems(actions);
  problems.push(...wrong);
  if (wrong.length > 0) return actions;
  for (const [at, action] of actions.entries()) {
    const field = (name: string) => `actions.${at}.${name}`;
    const { categoryId, assigneeId, teamId, queueId, cannedResponseId } = action;
    await findNamed(tx, viewer, problems, 'ticket_category', categoryId, field('categoryId'));
    await findStaff(tx, viewer, problems, 'member', assigneeId, field('assigneeId'));
    await findStaff(tx, viewer, problems, 'team', teamId, field('teamId'));
    await findQueue(tx, problems, queueId, field('queueId'));
    if (cannedResponseId) await findCanned(tx, problems, cannedResponseId, field('cannedResponseId'));
    if (action.tags) action.tags = cleanTags(problems, action.tags);
    const unknown = unknownVariables(action.text ?? '');
    if (unknown.length > 0)
      problems.push({ field: field('text'), code: 'INVALID', message: `There is no variable ${unknown.join(', ')}.` });
  }
  return actions;
}

async function findCanned(tx: Tx, problems: Problems, id: string, field: string): Promise<void> {
  const [known] = await tx.query('select 1 from canned_responses where organization_id = $1 and id = $2', [
    tx.scope.organizationId,
    storedId('canned_response', id),
  ]);
  if (!known) problems.push({ field, code: 'NOT_FOUND', message: 'There is no such canned response.' });
}
