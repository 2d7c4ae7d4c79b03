import { publicId } from '../../platform/ids.js';
import type { Viewer } from '../access/index.js';
import type { MergedField, MergeReport } from './merge.entity.js';
import type { MergeRow } from './merge.rules.js';
import { mergedTables } from './merge.tables.js';

interface RecordsOutcome {
  kind: string;
  moved: MergeRow[];
  folded: number;
  dropped: number;
}

/** Prefixes of the public ids of what a field names. */
const NAMES: Record<string, string> = { owner: 'member', team: 'team' };

/** What is told of a merge. Values that name a record are public ids; customers are stored ones, as the fields of a row are. */
export function reportOf(fields: MergedField[], records: RecordsOutcome[]): MergeReport {
  return {
    fields: fields.map(field => {
      const prefix = NAMES[field.field];
      const shown = (value: unknown) => (prefix && typeof value === 'string' ? publicId(prefix, value) : value);
      return {
        ...field,
        value: shown(field.value),
        givenUp: field.givenUp.map(one => ({ ...one, value: shown(one.value) })),
      };
    }),
    records: records
      .map(({ kind, moved, folded, dropped }) => ({ kind, moved: moved.length, folded, dropped }))
      .filter(({ moved, folded, dropped }) => moved + folded + dropped > 0),
  };
}

/** The report without what is hidden from the viewer: neither that there is such a thing, nor how often. */
export function seenReport(viewer: Viewer, { fields = [], records = [] }: Partial<MergeReport>): MergeReport {
  const seesStaff = viewer.scopeOf('STAFF') === 'ALL';
  const isSeen = new Map(mergedTables().map(table => [table.kind, table.isSeen(viewer)]));
  return {
    fields: fields
      .filter(({ field }) => !viewer.isHidden('CUSTOMER', field.split('.')[0]!))
      .map(field => (field.field in NAMES && !seesStaff ? withoutValues(field) : field)),
    records: records.filter(({ kind }) => isSeen.get(kind) ?? false),
  };
}

const withoutValues = (field: MergedField): MergedField => ({
  ...field,
  value: null,
  givenUp: field.givenUp.map(one => ({ ...one, value: null })),
});
