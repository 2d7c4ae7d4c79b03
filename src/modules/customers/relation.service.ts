import type { Tx } from '../../platform/database/database.js';
import { InputError, invalid } from '../../platform/errors.js';
import { newId, storedId } from '../../platform/ids.js';
import { optionalLine, type Problems, report } from '../../platform/input.rules.js';
import type { Viewer } from '../access/index.js';
import { lockCustomers, recordUpdates, UNKNOWN_CUSTOMER } from './customer.queries.js';
import type { RelateCustomersInput } from './relation.inputs.js';
import { isMutual } from './relation.rules.js';

interface RelationOutcome extends Record<string, unknown> {
  fromId: string;
  toId: string;
}

/** Ties two customers the viewer may see; the same tie again changes its detail and dates. */
export async function relateCustomers(tx: Tx, viewer: Viewer, input: RelateCustomersInput): Promise<RelationOutcome> {
  const problems: Problems = [];
  const detail = optionalLine(problems, 'detail', input.detail, 200);
  if (input.since && input.until && input.until < input.since) report(problems, 'until', 'It lies before `since`.');
  const ends = { fromId: storedId('customer', input.fromId), toId: storedId('customer', input.toId) };
  const seen = await lockCustomers(
    tx,
    viewer,
    [ends.fromId, ends.toId].filter(id => id !== null),
  );
  for (const field of ['fromId', 'toId'] as const) {
    if (!seen.some(customer => customer.id === ends[field])) report(problems, field, UNKNOWN_CUSTOMER, 'NOT_FOUND');
  }
  const { fromId, toId } = ends;
  if (fromId && fromId === toId) report(problems, 'toId', 'A customer is not related to itself.', 'NOT_ALLOWED');
  if (!fromId || !toId || problems.length > 0) throw new InputError(problems);
  // What holds both ways is kept once, whoever it is said of.
  const [from, to] = isMutual(input.kind) && fromId > toId ? [toId, fromId] : [fromId, toId];
  await tx.query(
    `insert into customer_relations (organization_id, id, from_customer_id, to_customer_id, kind, detail, since, until)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (organization_id, from_customer_id, to_customer_id, kind)
       do update set detail = excluded.detail, since = excluded.since, until = excluded.until`,
    [tx.scope.organizationId, newId(), from, to, input.kind, detail, input.since ?? null, input.until ?? null],
  );
  await recordUpdates(tx, [fromId, toId]);
  return { fromId, toId };
}

export async function unrelateCustomers(tx: Tx, viewer: Viewer, id: string): Promise<RelationOutcome> {
  const uuid = storedId('relation', id);
  const [relation] = uuid
    ? await tx.query<RelationOutcome>(
        'select from_customer_id as "fromId", to_customer_id as "toId" from customer_relations where organization_id = $1 and id = $2',
        [tx.scope.organizationId, uuid],
      )
    : [];
  const seen = relation ? await lockCustomers(tx, viewer, [relation.fromId, relation.toId]) : [];
  if (!relation || seen.length < 2)
    throw invalid('id', 'There is no such relation, or you may not see it.', 'NOT_FOUND');
  await tx.query('delete from customer_relations where organization_id = $1 and id = $2', [
    tx.scope.organizationId,
    uuid,
  ]);
  await recordUpdates(tx, [relation.fromId, relation.toId]);
  return relation;
}
