import { type InteractionKind, knownPosts, recordInteractions, resolveIdentities } from '../modules/social/index.js';
import type { Scope } from '../platform/database/database.js';
import type { Network } from './connector.js';
import type { Writer } from './ingest.service.js';

/** One identity acting on another, both by handle, told without the post it was done by, or only with its id. */
export interface InboundInteraction {
  from: string;
  to: string;
  kind: InteractionKind;
  occurredAt: Date;
  postExternalId?: string;
}

/**
 * Accepts one batch of interactions as one transaction. The same again, or at the same time from elsewhere, adds nothing.
 * An archive says who acted on whom, themselves included; that they said anything we could show is not known by it.
 */
export async function ingestInteractions(
  database: Writer,
  scope: Scope,
  rows: InboundInteraction[],
  { network }: { network: Network },
): Promise<{ created: number; unchanged: number }> {
  return database.write(scope, async tx => {
    const handles = [...new Set(rows.flatMap(row => [row.from, row.to]))];
    const identities = await resolveIdentities(
      tx,
      network,
      handles.map(handle => ({ handle, authored: false })),
    );
    const idOf = new Map(handles.map((handle, at) => [handle, identities[at]!.id]));
    const named = [...new Set(rows.map(row => row.postExternalId).filter(id => id !== undefined))];
    const posts = named.length > 0 ? await knownPosts(tx, network, named) : new Map<string, { id: string }>();
    const created = await recordInteractions(
      tx,
      network,
      rows.map(row => ({
        kind: row.kind,
        fromIdentityId: idOf.get(row.from)!,
        toIdentityId: idOf.get(row.to)!,
        postId: (row.postExternalId && posts.get(row.postExternalId)?.id) || null,
        occurredAt: row.occurredAt,
      })),
      { withSelf: true },
    );
    return { created, unchanged: rows.length - created };
  });
}
