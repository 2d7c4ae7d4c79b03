import { Parameters } from '../../../platform/paging/index.js';
import { type RequestContext, visibleCondition } from '../../access/index.js';
import type { ComplaintReport } from './complaint-report.types.js';

const share = (kept: string, due: string) =>
  `100.0 * count(*) filter (where ${kept}) / nullif(count(*) filter (where ${due}), 0)`;

/** One statement over the complaints that reached us within `[from, to)`. */
export async function complaintReport(
  context: RequestContext,
  { from, to }: { from: string; to: string },
): Promise<ComplaintReport> {
  const parameters = new Parameters();
  const conditions = [
    `c.received_at >= ${parameters.add(from, 'timestamptz')} and c.received_at < ${parameters.add(to, 'timestamptz')}`,
    `c.stage <> 'WITHDRAWN'`,
    visibleCondition(context.viewer, 'OF_TICKET', 'c', parameters),
  ].filter(Boolean);
  const isOpen = `c.stage in ('RECEIVED', 'ACKNOWLEDGED', 'APPEALED')`;
  const [report] = await context.read<ComplaintReport>(
    `select count(*)::integer as received, count(*) filter (where ${isOpen})::integer as open,
            count(*) filter (where ${isOpen} and case c.stage when 'RECEIVED' then c.acknowledge_by when 'ACKNOWLEDGED' then c.answer_by
                                                                else c.appeal_answer_by end < now())::integer as overdue,
            count(c.answered_at)::integer as answered,
            count(*) filter (where coalesce(c.appeal_outcome, c.outcome) in ('UPHELD', 'PARTLY_UPHELD'))::integer as upheld,
            count(c.appealed_at)::integer as appealed,
            (${share('c.acknowledged_at <= c.acknowledge_by', 'c.acknowledged_at is not null or c.acknowledge_by < now()')})::float8
              as "acknowledgedInTimePercent",
            (${share('c.answered_at <= c.answer_by', 'c.answered_at is not null or c.answer_by < now()')})::float8 as "answeredInTimePercent",
            percentile_cont(0.5) within group (order by extract(epoch from c.answered_at - c.received_at) / 86400.0) as "medianDays"
       from complaints c where ${conditions.join(' and ')}`,
    parameters.values,
  );
  return report!;
}
