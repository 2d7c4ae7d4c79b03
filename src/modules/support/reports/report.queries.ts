import { AppError } from '../../../platform/errors.js';
import { publicId } from '../../../platform/ids.js';
import { Organization, type RequestContext, zoneOf } from '../../access/index.js';
import { type Interval, intervalsOf } from './interval.rules.js';
import { ANSWER, DONE, type Ground, MEDIAN_AND_P90, partsOf, requireSeen } from './report.sql.js';
import {
  type SupportGroup,
  SupportInterval,
  type SupportReport,
  type SupportReportArgs,
  type SupportReportRow,
} from './report.types.js';

const MOST_INTERVALS = 400;

interface Cell {
  interval: number;
  key: string | null;
}

const PREFIXES: Partial<Record<SupportGroup, string>> = {
  TEAM: 'team',
  PERSON: 'member',
  QUEUE: 'queue',
  CATEGORY: 'ticket_category',
  REASON: 'contact_reason',
  ROOT_CAUSE: 'contact_reason',
};

const nothing = ({ from, to }: Interval, key: string | null): SupportReportRow => ({
  from,
  to,
  key,
  opened: 0,
  solved: 0,
  closed: 0,
  reopened: 0,
  backlog: 0,
  firstResponse: { count: 0, medianSeconds: null, p90Seconds: null },
  nextResponse: { count: 0, medianSeconds: null, p90Seconds: null },
  resolution: { count: 0, medianSeconds: null, p90Seconds: null },
  reopenRate: null,
  oneTouchRate: null,
  messagesPerTicket: null,
});

/** What happened to the tickets the viewer may see, in five statements whatever the number of intervals and parts. */
export async function supportReport(context: RequestContext, args: SupportReportArgs): Promise<SupportReport> {
  requireSeen(context.viewer, args);
  const intervals = intervalsOf(args.from, args.to, args.interval ?? SupportInterval.WHOLE, MOST_INTERVALS);
  if (!intervals)
    throw new AppError(
      'BAD_USER_INPUT',
      `It has at most ${MOST_INTERVALS} intervals: ask for longer ones, or a shorter time.`,
    );
  if (intervals.length === 0) throw new AppError('BAD_USER_INPUT', '`from` is not after `to`.');
  const organization = await context.recordById<Organization>(Organization, context.viewer.organizationId);
  const timeZone = zoneOf(organization?.defaultCountry ?? 'ES', organization?.settings);
  const ground: Ground = { intervals, zone: timeZone, viewer: context.viewer, args };
  const read = <Row>(statementOf: (given: Ground) => { sql: string; values: unknown[] }): Promise<Row[]> => {
    const { sql, values } = statementOf(ground);
    return context.readApart<Row>(sql, values);
  };
  const [opened, solved, first, next, backlog] = await Promise.all([
    read<Cell & { count: number }>(openedIn),
    read<Cell & Solved>(solvedIn),
    read<Cell & Took>(firstAnswersIn),
    read<Cell & Took>(nextAnswersIn),
    read<Cell & { change: number }>(backlogChanges),
  ]);
  const rows = new Map<string, SupportReportRow & Cell>();
  const rowOf = ({ interval, key }: Cell) => {
    const place = `${interval} ${key ?? ''}`;
    const row = rows.get(place) ?? { ...nothing(intervals[interval - 1]!, key), interval, key };
    rows.set(place, row);
    return row;
  };
  if (!args.groupBy) for (const at of intervals.keys()) rowOf({ interval: at + 1, key: null });
  for (const cell of opened) rowOf(cell).opened = cell.count;
  for (const { interval, key, times, ...counts } of solved)
    Object.assign(rowOf({ interval, key }), counts, { resolution: timesOf(counts.solved, times) });
  for (const cell of first) rowOf(cell).firstResponse = timesOf(cell.count, cell.times);
  for (const cell of next) rowOf(cell).nextResponse = timesOf(cell.count, cell.times);
  for (const [key, changes] of Map.groupBy(backlog, cell => cell.key)) {
    const byInterval = new Map(changes.map(({ interval, change }) => [interval, change]));
    let open = 0;
    for (let interval = 1; interval <= intervals.length; interval++) {
      open += byInterval.get(interval) ?? 0;
      if (open > 0) rowOf({ interval, key }).backlog = open;
    }
  }
  const prefix = args.groupBy && PREFIXES[args.groupBy];
  return {
    timeZone,
    rows: [...rows.values()]
      .toSorted((a, b) => a.interval - b.interval || compare(a.key, b.key))
      .map(row => ({ ...row, key: prefix && row.key ? publicId(prefix, row.key) : row.key })),
  };
}

const compare = (a: string | null, b: string | null): number =>
  a === b ? 0 : a === null ? 1 : b === null ? -1 : a < b ? -1 : 1;

interface Took {
  count: number;
  times: [number, number] | null;
}

const timesOf = (count: number, times: [number, number] | null) => ({
  count,
  medianSeconds: times?.[0] ?? null,
  p90Seconds: times?.[1] ?? null,
});

function openedIn(ground: Ground) {
  const { parameters, intervalOf, isWithin, key, tickets } = partsOf(ground);
  const sql = `select ${intervalOf('t.opened_at')} as interval, ${key} as key, count(*)::integer as count
    from tickets t where ${tickets} and ${isWithin('t.opened_at')} group by 1, 2`;
  return { sql, values: parameters.values };
}

interface Solved {
  solved: number;
  closed: number;
  reopened: number;
  times: [number, number] | null;
  reopenRate: number | null;
  oneTouchRate: number | null;
  messagesPerTicket: number | null;
}

