import type { Tx } from '../../../platform/database/database.js';
import { invalid, staleVersion } from '../../../platform/errors.js';
import { newId, storedId } from '../../../platform/ids.js';
import { type Problems, report, requiredLine, throwAny } from '../../../platform/input.rules.js';
import { filterCondition, Parameters } from '../../../platform/paging/index.js';
import { askerOf, type Viewer } from '../../access/index.js';
import { findNamed } from './named.queries.js';
import { ticketRecord } from './records.js';
import type { CreateTicketViewInput, UpdateTicketViewInput } from './view.inputs.js';
import { type ViewScope, viewCondition } from './view.queries.js';

const MOST_VIEWS = 100;

/** Saves a view: one's own, a team's of one's own, or everybody's. Answers its stored id. */
export async function createView(tx: Tx, viewer: Viewer, input: CreateTicketViewInput): Promise<{ viewId: string }> {
  const problems: Problems = [];
  const name = requiredLine(problems, 'name', input.name, 100);
  const teamId = await findNamed(tx, viewer, problems, 'team', input.teamId, 'teamId');
  if (teamId && !viewer.teamIds.includes(teamId) && !viewer.may('support:manage'))
    report(problems, 'teamId', 'You are not in that team.', 'NOT_ALLOWED');
  if (input.isForEverybody && !viewer.may('support:manage'))
    report(problems, 'isForEverybody', 'That is for those who manage support.', 'NOT_ALLOWED');
  const isOwn = !teamId && !input.isForEverybody;
  if (isOwn && !viewer.memberId) report(problems, 'teamId', 'A key has no views of its own: name a team.', 'REQUIRED');
  checkFilter(viewer, input.filter);
  throwAny(problems);
  const ownerId = isOwn ? viewer.memberId! : null;
  await checkCount(tx, ownerId, teamId);
  const id = newId();
  await tx.query(
    `insert into ticket_views (organization_id, id, name, owner_id, team_id, filter, order_by, position)
     values ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, $8)`,
    [
      tx.scope.organizationId,
      id,
      name,
      ownerId,
      teamId,
      asJson(input.filter ?? {}),
      asJson(input.orderBy ?? []),
      input.position ?? 0,
    ],
  );
  return { viewId: id };
}

export async function updateView(tx: Tx, viewer: Viewer, input: UpdateTicketViewInput): Promise<{ viewId: string }> {
  const known = await lockView(tx, viewer, input.id);
  if (input.version != null && input.version !== known.version) throw staleVersion('view', known.version);
  const problems: Problems = [];
  const name = input.name === undefined ? known.name : requiredLine(problems, 'name', input.name, 100);
  checkFilter(viewer, input.filter);
  throwAny(problems);
  await tx.query(
    `update ticket_views set name = $3, filter = coalesce($4::jsonb, filter), order_by = coalesce($5::jsonb, order_by),
            position = coalesce($6, position), version = version + 1
      where organization_id = $1 and id = $2`,
    [
      tx.scope.organizationId,
      known.id,
      name,
      input.filter ? asJson(input.filter) : null,
      input.orderBy ? asJson(input.orderBy) : null,
      input.position ?? null,
    ],
  );
  return { viewId: known.id };
}

export async function deleteView(tx: Tx, viewer: Viewer, id: string): Promise<Record<string, never>> {
  const known = await lockView(tx, viewer, id);
  await tx.query('delete from ticket_views where organization_id = $1 and id = $2', [
    tx.scope.organizationId,
    known.id,
  ]);
  return {};
}

interface LockedView extends ViewScope {
  id: string;
  name: string;
  version: number;
}

/** A view that the viewer sees and may change: one's own, a team's, and everybody's for those who manage support. */
async function lockView(tx: Tx, viewer: Viewer, id: string): Promise<LockedView> {
  const parameters = new Parameters();
  const conditions = [
    `t.organization_id = ${parameters.add(tx.scope.organizationId, 'uuid')}`,
    `t.id = ${parameters.add(storedId('ticket_view', id), 'uuid')}`,
    viewCondition(viewer, parameters),
  ];
  const [view] = await tx.query<LockedView>(
    `select t.id, t.name, t.version, t.owner_id as "ownerId", t.team_id as "teamId" from ticket_views t
      where ${conditions.join(' and ')} for update`,
    parameters.values,
  );
  if (!view) throw invalid('id', 'There is no such view, or you may not see it.', 'NOT_FOUND');
  if (!view.ownerId && !view.teamId && !viewer.may('support:manage'))
    throw invalid('id', 'It is everybody’s: those who manage support change it.', 'NOT_ALLOWED');
  return view;
}

/** A filter by what one may not see is refused where it is saved, and again where it is used. */
function checkFilter(viewer: Viewer, filter: object | null | undefined): void {
  const isHidden = (field: string) => viewer.isHidden('TICKET', field);
  filterCondition(ticketRecord.filters, filter as Record<string, unknown>, new Parameters(), isHidden, askerOf(viewer));
}

async function checkCount(tx: Tx, ownerId: string | null, teamId: string | null): Promise<void> {
  const [row] = await tx.query<{ count: number }>(
    `select count(*)::integer as count from ticket_views where organization_id = $1
        and owner_id is not distinct from $2::uuid and team_id is not distinct from $3::uuid`,
    [tx.scope.organizationId, ownerId, teamId],
  );
  if (row!.count >= MOST_VIEWS) throw invalid('name', `There are at most ${MOST_VIEWS} views.`, 'NOT_ALLOWED');
}

/** Moments stay as they were written: a JavaScript date would drop their microseconds. */
const asJson = (value: object): string =>
  JSON.stringify(value, function (this: Record<string, unknown>, key, plain: unknown) {
    const given = this[key];
    return given instanceof Date ? ((given as Date & { exact?: string }).exact ?? plain) : plain;
  });
