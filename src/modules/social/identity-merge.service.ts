import { recordEvents } from '../../events/index.js';
import type { Tx } from '../../platform/database/database.js';
import { reassessPriorities } from './priority.service.js';
import { runOwnersHooks } from './social.hooks.js';

/** An identity known by its handle only that turned out to be another one, known by its id. */
export interface SameIdentity {
  id: string;
  /** Whom it turned out to be. */
  ownerId: string;
}

type IdentityMergeHook = (tx: Tx, merged: readonly SameIdentity[]) => Promise<void>;
const hooks: IdentityMergeHook[] = [];

/** Has a module give what it keeps of identities to those they turned out to be, before they are deleted. */
export function onIdentityMerge(hook: IdentityMergeHook): void {
  hooks.push(hook);
}

/**
 * Gives all that identities have to those they turned out to be, and deletes them: what they said and did, what was done to
 * them, their claims, and their link where the owner has none. Answers the customer of each owner that got one by it.
 */
export async function mergeIdentities(tx: Tx, merged: SameIdentity[]): Promise<Map<string, string>> {
  if (merged.length === 0) return new Map();
  const parameters = [tx.scope.organizationId, merged.map(({ id }) => id), merged.map(({ ownerId }) => ownerId)];
  const pairs = 'unnest($2::uuid[], $3::uuid[]) as m(id, owner_id)';

  await tx.query(
    `update posts p set author_id = m.owner_id from ${pairs} where p.organization_id = $1 and p.author_id = m.id`,
    parameters,
  );
  await tx.query(
    `update replies r set recipient_identity_id = m.owner_id from ${pairs}
      where r.organization_id = $1 and r.recipient_identity_id = m.id`,
    parameters,
  );
  await moveInteractions(tx, parameters);
  await tx.query(
    `update identity_claims c set identity_id = m.owner_id from ${pairs} where c.organization_id = $1 and c.identity_id = m.id`,
    parameters,
  );
  // Of two links that hold, the one of the id holds on.
  await tx.query(
    `update identity_links l
        set identity_id = m.owner_id,
            unlinked_at = case when o.customer_id is null then l.unlinked_at else coalesce(l.unlinked_at, now()) end,
            unlinked_by = case when o.customer_id is null then l.unlinked_by else coalesce(l.unlinked_by, $4) end
       from ${pairs} join social_identities o on o.organization_id = $1 and o.id = m.owner_id
      where l.organization_id = $1 and l.identity_id = m.id`,
    [...parameters, tx.scope.actor],
  );
  const owners = await tx.query<{ id: string; customer_id: string; is_linked: boolean }>(
    `update social_identities o
        set customer_id = coalesce(o.customer_id, i.customer_id), authored = o.authored or i.authored,
            first_seen_at = least(o.first_seen_at, i.first_seen_at), updated_at = now()
       from ${pairs} join social_identities i on i.organization_id = $1 and i.id = m.id
       join social_identities was on was.organization_id = $1 and was.id = m.owner_id
      where o.organization_id = $1 and o.id = m.owner_id
     returning o.id, o.customer_id, was.customer_id is null and o.customer_id is not null as is_linked`,
    parameters,
  );
  for (const hook of hooks) await hook(tx, merged);
  await tx.query('delete from social_identities where organization_id = $1 and id = any ($2)', parameters.slice(0, 2));
  const linked = owners.filter(owner => owner.is_linked);
  await reassessPriorities(
    tx,
    linked.map(owner => owner.id),
  );
  await runOwnersHooks(
    tx,
    owners.flatMap(({ id, customer_id }) =>
      customer_id ? [{ identityId: id, customerId: customer_id, formerId: null }] : [],
    ),
  );
  await recordEvents(tx, [
    ...linked.map(owner => ({
      type: 'identity.linked' as const,
      subjectId: owner.id,
      data: { customerId: owner.customer_id },
    })),
    ...linked.map(owner => ({ type: 'customer.updated' as const, subjectId: owner.customer_id })),
  ]);
  return new Map(linked.map(owner => [owner.id, owner.customer_id]));
}

/** An interaction that both were told of stays once; what becomes one with oneself was no contact, unless it was one before. */
async function moveInteractions(tx: Tx, parameters: unknown[]): Promise<void> {
  await tx.query(
    `with m as (select * from unnest($2::uuid[], $3::uuid[]) as m(id, owner_id)),
          gone as (
            delete from interactions x
             where x.organization_id = $1 and (x.from_identity_id = any ($2) or x.to_identity_id = any ($2)) returning x.*),
          moved as (
            select g.*, coalesce(f.owner_id, g.from_identity_id) as new_from, coalesce(t.owner_id, g.to_identity_id) as new_to
              from gone g left join m f on f.id = g.from_identity_id left join m t on t.id = g.to_identity_id)
     insert into interactions (organization_id, id, network, kind, from_identity_id, to_identity_id, post_id, occurred_at)
     select organization_id, id, network, kind, new_from, new_to, post_id, occurred_at from moved
      where new_from <> new_to or from_identity_id = to_identity_id
     on conflict do nothing`,
    parameters,
  );
}