/**
 * Moments at which tickets came to be done, or no longer were; rates are of tickets, each by the last time it was solved in the cell.
 * What became a part of another ticket is done with that one.
 */
function solvedIn(ground: Ground) {
  const { parameters, organization, intervalOf, isWithin, keyThen, tickets } = partsOf(ground);
  const sql = `with touched as (
      select distinct r.ticket_id from ticket_revisions r where r.organization_id = ${organization} and ${isWithin('r.changed_at')}),
    told as (
      select r.*, lag(r.status) over w as before, r.status in ${DONE} as done,
             coalesce(lag(r.status) over w in ${DONE}, false) as was_done
        from ticket_revisions r where r.organization_id = ${organization} and r.ticket_id in (select ticket_id from touched)
      window w as (partition by r.ticket_id order by r.changed_at)),
    moved as (
      select r.*, max(r.changed_at) filter (where was_done and not done) over (partition by r.ticket_id) as reopened_last from told r),
    cells as (
      select ${intervalOf('r.changed_at')} as interval, ${keyThen} as key, r.ticket_id, r.changed_at, r.done and not r.was_done as solved,
             r.status = 'CLOSED' and r.before is distinct from 'CLOSED' as closed, r.was_done and not r.done as reopened,
             extract(epoch from r.changed_at - t.opened_at) as took, r.reopened_last, t.message_count
        from moved r join tickets t on t.organization_id = r.organization_id and t.id = r.ticket_id
       where ${tickets} and t.merged_into_id is null and ${isWithin('r.changed_at')}),
    numbered as (
      select c.*, row_number() over (partition by c.interval, c.key, c.ticket_id, c.solved order by c.changed_at desc) as place from cells c),
    counted as (
      select n.*, a.answers, coalesce(n.reopened_last > n.changed_at, false) as again
        from numbered n left join lateral (
          select count(*) as answers from ticket_messages m
           where m.organization_id = ${organization} and m.ticket_id = n.ticket_id and ${ANSWER}) a on n.solved and n.place = 1)
    select interval, key, count(*) filter (where solved)::integer as solved, count(*) filter (where closed)::integer as closed,
           count(*) filter (where reopened)::integer as reopened, ${MEDIAN_AND_P90('took', 'solved')} as times,
           avg(again::integer) filter (where solved and place = 1)::double precision as "reopenRate",
           avg((answers <= 1 and reopened_last is null)::integer) filter (where solved and place = 1)::double precision as "oneTouchRate",
           avg(message_count) filter (where solved and place = 1)::double precision as "messagesPerTicket"
      from counted where solved or closed or reopened group by 1, 2`;
  return { sql, values: parameters.values };
}

function firstAnswersIn(ground: Ground) {
  const { parameters, intervalOf, isWithin, key, tickets } = partsOf(ground);
  const sql = `select ${intervalOf('t.first_responded_at')} as interval, ${key} as key, count(*)::integer as count,
           ${MEDIAN_AND_P90('extract(epoch from t.first_responded_at - t.opened_at)')} as times
      from tickets t where ${tickets} and ${isWithin('t.first_responded_at')} group by 1, 2`;
  return { sql, values: parameters.values };
}

/** Answers after the first: from what the customer said first since the one before. */
function nextAnswersIn(ground: Ground) {
  const { parameters, organization, intervalOf, isWithin, key, tickets, from, until } = partsOf(ground);
  const sql = `with answered as (
      select t.id, ${key} as key from tickets t where ${tickets} and t.last_message_at >= ${from} and t.opened_at < ${until}),
    turns as (
      select m.ticket_id, m.kind, m.occurred_at, a.key,
             count(*) filter (where m.kind = 'AGENT') over (partition by m.ticket_id order by m.occurred_at, m.id rows between unbounded preceding and 1 preceding) as turn
        from answered a join ticket_messages m on m.organization_id = ${organization} and m.ticket_id = a.id
       where (m.kind = 'CUSTOMER' and not m.is_automatic and m.visibility <> 'INTERNAL') or (${ANSWER})),
    answers as (
      select key, min(occurred_at) filter (where kind = 'CUSTOMER') as asked, max(occurred_at) filter (where kind = 'AGENT') as answered
        from turns where turn > 0 group by ticket_id, turn, key)
    select ${intervalOf('answered')} as interval, key, count(*)::integer as count, ${MEDIAN_AND_P90('extract(epoch from answered - asked)')} as times
      from answers where asked is not null and ${isWithin('answered')} group by 1, 2`;
  return { sql, values: parameters.values };
}

/** By how much the number of open tickets differs from one end of an interval to the next; the first one counts from nothing. */
function backlogChanges(ground: Ground) {
  const { parameters, organization, starts, keyThen, tickets, from, until } = partsOf(ground);
  const count = ground.intervals.length;
  // How many of the ends lie at or before a moment: the end of each is the start of the next.
  const passed = (moment: string) => `width_bucket(${moment}, (${starts})[2:] || ${until})`;
  const sql = `with spans as (
      select ${keyThen} as key, ${passed('r.changed_at')} + 1 as first, coalesce(${passed('r.changed_until')}, ${count}) as last
        from ticket_revisions r join tickets t on t.organization_id = r.organization_id and t.id = r.ticket_id
       where r.organization_id = ${organization} and ${tickets} and r.status not in ${DONE}
         and r.changed_at < ${until} and (r.changed_until is null or r.changed_until >= ${from}))
    select interval, key, sum(change)::integer as change from (
      select first as interval, key, 1 as change from spans where first <= last
      union all select last + 1, key, -1 from spans where first <= last) c
     where interval <= ${count} group by 1, 2`;
  return { sql, values: parameters.values };
}
