import Big from 'big.js';
import { Parameters, type Run } from '../../../platform/paging/index.js';
import {
  type ChangeReason,
  type Contribution,
  contributionOf,
  explain,
  type KnownState,
  NOTHING,
  plus,
} from './changes.rules.js';
import { type Valuing, withValued } from './valued.sql.js';

export interface ChangesQuestion {
  days: { start: string; end: string };
  /** RFC 3339. */
  since: string;
  /** Stored id of the snapshot taken then, whose lines stand in for what can be worked out of then. */
  snapshotId: string | null;
}

export interface ExplainedChange {
  opportunityId: string;
  by: Contribution;
}

export interface Explained {
  before: Contribution;
  after: Contribution;
  reasons: { reason: ChangeReason; by: Contribution; changes: ExplainedChange[] }[];
}

interface Side {
  status: string | null;
  category: string;
  stage: string;
  pipeline: string;
  position: number;
  probability: string;
  amount: string | null;
  currency: string;
  value: string | null;
  weighted: string | null;
  counted: boolean;
  in_days: boolean;
  matches: boolean;
}

type PairRow = { id: string | null } & { [Name in keyof Side as `t_${Name}`]: Side[Name] } & {
  [Name in keyof Side as `n_${Name}`]: Side[Name];
};

const SIDE = [
  'status',
  'category',
  'stage',
  'pipeline',
  'position',
  'probability',
  'amount',
  'currency',
  'value',
  'weighted',
  'counted',
  'in_days',
  'matches',
];

/** SQL of one side: what is known of every opportunity then or now, and whether it counts. */
function side(
  valuing: Valuing,
  days: ChangesQuestion['days'],
  snapshotId: string | null,
  parameters: Parameters,
): string {
  const organization = parameters.add(valuing.organizationId, 'uuid');
  const [start, end] = [parameters.add(days.start, 'date'), parameters.add(days.end, 'date')];
  const valued = withValued({ ...valuing, others: 'told' }, parameters);
  const { ownerId, teamId, pipelineId } = valuing.filter;
  // What is no longer there is known by its line alone, and whose it was then is nobody's to ask who does not see everything.
  const seesGone = !valuing.viewer || valuing.viewer.scopeOf('OPPORTUNITY') === 'ALL';
  const line = snapshotId
    ? `${seesGone ? 'full' : 'left'} join (
         select * from forecast_snapshot_lines where organization_id = ${organization} and snapshot_id = ${parameters.add(snapshotId, 'uuid')}
       ) l on l.opportunity_id = v.id`
    : '';
  const matches = `coalesce(v.matches, ${ownerId || teamId || pipelineId ? 'false' : 'true'})`;
  // What was said of it in the snapshot, where it was in it at all.
  const said = (column: string) =>
    snapshotId ? `case when l.opportunity_id is null then v.${column} else l.${column} end` : `v.${column}`;
  return `select u.*, u.matches and u.in_days and u.status <> 'LOST' as counted from (${valued}
    select ${snapshotId ? 'coalesce(v.id, l.opportunity_id)' : 'v.id'} as id, ${said('status')} as status, ${said('category')} as category, ${said('stage_id')} as stage, ${said('pipeline_id')} as pipeline,
           ${said('probability')} as probability, ${said('amount')} as amount, ${said('currency')} as currency,
           ${said('value')} as value, ${said('weighted')} as weighted, ${matches} as matches,
           coalesce(${said('closes_on')} between ${start} and ${end}, false) as in_days, g.position
      from valued v ${line} join stages g on g.organization_id = ${organization} and g.id = ${said('stage_id')}) u`;
}

/**
 * What the sums of the days asked of were then and are now, and why they differ, by reason; one statement. What did not change is
 * added up by the database, what did is explained one by one.
 */
export async function explainChanges(
  run: Run,
  valuing: Valuing,
  { days, since, snapshotId }: ChangesQuestion,
): Promise<Explained> {
  const parameters = new Parameters();
  const then = side({ ...valuing, asOf: since }, days, snapshotId, parameters);
  const now = side(valuing, days, null, parameters);
  const columns = ['t', 'n'].flatMap(alias => SIDE.map(name => `${alias}.${name} as ${alias}_${name}`)).join(', ');
  const rows = await run<PairRow>(
    `with paired as materialized (
       select coalesce(t.id, n.id) as id, ${columns},
              (t.status, t.category, t.stage, t.value, t.weighted, t.counted, t.amount, t.currency) is distinct from
              (n.status, n.category, n.stage, n.value, n.weighted, n.counted, n.amount, n.currency) as changed
         from (${then}) t full join (${now}) n on n.id = t.id
        where t.counted or n.counted)
     select id, ${['t', 'n'].flatMap(alias => SIDE.map(name => `${alias}_${name}`)).join(', ')} from paired where changed
     union all
     select null, ${['t', 'n'].flatMap(alias => SIDE.map(name => UNCHANGED[name]?.(alias) ?? 'null')).join(', ')}
       from paired where not changed group by t_status, t_category`,
    parameters.values,
  );
  return gather(rows, valuing.currency);
}

/** What is kept of rows that are added up; by status and category. */
const UNCHANGED: Record<string, (alias: string) => string> = {
  status: () => 't_status',
  category: () => 't_category',
  value: alias => `sum(${alias}_value)`,
  weighted: alias => `sum(${alias}_weighted)`,
};

function stateOf(row: PairRow, alias: 't' | 'n'): KnownState | null {
  const of = <Name extends keyof Side>(name: Name) => row[`${alias}_${name}` as keyof PairRow] as unknown as Side[Name];
  const status = of('status');
  if (status === null) return null;
  const value = of('value');
  return {
    status: status as KnownState['status'],
    category: of('category'),
    stageId: of('stage'),
    pipelineId: of('pipeline'),
    position: of('position'),
    probability: Big(of('probability')),
    amount: of('amount'),
    currency: of('currency'),
    value: value === null ? null : Big(value),
    isInDays: of('in_days'),
    matches: of('matches'),
  };
}

function gather(rows: PairRow[], home: string): Explained {
  let [before, after] = [NOTHING, NOTHING];
  const reasons = new Map<ChangeReason, { by: Contribution; changes: ExplainedChange[] }>();
  for (const row of rows) {
    // What was added up of then, and of now; that of a single one is taken as the database has it, too.
    const sumOf = (alias: 't' | 'n'): Contribution =>
      (row.id !== null && !row[`${alias}_counted`]) || row[`${alias}_value`] === null
        ? NOTHING
        : contributionOf(
            row[`${alias}_status`]!,
            row[`${alias}_category`],
            Big(row[`${alias}_value`]!),
            Big(row[`${alias}_weighted`] ?? 0),
          );
    before = plus(before, sumOf('t'));
    after = plus(after, sumOf('n'));
    if (row.id === null) continue;
    for (const { reason, by } of explain(stateOf(row, 't'), stateOf(row, 'n'), home)) {
      const known = reasons.get(reason) ?? { by: NOTHING, changes: [] };
      known.changes.push({ opportunityId: row.id, by });
      reasons.set(reason, { by: plus(known.by, by), changes: known.changes });
    }
  }
  return { before, after, reasons: [...reasons].map(([reason, told]) => ({ reason, ...told })) };
}
