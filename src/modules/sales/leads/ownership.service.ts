import type { Tx } from '../../../platform/database/database.js';
import { newId } from '../../../platform/ids.js';

/** Who has something: stored ids. */
export interface Ownership {
  ownerId: string | null;
  teamId: string | null;
}

export interface OwnershipStep {
  prefix: 'lead' | 'opportunity' | 'customer';
  /** Stored id of what was given. */
  subjectId: string;
  from: Ownership;
  to: Ownership;
  reason?: string | null;
}

/** Keeps who had what until now. Those that went nowhere are left out. */
export async function recordOwnership(tx: Tx, steps: OwnershipStep[]): Promise<void> {
  const moved = steps.filter(({ from, to }) => from.ownerId !== to.ownerId || from.teamId !== to.teamId);
  if (moved.length === 0) return;
  await tx.query(
    `insert into ownership_changes
       (organization_id, id, subject_prefix, subject_id, from_owner_id, from_team_id, to_owner_id, to_team_id, reason, changed_by, changed_at)
     select $1, s.id, s.prefix, s.subject, s.from_owner, s.from_team, s.to_owner, s.to_team, s.reason, $2, clock_timestamp()
       from unnest($3::uuid[], $4::text[], $5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[], $9::uuid[], $10::text[])
            as s(id, prefix, subject, from_owner, from_team, to_owner, to_team, reason)`,
    [
      tx.scope.organizationId,
      tx.scope.actor,
      moved.map(() => newId()),
      moved.map(step => step.prefix),
      moved.map(step => step.subjectId),
      moved.map(step => step.from.ownerId),
      moved.map(step => step.from.teamId),
      moved.map(step => step.to.ownerId),
      moved.map(step => step.to.teamId),
      moved.map(step => step.reason ?? null),
    ],
  );
}

/**
 * Whose something is once it was given: what was not said (undefined) stays, null clears it. A team that was not said stays only
 * while the new owner is one of it, so that those who gave it away no longer have it.
 */
export async function ownershipAfter(
  tx: Tx,
  from: Ownership,
  to: { ownerId?: string | null; teamId?: string | null },
): Promise<Ownership> {
  const ownerId = to.ownerId === undefined ? from.ownerId : to.ownerId;
  if (to.teamId !== undefined) return { ownerId, teamId: to.teamId };
  if (!ownerId || ownerId === from.ownerId || !from.teamId) return { ownerId, teamId: from.teamId };
  const [member] = await tx.query(
    'select 1 from team_members where organization_id = $1 and team_id = $2 and member_id = $3',
    [tx.scope.organizationId, from.teamId, ownerId],
  );
  return { ownerId, teamId: member ? from.teamId : null };
}
