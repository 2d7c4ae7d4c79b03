import { AppError } from '../../../platform/errors.js';
import { storedId } from '../../../platform/ids.js';
import { Parameters } from '../../../platform/paging/index.js';
import { Organization, type RequestContext, visibleCondition, zoneOf } from '../../access/index.js';
import { type CallReport, type CallReportArgs, CallReportGroup, type CallReportRow } from './call-report.types.js';

const MOST_DAYS = 400;
const MOST_ROWS = 1000;

const KEYS: Record<CallReportGroup, (zone: string) => string> = {
  QUEUE: () => 't.queue',
  AGENT: () => 'case when t.member_id is null then t.agent end',
  DISPOSITION: () => 'null::text',
  DAY: zone => `to_char(t.started_at at time zone ${zone}, 'YYYY-MM-DD')`,
  HOUR: zone => `to_char(t.started_at at time zone ${zone}, 'HH24')`,
};
const IN_ORDER = new Set([CallReportGroup.DAY, CallReportGroup.HOUR]);

const WRAP_UP = `case when t.wrap_up_ended_at is not null then least(extract(epoch from t.wrap_up_ended_at - t.wrap_up_started_at), 86400) end`;
const HANDLING = `coalesce(t.talk_seconds, 0) + coalesce(${WRAP_UP}, 0)`;

/** The calls of some days that the viewer may see, counted in one statement. Calls that still go on are left out. */
export async function callReport(context: RequestContext, args: CallReportArgs): Promise<CallReport> {
  const { from, to } = args;
  const groupBy = args.groupBy ?? CallReportGroup.QUEUE;
  const withinSeconds = args.withinSeconds ?? 20;
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
  if (!(days >= 1 && days <= MOST_DAYS))
    throw new AppError('BAD_USER_INPUT', `\`from\` comes before \`to\`, by ${MOST_DAYS} days at most.`);
  if (withinSeconds < 0) throw new AppError('BAD_USER_INPUT', '`withinSeconds` is not less than nothing.');
  const organization = await context.recordById<Organization>(Organization, context.viewer.organizationId);
  const timeZone = zoneOf(organization?.defaultCountry ?? 'ES', organization?.settings as Record<string, unknown>);
  const parameters = new Parameters();
  const zone = parameters.add(timeZone, 'text');
  const conditions = [
    `t.organization_id = ${parameters.add(context.viewer.organizationId, 'uuid')}`,
    `t.started_at >= (${parameters.add(from, 'date')}::timestamp at time zone ${zone})`,
    `t.started_at < ((${parameters.add(to, 'date')} + 1)::timestamp at time zone ${zone})`,
    `t.status not in ('RINGING', 'ANSWERED')`,
    args.queues && `t.queue = any (${parameters.add(args.queues, 'text[]')})`,
    args.memberIds &&
      `t.member_id = any (${parameters.add(
        args.memberIds.flatMap(id => storedId('member', id) ?? []),
        'uuid[]',
      )})`,
    visibleCondition(context.viewer, 'CALL', 't', parameters),
  ].filter(Boolean);
  const within = parameters.add(withinSeconds, 'double precision');
  const inbound = `t.direction = 'INBOUND'`;
  const answered = `${inbound} and t.status = 'COMPLETED'`;
  const rows = await context.readApart<CallReportRow & { isTotal: boolean }>(
    `with c as (
       select t.*, ${KEYS[groupBy](zone)} as key, ${groupBy === CallReportGroup.AGENT ? 't.member_id' : 'null::uuid'} as by_member,
              ${groupBy === CallReportGroup.DISPOSITION ? 't.disposition_id' : 'null::uuid'} as by_disposition, ${HANDLING} as handling
         from call_handlings t where ${conditions.join(' and ')})
     select grouping(t.key) = 1 as "isTotal", t.key, t.by_member as "memberId", t.by_disposition as "dispositionId",
            count(*) filter (where ${inbound})::integer as inbound, count(*) filter (where t.direction = 'OUTBOUND')::integer as outbound,
            count(*) filter (where ${answered})::integer as answered,
            count(*) filter (where ${inbound} and t.status <> 'COMPLETED')::integer as abandoned,
            count(*) filter (where ${inbound} and t.status <> 'COMPLETED')::double precision / nullif(count(*) filter (where ${inbound}), 0) as "abandonedRate",
            count(*) filter (where ${answered} and t.wait_seconds <= ${within})::double precision / nullif(count(*) filter (where ${inbound}), 0) as "serviceLevel",
            avg(t.wait_seconds) filter (where ${answered}) as "averageWaitSeconds",
            avg(t.talk_seconds) filter (where t.status = 'COMPLETED') as "averageTalkSeconds",
            avg(${WRAP_UP})::double precision as "averageWrapUpSeconds",
            (avg(t.handling) filter (where t.status = 'COMPLETED'))::double precision as "averageHandlingSeconds"
       from c t group by grouping sets ((), (t.key, t.by_member, t.by_disposition))
      order by ${IN_ORDER.has(groupBy) ? 't.key' : 'count(*) desc, t.key, t.by_member, t.by_disposition'} limit ${MOST_ROWS}`,
    parameters.values,
  );
  const total = rows.find(row => row.isTotal)!;
  return { timeZone, total, rows: rows.filter(row => !row.isTotal) };
}
