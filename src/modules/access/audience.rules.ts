import type { Parameters } from '../../platform/paging/index.js';
import { Role } from './roles.js';
import type { Viewer } from './viewer.js';

/** For whom something is written; what is for everybody is for anonymous readers, too. */
export type AudienceName = 'PUBLIC' | 'CUSTOMERS' | 'PARTNERS' | 'STAFF';

const EVERYTHING: readonly AudienceName[] = ['PUBLIC', 'CUSTOMERS', 'PARTNERS', 'STAFF'];

/** What a reader may read; null is one who did not sign in. */
export function audiencesOf(viewer: Pick<Viewer, 'role'> | null): readonly AudienceName[] {
  if (!viewer) return ['PUBLIC'];
  if (viewer.role === Role.CUSTOMER) return ['PUBLIC', 'CUSTOMERS'];
  if (viewer.role === Role.PARTNER) return ['PUBLIC', 'PARTNERS'];
  return EVERYTHING;
}

/** Who writes sees all of them; everybody else what is published for them. */
export function visibleArticle(viewer: Viewer, alias: string, parameters: Parameters): string | undefined {
  if (viewer.may('knowledge:write')) return undefined;
  if (!viewer.may('knowledge:read')) return 'false';
  return `(${alias}.state = 'PUBLISHED' and ${alias}.audience = any (${parameters.add(audiencesOf(viewer), 'text[]')}))`;
}

export function visibleArticleCategory(viewer: Viewer, alias: string, parameters: Parameters): string | undefined {
  if (viewer.may('staff:read')) return undefined;
  return `${alias}.audience = any (${parameters.add(audiencesOf(viewer), 'text[]')})`;
}

/** What only who writes needs to know. */
export const visibleToWriters = (viewer: Viewer): string | undefined =>
  viewer.may('knowledge:write') ? undefined : 'false';
