import { parsePublicId, publicId } from '../../platform/ids.js';
import { type ListSpec, loadPages, type Page, type PageArguments } from '../../platform/paging/index.js';
import { allRecords } from '../../platform/schema/index.js';
import { publicActor, storedActor } from './actors.rules.js';
import { redacted, tablesOutOfSight } from './audit.redaction.js';
import type { AuditEntry } from './audit-entry.entity.js';
import type { RequestContext } from './context.js';
import { visibleCondition } from './visibility.rules.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const MOST_CHANGES = 10_000;
const ENTRY = /^audit_(\d{1,18})$/;

/** Numbered rather than named by UUIDs, so it is not a record among others: its lists are read here. */
const auditList: ListSpec = {
  name: 'auditEntries',
  from: 'audit_entries t',
  columns: `t.id::text as id, t.at, t.actor, t.request_id as "requestId", t.action, t.table_name as "tableName",
            t.subject_id as "subjectId", t.before, t.after`,
  idType: 'bigint',
  orders: { AT: { sql: 't.at', type: 'timestamptz', nullable: false } },
  defaultOrder: [{ field: 'AT', direction: 'DESC' }],
  filters: {
    id: {
      sql: '',
      type: 'text',
      build: (id, parameters) => `t.id = ${parameters.add(ENTRY.exec(String(id))?.[1] ?? null, 'bigint')}`,
    },
    subjectId: {
      sql: '',
      type: 'text',
      build: (id, parameters) => `t.subject_id = ${parameters.add(subjectOf(String(id)), 'uuid')}`,
    },
    actor: {
      sql: '',
      type: 'text',
      build: (id, parameters) => `t.actor = ${parameters.add(storedActor(String(id)), 'text')}`,
    },
    requestId: { sql: 't.request_id', type: 'text' },
    table: { sql: 't.table_name', type: 'text' },
    action: { sql: 't.action', type: 'text' },
    at: { sql: 't.at', type: 'timestamptz' },
  },
};

/** A page of the audit log, without what the viewer may not see of the records themselves. */
export async function auditPage(context: RequestContext, args: PageArguments): Promise<Page<AuditEntry>> {
  const { viewer } = context;
  const pages = await loadPages<AuditEntry>(
    {
      spec: auditList,
      args,
      visible: parameters => {
        const outOfSight = tablesOutOfSight(viewer);
        const conditions = [
          visibleCondition(viewer, 'AUDIT', 't', parameters),
          outOfSight.length > 0 ? `t.table_name <> all (${parameters.add(outOfSight, 'text[]')})` : undefined,
        ];
        return conditions.filter(Boolean).join(' and ') || undefined;
      },
    },
    context.options.seal,
    context.run,
  );
  const page = pages.get('')!;
  for (const { node } of page.edges) {
    node.before = redacted(viewer, node.tableName, node.before);
    node.after = redacted(viewer, node.tableName, node.after);
  }
  return page;
}

/** What was done to one record that the viewer sees, the oldest first, without what is hidden; nothing where the log is. */
export async function changesOf(context: RequestContext, subjectId: string): Promise<object[]> {
  const { viewer } = context;
  if (!viewer.may('audit:read') || viewer.scopeOf('AUDIT') !== 'ALL') return [];
  const rows = await context.read<Pick<AuditEntry, 'at' | 'actor' | 'action' | 'before' | 'after'> & { table: string }>(
    `select at, actor, action, table_name as "table", before, after from audit_entries
      where subject_id = $1 order by id limit ${MOST_CHANGES}`,
    [subjectId],
  );
  return rows.map(row => ({
    ...row,
    actor: publicActor(row.actor),
    before: redacted(viewer, row.table, row.before),
    after: redacted(viewer, row.table, row.after),
  }));
}

/** Any public id names its subject; a stored one does as well, as `before` and `after` show them. */
const subjectOf = (id: string): string | null => (UUID.test(id) ? id : (parsePublicId(id)?.uuid ?? null));

/** Public where the table is that of a kind of record, as it is stored otherwise. */
export function publicSubject({ tableName, subjectId }: AuditEntry): string | null {
  const record = subjectId && allRecords().find(({ from }) => from.split(' ')[0] === tableName);
  return record ? publicId(record.prefix, subjectId) : subjectId;
}
