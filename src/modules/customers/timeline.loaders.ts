import { publicId } from '../../platform/ids.js';
import type { Page, PageArguments, Parameters } from '../../platform/paging/index.js';
import type { RequestContext, Viewer } from '../access/index.js';
import { type BelongingsList, belongingsPage } from './list.loaders.js';
import { type TimelineEntry, timelineSources } from './timeline.sources.js';

interface TimelineRow {
  id: string;
  __type: string;
  occurredAt: string;
  detail: Record<string, never>;
}

const timeline: BelongingsList = {
  spec: {
    name: 'customer.timeline',
    from: '',
    columns: 't.id, t.type as "__type", t.occurred_at as "occurredAt", t.detail',
    // One row can be in the timeline twice, as when a customer was added and deleted; the type tells the entries apart.
    orders: {
      AT: { sql: 't.occurred_at', type: 'timestamptz', nullable: false },
      TYPE: { sql: 't.type', type: 'text', nullable: false },
    },
    defaultOrder: [
      { field: 'AT', direction: 'DESC' },
      { field: 'TYPE', direction: 'DESC' },
    ],
    filters: {},
  },
  condition: 'true',
  from: (viewer, parameters) => `lateral (${unionOf(viewer, parameters)}) t`,
};

const NOTHING = `select null::timestamptz as occurred_at, null::uuid as id, null::text as type, null::jsonb as detail where false`;

function unionOf(viewer: Viewer, parameters: Parameters): string {
  const selects: string[] = [];
  for (const [type, source] of timelineSources()) {
    const sql = source.sql(viewer, parameters);
    if (sql) selects.push(`select s.occurred_at, s.id, '${type}'::text collate "C" as type, s.detail from (${sql}) s`);
  }
  return selects.join(' union all ') || NOTHING;
}

/** What happened with a customer, newest first, from every module that knows something. */
export async function timelinePage(
  context: RequestContext,
  customerId: string,
  args: PageArguments,
): Promise<Page<TimelineEntry>> {
  const page = await belongingsPage<TimelineRow>(context, timeline, customerId, args);
  for (const { node } of page.edges) describe(node, context);
  return page as unknown as Page<TimelineEntry>;
}

/** Turns a row into the entry it stands for, in place: its cursor stays with it. */
function describe(row: TimelineRow, { language }: RequestContext): void {
  const source = timelineSources().get(row.__type)!;
  const { detail } = row;
  Object.assign(row, detail, { id: publicId(source.prefix, row.id), summary: source.summary[language](detail) });
}
