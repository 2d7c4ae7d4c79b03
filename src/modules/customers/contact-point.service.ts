import type { Tx } from '../../platform/database/database.js';
import { AppError, invalid } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import { optionalLine, type Problems, throwAny } from '../../platform/input.rules.js';
import type { Viewer } from '../access/index.js';
import { ContactPointKind } from './contact-point.entity.js';
import type {
  AddContactPointInput,
  ContactPointInput,
  UpdateContactPointInput,
  VerifyContactPointInput,
} from './contact-point.inputs.js';
import { type CleanContactPoint, cleanContactPoint } from './contact-point.rules.js';
import { tellContactPoints } from './customer.hooks.js';
import { lockCustomer, lockOwner, readSettings, recordUpdates } from './customer.queries.js';

interface ContactPointOutcome extends Record<string, unknown> {
  customerId: string;
  contactPointId?: string;
}

export async function addContactPoint(
  tx: Tx,
  viewer: Viewer,
  input: AddContactPointInput,
): Promise<ContactPointOutcome> {
  requireSeen(viewer);
  const customer = await lockCustomer(tx, viewer, input.customerId, 'customerId');
  const clean = await cleanOne(tx, 'contactPoint.', input.contactPoint);
  const [contactPointId] = await storeContactPoints(tx, customer.id, [clean]);
  if (!contactPointId) throw invalid('contactPoint.value', 'The customer has it already.', 'TAKEN');
  await recordUpdates(tx, [customer.id]);
  return { customerId: customer.id, contactPointId };
}

export async function updateContactPoint(
  tx: Tx,
  viewer: Viewer,
  input: UpdateContactPointInput,
): Promise<ContactPointOutcome> {
  requireSeen(viewer);
  const { customer, uuid } = await lockOwner(tx, viewer, 'contact_points', 'contact', input.id);
  const key = [tx.scope.organizationId, uuid];
  if (input.label !== undefined) {
    const problems: Problems = [];
    const label = optionalLine(problems, 'label', input.label, 60);
    throwAny(problems);
    await tx.query('update contact_points set label = $3 where organization_id = $1 and id = $2', [...key, label]);
  }
  if (input.value || input.address) {
    const [known] = await tx.query<{ kind: ContactPointKind }>(
      'select kind from contact_points where organization_id = $1 and id = $2',
      key,
    );
    const { value, address } = await cleanOne(tx, '', {
      kind: known!.kind,
      value: input.value,
      address: input.address,
    });
    // Only the value that was proven is proven.
    const changed = await tx.query(
      `with changed as (
         update contact_points c set value = $3, address = $4::jsonb, verified_at = case when value = $3 then verified_at end
          where organization_id = $1 and id = $2 and not exists (
            select 1 from contact_points o where o.organization_id = c.organization_id and o.customer_id = c.customer_id
               and o.kind = c.kind and o.value = $3 and o.id <> c.id)
         returning id)
       select id from changed`,
      [...key, value, address && JSON.stringify(address)],
    );
    if (changed.length === 0) throw invalid('value', 'The customer has it already.', 'TAKEN');
  }
  if (input.isPrimary) await choosePrimaries(tx, customer.id, [uuid]);
  await tellContactPoints(tx, customer.id);
  await recordUpdates(tx, [customer.id]);
  return { customerId: customer.id, contactPointId: uuid };
}

export async function removeContactPoint(tx: Tx, viewer: Viewer, id: string): Promise<ContactPointOutcome> {
  requireSeen(viewer);
  const { customer, uuid } = await lockOwner(tx, viewer, 'contact_points', 'contact', id);
  await tx.query('delete from contact_points where organization_id = $1 and id = $2', [tx.scope.organizationId, uuid]);
  await choosePrimaries(tx, customer.id, []);
  await tellContactPoints(tx, customer.id);
  await recordUpdates(tx, [customer.id]);
  return { customerId: customer.id };
}

export async function verifyContactPoint(
  tx: Tx,
  viewer: Viewer,
  input: VerifyContactPointInput,
): Promise<ContactPointOutcome> {
  requireSeen(viewer);
  const { customer, uuid } = await lockOwner(tx, viewer, 'contact_points', 'contact', input.id);
  await tx.query(
    'update contact_points set verified_at = case when $3::boolean then coalesce(verified_at, now()) end where organization_id = $1 and id = $2',
    [tx.scope.organizationId, uuid, input.verified],
  );
  await tellContactPoints(tx, customer.id);
  await recordUpdates(tx, [customer.id]);
  return { customerId: customer.id, contactPointId: uuid };
}

/** Adds contact points to a customer that is held; one it has already stays as it is. Answers the ids of the new ones. */
export async function storeContactPoints(tx: Tx, customerId: string, points: CleanContactPoint[]): Promise<string[]> {
  const added = await tx.query<{ id: string }>(
    `insert into contact_points (organization_id, customer_id, id, kind, value, label, address)
     select $1, $2, p.id, p.kind, p.value, p.label, p.address
       from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::jsonb[]) as p(id, kind, value, label, address)
     on conflict (organization_id, customer_id, kind, value) do nothing returning id`,
    [
      tx.scope.organizationId,
      customerId,
      points.map(newId),
      points.map(point => point.kind),
      points.map(point => point.value),
      points.map(point => point.label),
      points.map(point => (point.address ? JSON.stringify(point.address) : null)),
    ],
  );
  const wanted = points.filter(point => point.isPrimary);
  const chosen = wanted.length > 0 ? await idsOf(tx, customerId, wanted) : [];
  await choosePrimaries(tx, customerId, chosen);
  await tellContactPoints(tx, customerId);
  return added.map(row => row.id);
}

async function idsOf(tx: Tx, customerId: string, points: CleanContactPoint[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select c.id from contact_points c join unnest($3::text[], $4::text[]) as p(kind, value) on p.kind = c.kind and p.value = c.value
      where c.organization_id = $1 and c.customer_id = $2`,
    [tx.scope.organizationId, customerId, points.map(point => point.kind), points.map(point => point.value)],
  );
  return rows.map(row => row.id);
}

/** Leaves exactly one primary of each kind: one of `chosen`, else the one that was, else the oldest. */
export async function choosePrimaries(tx: Tx, customerId: string, chosen: string[]): Promise<void> {
  await tx.query(
    `update contact_points c set is_primary = (c.id = best.id)
       from (select distinct on (kind) kind, id from contact_points
              where organization_id = $1 and customer_id = $2
              order by kind, (id = any ($3::uuid[])) desc, is_primary desc, created_at, id) best
      where c.organization_id = $1 and c.customer_id = $2 and c.kind = best.kind and c.is_primary <> (c.id = best.id)`,
    [tx.scope.organizationId, customerId, chosen],
  );
}

async function cleanOne(tx: Tx, path: string, input: ContactPointInput): Promise<CleanContactPoint> {
  const problems: Problems = [];
  const { country } = await readSettings(tx);
  const clean = cleanContactPoint(problems, path, input, country);
  throwAny(problems);
  return clean!;
}

function requireSeen(viewer: Viewer): void {
  if (viewer.isHidden('CUSTOMER', 'contactPoints')) {
    throw new AppError('FORBIDDEN', 'Your role does not see contact points, so it cannot change them.');
  }
}
