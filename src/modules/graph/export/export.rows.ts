import { Parameters, type Run } from '../../../platform/paging/index.js';
import { weightOfSql, weightsJoin } from '../strength.sql.js';

/** Where an export reads, and for whom. */
export interface ExportSource {
  /** Statements in the organisation that is exported, all of them at one moment: a tie has both its ends in the file. */
  run: Run;
  /** Keeps of rows `alias` of a kind those the reader may see; undefined for all. */
  visible?: (kind: 'IDENTITY' | 'CUSTOMER', alias: string, parameters: Parameters) => string | undefined;
}

export interface ExportedNode {
  id: string;
  network: string;
  handle: string;
  displayName: string | null;
  customerId: string | null;
  score: number | null;
  communityId: string | null;
}

export interface ExportedEdge {
  from: string;
  to: string;
  kinds: string[];
  count: number;
  weight: number;
  lastAt: string;
}

/** Rows a statement: little enough to hold, enough to be quick. */
const ROWS = 5000;

/** Everybody who has a tie, in batches, by id. */
export async function* exportNodes({ run, visible }: ExportSource): AsyncGenerator<ExportedNode[]> {
  for (let after: string | null = null; ; ) {
    const parameters = new Parameters();
    const conditions = [
      after && `n.id > ${parameters.add(after, 'uuid')}`,
      'exists (select 1 from identity_edges e where e.organization_id = n.organization_id and (e.from_identity_id = n.id or e.to_identity_id = n.id))',
      visible?.('IDENTITY', 'n', parameters),
    ].filter(Boolean);
    const ofCustomer = visible?.('CUSTOMER', 'c', parameters);
    const customer = ofCustomer
      ? `(select c.id from customers c where c.organization_id = n.organization_id and c.id = n.customer_id and ${ofCustomer})`
      : 'n.customer_id';
    const rows: ExportedNode[] = await run<ExportedNode>(
      `select n.id, n.network, n.handle, n.display_name as "displayName", ${customer} as "customerId", x.score, x.community_id as "communityId"
         from social_identities n
         left join identity_influence x on x.organization_id = n.organization_id and x.identity_id = n.id
        where ${conditions.join(' and ')} order by n.id limit ${ROWS}`,
      parameters.values,
    );
    if (rows.length > 0) yield rows;
    if (rows.length < ROWS) return;
    after = rows.at(-1)!.id;
  }
}

/** Every tie between two of them, in batches, by their ids. */
export async function* exportEdges({ run, visible }: ExportSource): AsyncGenerator<ExportedEdge[]> {
  for (let after: ExportedEdge | undefined; ; ) {
    const parameters = new Parameters();
    const ends = visible
      ? [visible('IDENTITY', 'f', parameters), visible('IDENTITY', 't', parameters)].filter(Boolean)
      : [];
    const conditions = [
      ...(after
        ? [
            `(e.from_identity_id, e.to_identity_id) > (${parameters.add(after.from, 'uuid')}, ${parameters.add(after.to, 'uuid')})`,
          ]
        : []),
      ...ends,
    ];
    const rows: ExportedEdge[] = await run<ExportedEdge>(
      `select e.from_identity_id as "from", e.to_identity_id as "to", array_agg(e.kind order by e.kind) as kinds,
              sum(e.count)::integer as count, sum(${weightOfSql('e.strength')}) as weight, max(e.last_at) as "lastAt"
         from identity_edges e ${weightsJoin('e')}
         ${
           ends.length > 0
             ? `join social_identities f on f.organization_id = e.organization_id and f.id = e.from_identity_id
                join social_identities t on t.organization_id = e.organization_id and t.id = e.to_identity_id`
             : ''
         }
        ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}
        group by e.from_identity_id, e.to_identity_id order by e.from_identity_id, e.to_identity_id limit ${ROWS}`,
      parameters.values,
    );
    if (rows.length > 0) yield rows;
    if (rows.length < ROWS) return;
    after = rows.at(-1)!;
  }
}
