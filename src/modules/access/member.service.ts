import type { Tx } from '../../platform/database/database.js';
import { invalid } from '../../platform/errors.js';
import type { Access } from './access.service.js';
import { checkCustomerOf, checkGrant } from './grants.rules.js';
import { checkedLanguage, checkedName } from './names.rules.js';
import { Role } from './roles.js';
import type { Viewer } from './viewer.js';
import { namedId } from './visible.queries.js';

export interface MemberChanges {
  id: string;
  name?: string | null;
  role?: Role | null;
  language?: string | null;
  customerId?: string | null;
}

export interface StoredMember {
  id: string;
  userId: string | null;
  name: string;
  role: Role;
  customerId: string | null;
  deactivatedAt: string | null;
}

/** Changes what is given; `customerId` only together with the role. Throws `InputError`. */
export async function updateMember(tx: Tx, viewer: Viewer, input: MemberChanges): Promise<{ memberId: string }> {
  const member = await lockedMember(tx, viewer, input.id);
  const role = input.role ?? member.role;
  checkGrant(viewer, member.role, role === member.role ? 'id' : 'role');
  const name = input.name == null ? member.name : checkedName('name', input.name);
  const language = input.language == null ? null : checkedLanguage('language', input.language);
  const given = input.customerId ? await namedId(tx, viewer, 'customer', input.customerId, 'customerId') : null;
  const customerId = given ?? (role === Role.CUSTOMER ? member.customerId : null);
  checkCustomerOf(role, customerId);
  if (role !== member.role) {
    checkGrant(viewer, role);
    await checkOwnerRemains(tx, member, 'role');
  }
  await tx.query(
    `update members set name = $3, role = $4, language = coalesce($5, language), customer_id = $6, updated_at = now()
      where organization_id = $1 and id = $2`,
    [tx.scope.organizationId, member.id, name, role, language, customerId],
  );
  return { memberId: member.id };
}

/** Answers the login as well, whose sessions are then to be ended. Somebody deactivated already stays so. */
export async function deactivateMember(tx: Tx, viewer: Viewer, id: string) {
  const member = await lockedMember(tx, viewer, id);
  checkGrant(viewer, member.role, 'id');
  await checkOwnerRemains(tx, member, 'id');
  await tx.query(
    'update members set deactivated_at = coalesce(deactivated_at, now()), updated_at = now() where organization_id = $1 and id = $2',
    [tx.scope.organizationId, member.id],
  );
  return { memberId: member.id, userId: member.userId };
}

export async function reactivateMember(tx: Tx, viewer: Viewer, id: string): Promise<{ memberId: string }> {
  const member = await lockedMember(tx, viewer, id);
  checkGrant(viewer, member.role, 'id');
  await tx.query(
    'update members set deactivated_at = null, updated_at = now() where organization_id = $1 and id = $2',
    [tx.scope.organizationId, member.id],
  );
  return { memberId: member.id };
}

/** A login that another organisation still lets in keeps its sessions; here they open nothing as of the deactivation. */
export async function endMemberSessions(access: Access, userId: string | null | undefined): Promise<void> {
  if (!userId) return;
  const { rows } = await access.database.system.query(
    'select 1 from members where user_id = $1 and deactivated_at is null limit 1',
    [userId],
  );
  if (rows.length === 0) await access.credentials.endSessions(userId);
}

/** The owners first and always in one order: of two who demote each other at once, the second finds itself the last. */
async function lockedMember(tx: Tx, viewer: Viewer, id: string): Promise<StoredMember> {
  await tx.query(
    "select id from members where organization_id = $1 and role = 'OWNER' and deactivated_at is null order by id for update",
    [tx.scope.organizationId],
  );
  const memberId = await namedId(tx, viewer, 'member', id, 'id', 'update');
  const [member] = await tx.query<StoredMember>(
    `select id, user_id as "userId", name, role, customer_id as "customerId", deactivated_at as "deactivatedAt"
       from members where organization_id = $1 and id = $2`,
    [tx.scope.organizationId, memberId],
  );
  return member!;
}

/** An owner who never accepted the invitation cannot stand in for one who signs in. */
async function checkOwnerRemains(tx: Tx, member: StoredMember, field: string): Promise<void> {
  if (member.role !== Role.OWNER || member.deactivatedAt) return;
  const [others] = await tx.query<{ able: boolean; any: boolean }>(
    `select coalesce(bool_or(user_id is not null), false) as able, count(*) > 0 as any from members
      where organization_id = $1 and role = 'OWNER' and deactivated_at is null and id <> $2`,
    [tx.scope.organizationId, member.id],
  );
  if (member.userId ? !others!.able : !others!.any)
    throw invalid(field, 'An organisation keeps at least one owner. Make another one first.', 'NOT_ALLOWED');
}
