import type { LoaderDefinition } from '../../../platform/loaders.js';
import type { RequestContext } from '../../access/index.js';
import type { IncidentProgress } from './incident.inputs.js';

/** How far the answering of each incident (stored id) is. */
export const progressOfIncident: LoaderDefinition<RequestContext, string, IncidentProgress> = {
  name: 'incident.progress',
  async batch(context, ids) {
    const rows = await context.read<IncidentProgress & { id: string }>(
      `select i.id, (select count(distinct p.author_id)::integer from incident_posts j
                       join posts p on p.organization_id = j.organization_id and p.id = j.post_id and not p.own
                      where j.organization_id = i.organization_id and j.incident_id = i.id and not j.is_out) as people,
              count(a.identity_id) filter (where a.state = 'WAITING')::integer as waiting,
              count(a.identity_id) filter (where a.state = 'SENT')::integer as answered,
              count(a.identity_id) filter (where a.state = 'REFUSED')::integer as refused
         from incidents i left join incident_answers a on a.organization_id = i.organization_id and a.incident_id = i.id
        where i.id = any ($1::uuid[]) group by i.organization_id, i.id`,
      [ids],
      'incident.progress',
    );
    const byId = new Map(rows.map(row => [row.id, row]));
    return ids.map(id => byId.get(id) ?? { people: 0, waiting: 0, answered: 0, refused: 0 });
  },
};
