import { AppError } from '../../../platform/errors.js';
import { storedId } from '../../../platform/ids.js';
import { Parameters } from '../../../platform/paging/index.js';
import { type Viewer, visibleCondition } from '../../access/index.js';
import { wasSaid } from '../tickets/ticket.states.rules.js';
import type { Interval } from './interval.rules.js';
import type { SupportGroup, SupportReportArgs } from './report.types.js';

/** By group: its column, the field of a ticket that shows it, and whether how it was at the time is known. */
const COLUMNS: Record<SupportGroup, { column: string; field: string; isRevised: boolean }> = {
  CHANNEL: { column: 'channel', field: 'channel', isRevised: false },
  NETWORK: { column: 'network', field: 'network', isRevised: false },
  TYPE: { column: 'type', field: 'type', isRevised: false },
  LANGUAGE: { column: 'language', field: 'language', isRevised: false },
  TEAM: { column: 'team_id', field: 'team', isRevised: true },
  PERSON: { column: 'assignee_id', field: 'assignee', isRevised: true },
  QUEUE: { column: 'queue_id', field: 'queue', isRevised: true },
  CATEGORY: { column: 'category_id', field: 'category', isRevised: true },
  REASON: { column: 'reason_id', field: 'reason', isRevised: false },
  ROOT_CAUSE: { column: 'root_cause_id', field: 'rootCause', isRevised: false },
  PRIORITY: { column: 'priority', field: 'priority', isRevised: true },
};

interface Distinguished {
  groupBy?: SupportGroup | null;
  teamIds?: string[] | null;
  queueIds?: string[] | null;
  assigneeIds?: string[] | null;
}

/** Throws FORBIDDEN where tickets are to be told apart by what the viewer does not see of each. */
export function requireSeen(viewer: Viewer, { groupBy, teamIds, queueIds, assigneeIds }: Distinguished): void {
  const fields = [groupBy && COLUMNS[groupBy].field, teamIds && 'team', queueIds && 'queue', assigneeIds && 'assignee'];
  for (const field of fields)
    if (field && viewer.isHidden('TICKET', field))
      throw new AppError('FORBIDDEN', `Your role does not see ${field}, so it cannot tell tickets apart by it.`);
}

export const DONE = `('SOLVED', 'CLOSED')`;
/** What we said ourselves, for the customer to read. */
export const ANSWER = `m.kind = 'AGENT' and not m.is_automatic and m.visibility <> 'INTERNAL' and ${wasSaid('m')}`;

export interface Ground {
  intervals: Interval[];
  zone: string;
  viewer: Viewer;
  args: SupportReportArgs;
}

/** The parts that every statement of a report is made of; each statement has parameters of its own. */
export function partsOf({ intervals, zone, viewer, args }: Ground) {
  const parameters = new Parameters();
  const organization = parameters.add(viewer.organizationId, 'uuid');
  const at = (day: string) => `(${day}::timestamp at time zone ${timeZone})`;
  const timeZone = parameters.add(zone, 'text');
  const [first, last] = [parameters.add(intervals[0]!.from, 'date'), parameters.add(intervals.at(-1)!.to, 'date')];
  const days = parameters.add(
    intervals.map(({ from }) => from),
    'date[]',
  );
  const [from, until] = [at(first), at(`(${last} + 1)`)];
  const starts = `(select array_agg(d::timestamp at time zone ${timeZone} order by d) from unnest(${days}) as d)`;
  const group = args.groupBy && COLUMNS[args.groupBy];
  const stored = (prefix: string, ids: string[]) =>
    parameters.add(
      ids.flatMap(id => storedId(prefix, id) ?? []),
      'uuid[]',
    );
  return {
    parameters,
    organization,
    from,
    until,
    starts,
    /** The number of the interval a moment is in, from 1. */
    intervalOf: (moment: string) => `width_bucket(${moment}, ${starts})`,
    isWithin: (moment: string) => `${moment} >= ${from} and ${moment} < ${until}`,
    /** The part a ticket `t` belongs to now. */
    key: group ? `t.${group.column}::text` : 'null::text',
    /** The part it belonged to at its revision `r`. */
    keyThen: group ? `${group.isRevised ? 'r' : 't'}.${group.column}::text` : 'null::text',
    /** Which tickets `t` are reported of. */
    tickets: [
      `t.organization_id = ${organization}`,
      visibleCondition(viewer, 'TICKET', 't', parameters),
      args.teamIds && `t.team_id = any (${stored('team', args.teamIds)})`,
      args.queueIds && `t.queue_id = any (${stored('queue', args.queueIds)})`,
    ]
      .filter(Boolean)
      .join(' and '),
  };
}

export const MEDIAN_AND_P90 = (seconds: string, where = 'true'): string =>
  `percentile_cont(array[0.5, 0.9]) within group (order by ${seconds}) filter (where ${where})`;
