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

/** Of the customers of a merge, by stored ids: which one the others became, and those the viewer may see. */
export interface SeenCustomers {
  survivorId: string;
  seenIds: readonly string[];
}

/**
 * The report without what is hidden from the viewer: neither that there is such a thing, nor how often. What customers had whom
 * the viewer may not see is not told; the value that counts is the survivor's, whosever it was, and told to who sees the survivor.
 */
export function seenReport(
  viewer: Viewer,
  { fields = [], records = [] }: Partial<MergeReport>,
  { survivorId, seenIds }: SeenCustomers,
): MergeReport {
  const seesStaff = viewer.scopeOf('STAFF') === 'ALL';
  const seen = new Set<string | null>(seenIds);
  const isSeen = new Map(mergedTables().map(table => [table.kind, table.isSeen(viewer)]));
  return {
    fields: fields
      .filter(({ field }) => !viewer.isHidden('CUSTOMER', field.split('.')[0]!))
      .map(field => ofSeen(field, seen, seen.has(survivorId)))
      .map(field => (field.field in NAMES && !seesStaff ? withoutValues(field) : field)),
    records: records.filter(({ kind }) => isSeen.get(kind) ?? false),
  };
}

const ofSeen = (field: MergedField, seen: ReadonlySet<string | null>, seesSurvivor: boolean): MergedField => ({
  ...field,
  fromId: seen.has(field.fromId) ? field.fromId : null,
  value: seesSurvivor || seen.has(field.fromId) ? field.value : null,
  givenUp: field.givenUp.map(one => (seen.has(one.customerId) ? one : { ...one, value: null })),
});

const withoutValues = (field: MergedField): MergedField => ({
  ...field,
  value: null,
  givenUp: field.givenUp.map(one => ({ ...one, value: null })),
});
