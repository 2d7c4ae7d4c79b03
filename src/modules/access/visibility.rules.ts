import type { Parameters } from '../../platform/paging/index.js';
import { Role } from './roles.js';
import type { Viewer } from './viewer.js';

/** How much of a kind of record a role sees. */
export type VisibilityScope = 'ALL' | 'TEAM' | 'OWN' | 'NONE';

/** Kinds of record that have a rule of their own; everything else is seen through the record it belongs to. */
export const VISIBILITY_KINDS = ['CUSTOMER', 'IDENTITY', 'POST', 'CONVERSATION', 'CHANNEL', 'STAFF', 'AUDIT'] as const;
export type VisibilityKind = (typeof VISIBILITY_KINDS)[number];

type Scopes = Record<VisibilityKind, VisibilityScope>;

const all: Scopes = {
  CUSTOMER: 'ALL',
  IDENTITY: 'ALL',
  POST: 'ALL',
  CONVERSATION: 'ALL',
  CHANNEL: 'ALL',
  STAFF: 'ALL',
  AUDIT: 'ALL',
};
const staff: Scopes = { ...all, AUDIT: 'NONE' };
const nothing: Scopes = {
  CUSTOMER: 'NONE',
  IDENTITY: 'NONE',
  POST: 'NONE',
  CONVERSATION: 'NONE',
  CHANNEL: 'NONE',
  STAFF: 'NONE',
  AUDIT: 'NONE',
};

/** What holds until an organisation says otherwise (`setAccessRule`). */
export const DEFAULT_SCOPES: Record<Role, Scopes> = {
  [Role.OWNER]: all,
  [Role.ADMIN]: all,
  [Role.MANAGER]: staff,
  [Role.AGENT]: { ...staff, CUSTOMER: 'TEAM', IDENTITY: 'TEAM', POST: 'TEAM', CONVERSATION: 'TEAM' },
  [Role.ANALYST]: staff,
  [Role.PARTNER]: nothing,
  [Role.CUSTOMER]: { ...nothing, CUSTOMER: 'OWN', IDENTITY: 'OWN', POST: 'OWN' },
};

/** Fields a role does not see, by kind of record, until an organisation says otherwise. */
export const DEFAULT_HIDDEN: Partial<Record<Role, Partial<Record<VisibilityKind, string[]>>>> = {
  [Role.ANALYST]: { CUSTOMER: ['contactPoints', 'notes', 'birthDate'] },
  [Role.CUSTOMER]: { CUSTOMER: ['notes', 'owner', 'team', 'tags', 'customFields'], POST: ['priority'] },
};

/**
 * The condition that keeps of the rows aliased `alias` those the viewer may see, or undefined when that is all of them.
 * The one place where it is decided: lists, counts, references, search, exports and subscriptions all call it.
 */
export function visibleCondition(
  viewer: Viewer,
  kind: string,
  alias: string,
  parameters: Parameters,
): string | undefined {
  const scope = viewer.scopeOf(kind as VisibilityKind);
  if (scope === 'ALL') return undefined;
  if (scope === 'NONE') return 'false';
  switch (kind as VisibilityKind) {
    case 'CUSTOMER':
      return visibleCustomer(viewer, scope, alias, parameters);
    case 'IDENTITY':
      return visibleThroughCustomer(viewer, scope, alias, parameters);
    case 'POST':
      return `exists (select 1 from social_identities vi where vi.organization_id = ${alias}.organization_id and vi.id = ${alias}.author_id and ${visibleThroughCustomer(viewer, scope, 'vi', parameters)})`;
    case 'CONVERSATION':
    case 'CHANNEL':
      return visibleByTeam(viewer, scope, alias, kind === 'CONVERSATION' ? 'assignee_id' : null, parameters);
    case 'STAFF':
      return viewer.memberId ? `${alias}.id = ${parameters.add(viewer.memberId, 'uuid')}` : 'false';
    default:
      return 'false';
  }
}

function visibleCustomer(viewer: Viewer, scope: VisibilityScope, alias: string, parameters: Parameters): string {
  if (viewer.role === Role.CUSTOMER)
    return viewer.customerId ? `${alias}.id = ${parameters.add(viewer.customerId, 'uuid')}` : 'false';
  return visibleByTeam(viewer, scope, alias, 'owner_id', parameters);
}

/** Mine; under TEAM also my teams', and what nobody has taken yet. */
function visibleByTeam(
  viewer: Viewer,
  scope: VisibilityScope,
  alias: string,
  owner: string | null,
  parameters: Parameters,
): string {
  const mine = owner && viewer.memberId ? `${alias}.${owner} = ${parameters.add(viewer.memberId, 'uuid')}` : 'false';
  if (scope === 'OWN') return `(${mine})`;
  const teams = `${alias}.team_id = any (${parameters.add(viewer.teamIds, 'uuid[]')})`;
  const nobodys = owner ? `(${alias}.${owner} is null and ${alias}.team_id is null)` : `${alias}.team_id is null`;
  return `(${mine} or ${teams} or ${nobodys})`;
}

/** A stranger is everybody's; an identity that is linked is seen by whoever sees its customer. */
function visibleThroughCustomer(viewer: Viewer, scope: VisibilityScope, alias: string, parameters: Parameters): string {
  const customer = `exists (select 1 from customers vc where vc.organization_id = ${alias}.organization_id and vc.id = ${alias}.customer_id and ${visibleCustomer(viewer, scope, 'vc', parameters)})`;
  return scope === 'TEAM' && viewer.role !== Role.CUSTOMER ? `(${alias}.customer_id is null or ${customer})` : customer;
}
