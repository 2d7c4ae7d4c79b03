import type { Asker } from '../../platform/paging/index.js';
import type { Viewer } from './viewer.js';
import { visibleCondition } from './visibility.rules.js';

/** What the conditions of a filter may depend on. */
export function askerOf(viewer: Viewer): Asker {
  return {
    memberId: viewer.memberId,
    customerId: viewer.customerId,
    isStaff: viewer.may('staff:read'),
    ticketTeamIds: viewer.scopeOf('TICKET') === 'ALL' ? undefined : viewer.teamIds,
    sees: (kind, alias, parameters) => visibleCondition(viewer, kind, alias, parameters),
    isHidden: (kind, field) => viewer.isHidden(kind, field),
  };
}
