import type { LoaderDefinition } from '../../platform/loaders.js';
import type { RequestContext } from './context.js';

/** The names of stored actors such as `key:<uuid>`; null for those that are no record of ours. */
export const actorName: LoaderDefinition<RequestContext, string, string | null> = {
  name: 'actor.name',
  async batch(context, actors) {
    const rows = await context.read<{ actor: string; name: string }>(
      `select actor, coalesce(m.name, k.name, c.name, u.display_name) as name
         from unnest($1::text[]) actor
         left join members m on actor = 'user:' || m.id::text
         left join api_keys k on actor = 'key:' || k.id::text
         left join oauth_clients c on actor = 'client:' || c.id::text
         left join customers u on u.id = case when actor like 'customer:%' then substr(actor, 10)::uuid end`,
      [actors],
      'actor.name',
    );
    const byActor = new Map(rows.map(row => [row.actor, row.name]));
    return actors.map(actor => byActor.get(actor) ?? null);
  },
};
