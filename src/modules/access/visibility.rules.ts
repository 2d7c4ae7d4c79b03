import type { Parameters } from '../../platform/paging/index.js';
import { visibleArticle, visibleArticleCategory, visibleToWriters } from './audience.rules.js';
import { Role } from './roles.js';
import type { Viewer } from './viewer.js';
import type { VisibilityKind, VisibilityScope } from './visibility.defaults.js';

/**
 * The condition that keeps of the rows aliased `alias` those the viewer may see, or undefined when that is all of them.
 * The one place where it is decided: lists, counts, references, search, exports and subscriptions all call it. `seen` is a column
 * that holds an identity the viewer is known to see, such as the parent of a list: it is not looked up again for each row.
 */
export function visibleCondition(
  viewer: Viewer,
  kind: string,
  alias: string,
  parameters: Parameters,
  seen?: string,
): string | undefined {
  if (kind === 'INTERACTION') return visibleInteraction(viewer, alias, parameters, seen);
  if (kind === 'POST') return visiblePost(viewer, alias, parameters, seen);
  // Whoever sees what a person says sees what is said to them; drafts are no business of outsiders.
  if (kind === 'REPLY')
    return viewer.may('replies:read') ? visiblePost(viewer, alias, parameters, seen, 'recipient_identity_id') : 'false';
  // What was written down of a call is for staff, of whom they see.
  if (kind === 'CALL')
    return viewer.may('support:read') ? visiblePost(viewer, alias, parameters, seen, 'identity_id') : 'false';
  if (kind === 'COMMUNITY') return visibleCommunity(viewer, alias, parameters);
  if (kind === 'LEAD_SUGGESTION') return visibleLeadSuggestion(viewer, alias, parameters);
  if (kind === 'LINK_SUGGESTION') return visibleLinkSuggestion(viewer, alias, parameters);
  if (kind === 'ARTICLE') return visibleArticle(viewer, alias, parameters);
  if (kind === 'ARTICLE_CATEGORY') return visibleArticleCategory(viewer, alias, parameters);
  if (kind === 'ARTICLE_WRITING') return visibleToWriters(viewer);
  if (kind === 'OF_TICKET') return visibleOfTicket(viewer, alias, parameters);
  if (kind === 'TICKET_MESSAGE') return visibleTicketMessage(viewer, alias, parameters);
  if (kind === 'ERP_CONFLICT') return visibleErpConflict(viewer, alias, parameters);
  if (kind === 'INVOICE') return visibleInvoice(viewer, alias, parameters);
  if (kind === 'SALES_TARGET') return visibleTarget(viewer, alias, parameters);
  const scope = viewer.scopeOf(kind as VisibilityKind);
  if (scope === 'ALL') return undefined;
  if (scope === 'NONE') return 'false';
  switch (kind as VisibilityKind) {
    case 'CUSTOMER':
      return visibleCustomer(viewer, scope, alias, parameters);
    case 'IDENTITY':
      return visibleThroughCustomer(viewer, scope, alias, parameters);
    case 'CONVERSATION':
    case 'CHANNEL':
      return visibleByTeam(viewer, scope, alias, kind === 'CONVERSATION' ? 'assignee_id' : null, parameters);
    case 'STAFF':
      return visibleStaff(viewer, scope, alias, parameters);
    case 'LEAD':
    case 'OPPORTUNITY':
      return visibleByHierarchy(viewer, scope, alias, parameters);
    case 'ACTIVITY':
      return visibleActivity(viewer, scope, alias, parameters);
    case 'TICKET':
      return visibleTicket(viewer, scope, alias, parameters);
    case 'QUOTE':
      return visibleQuote(viewer, scope, alias, parameters);
    case 'ORDER':
      return visibleThroughCustomer(viewer, scope, alias, parameters);
    default:
      return 'false';
  }
}

/** Under its own rule, and never without its author: a post shows who said it. */
function visiblePost(
  viewer: Viewer,
  alias: string,
  parameters: Parameters,
  seen?: string,
  person = 'author_id',
): string | undefined {
  const scopes = new Set([viewer.scopeOf('POST'), viewer.scopeOf('IDENTITY')]);
  if (scopes.has('NONE')) return 'false';
  if (seen === person) scopes.delete(viewer.scopeOf('IDENTITY'));
  const rules = [...scopes]
    .filter(scope => scope !== 'ALL')
    .map(scope => visibleThroughCustomer(viewer, scope, 'vi', parameters));
  if (rules.length === 0) return undefined;
  return `exists (select 1 from social_identities vi where vi.organization_id = ${alias}.organization_id and vi.id = ${alias}.${person} and ${rules.join(' and ')})`;
}

function visibleCustomer(viewer: Viewer, scope: `${VisibilityScope}`, alias: string, parameters: Parameters): string {
  if (viewer.role === Role.CUSTOMER)
    return viewer.customerId ? `${alias}.id = ${parameters.add(viewer.customerId, 'uuid')}` : 'false';
  return visibleByTeam(viewer, scope, alias, 'owner_id', parameters);
}

/** Members and teams have ids of one kind, and a UUID is never both. */
function visibleStaff(viewer: Viewer, scope: `${VisibilityScope}`, alias: string, parameters: Parameters): string {
  const mine = viewer.memberId ? [viewer.memberId] : [];
  if (scope === 'OWN') return `${alias}.id = any (${parameters.add(mine, 'uuid[]')})`;
  const teams = parameters.add(viewer.teamIds, 'uuid[]');
  const colleagues = `select vm.member_id from team_members vm where vm.organization_id = ${alias}.organization_id and vm.team_id = any (${teams})`;
  return `(${alias}.id = any (${parameters.add([...mine, ...viewer.teamIds], 'uuid[]')}) or ${alias}.id in (${colleagues}))`;
}

/** Mine; under TEAM also my teams', and what nobody has taken yet: that is for staff to take, not for a partner to read. */
function visibleByTeam(
  viewer: Viewer,
  scope: `${VisibilityScope}`,
  alias: string,
  owner: string | null,
  parameters: Parameters,
): string {
  const mine = owner && viewer.memberId ? `${alias}.${owner} = ${parameters.add(viewer.memberId, 'uuid')}` : 'false';
  if (scope === 'OWN') return `(${mine})`;
  const teams = `${alias}.team_id = any (${parameters.add(viewer.teamIds, 'uuid[]')})`;
  if (viewer.role === Role.PARTNER) return `(${mine} or ${teams})`;
  const nobodys = owner ? `(${alias}.${owner} is null and ${alias}.team_id is null)` : `${alias}.team_id is null`;
  return `(${mine} or ${teams} or ${nobodys})`;
}

/** By team, and as the hierarchy of teams has it: what belongs to somebody of my teams or of a team below them is seen, too. */
function visibleByHierarchy(
  viewer: Viewer,
  scope: `${VisibilityScope}`,
  alias: string,
  parameters: Parameters,
  owner = 'owner_id',
): string {
  const byTeam = visibleByTeam(viewer, scope, alias, owner, parameters);
  if (scope === 'OWN' || viewer.teamIds.length === 0) return byTeam;
  const teams = parameters.add(viewer.teamIds, 'uuid[]');
  // Says nothing of the row, so that it is worked out once, and as an array it is looked up in an index: teams are of the viewer's own organisation.
  return `(${byTeam} or ${alias}.${owner} = any (array(select vm.member_id from team_members vm where vm.team_id = any (${teams}))))`;
}

/** A customer sees its own; staff as the hierarchy has it, and whoever follows one sees it, too. */
function visibleTicket(viewer: Viewer, scope: `${VisibilityScope}`, alias: string, parameters: Parameters): string {
  if (viewer.role === Role.CUSTOMER)
    return viewer.customerId ? `${alias}.customer_id = ${parameters.add(viewer.customerId, 'uuid')}` : 'false';
  const byHierarchy = visibleByHierarchy(viewer, scope, alias, parameters, 'assignee_id');
  if (!viewer.memberId) return byHierarchy;
  return `(${byHierarchy} or ${alias}.id = any (array(select vf.ticket_id from ticket_followers vf where vf.member_id = ${parameters.add(viewer.memberId, 'uuid')})))`;
}

/** As its ticket is. */
function visibleOfTicket(viewer: Viewer, alias: string, parameters: Parameters): string | undefined {
  const visible = visibleCondition(viewer, 'TICKET', 'vt', parameters);
  return visible
    ? `exists (select 1 from tickets vt where vt.organization_id = ${alias}.organization_id and vt.id = ${alias}.ticket_id and ${visible})`
    : undefined;
}

/** As its ticket is; what is for us alone by staff only. */
function visibleTicketMessage(viewer: Viewer, alias: string, parameters: Parameters): string | undefined {
  const conditions = [
    visibleOfTicket(viewer, alias, parameters),
    // Outsiders read what was said to them, not what may yet be taken back.
    (viewer.role === Role.CUSTOMER || viewer.role === Role.PARTNER) &&
      `${alias}.visibility <> 'INTERNAL' and ${alias}.state in ('RECEIVED', 'KEPT', 'SENT', 'DELIVERED', 'READ')`,
    viewer.role === Role.CUSTOMER && viewer.customerId && saidBetweenUs(viewer.customerId, alias, parameters),
  ].filter(Boolean);
  return conditions.length > 0 ? conditions.join(' and ') : undefined;
}

/** What the customer said, or was told: a ticket may have been another's before. On networks its identities say who that was. */
function saidBetweenUs(customerId: string, alias: string, parameters: Parameters): string {
  const mine = parameters.add(customerId, 'uuid');
  const through = (table: string, key: string, person: string) =>
    `exists (select 1 from ${table} vp join social_identities vi on vi.organization_id = vp.organization_id and vi.id = vp.${person}
       where vp.organization_id = ${alias}.organization_id and vp.id = ${alias}.${key} and vi.customer_id = ${mine})`;
  const onNetworks = [
    through('posts', 'post_id', 'author_id'),
    through('replies', 'reply_id', 'recipient_identity_id'),
  ];
  return `(${alias}.customer_id is null or ${alias}.customer_id = ${mine} or ${onNetworks.join(' or ')})`;
}

/** As orders are; a customer sees its own once they are more than a draft. */
function visibleInvoice(viewer: Viewer, alias: string, parameters: Parameters): string | undefined {
  const visible = visibleCondition(viewer, 'ORDER', alias, parameters);
  return visible && viewer.role === Role.CUSTOMER ? `(${visible} and ${alias}.status <> 'DRAFT')` : visible;
}

/** As opportunities are; that of the whole organisation, which is nobody's, only by whoever sees all of them. */
function visibleTarget(viewer: Viewer, alias: string, parameters: Parameters): string | undefined {
  const visible = visibleCondition(viewer, 'OPPORTUNITY', alias, parameters);
  return visible && `(${visible} and (${alias}.owner_id is not null or ${alias}.team_id is not null))`;
}

/** Ways to reach a customer, as fields that an ERP and we may disagree on. */
const REACHING = ['email', 'phone', 'address'];

/** With the way to the ERP; what it says of a customer or a product only to who sees that of them. */
function visibleErpConflict(viewer: Viewer, alias: string, parameters: Parameters): string | undefined {
  if (viewer.scopeOf('ERP') !== 'ALL') return 'false';
  const customers = visibleCondition(viewer, 'CUSTOMER', 've', parameters);
  const conditions = [
    customers &&
      `(${alias}.kind <> 'CUSTOMER' or exists (select 1 from customers ve where ve.organization_id = ${alias}.organization_id and ve.id = ${alias}.record_id and ${customers}))`,
    viewer.isHidden('CUSTOMER', 'contactPoints') &&
      `(${alias}.kind <> 'CUSTOMER' or ${alias}.field <> all (${parameters.add(REACHING, 'text[]')}))`,
    viewer.scopeOf('CATALOGUE') !== 'ALL' && `${alias}.kind = 'CUSTOMER'`,
  ].filter(Boolean);
  return conditions.length > 0 ? conditions.join(' and ') : undefined;
}

/** As the hierarchy has it; whoever is asked to attend sees it, whoever's it is. */
function visibleActivity(viewer: Viewer, scope: `${VisibilityScope}`, alias: string, parameters: Parameters): string {
  const byHierarchy = visibleByHierarchy(viewer, scope, alias, parameters);
  if (!viewer.memberId) return byHierarchy;
  return `(${byHierarchy} or exists (select 1 from activity_attendees va where va.organization_id = ${alias}.organization_id and va.activity_id = ${alias}.id and va.member_id = ${parameters.add(viewer.memberId, 'uuid')}))`;
}

/** A customer sees its own once they were sent to it; staff as the hierarchy has it. */
function visibleQuote(viewer: Viewer, scope: `${VisibilityScope}`, alias: string, parameters: Parameters): string {
  if (viewer.role !== Role.CUSTOMER) return visibleByHierarchy(viewer, scope, alias, parameters);
  if (!viewer.customerId) return 'false';
  return `(${alias}.customer_id = ${parameters.add(viewer.customerId, 'uuid')} and ${alias}.sent_at is not null)`;
}

/** A stranger is everybody's; an identity that is linked is seen by whoever sees its customer. */
function visibleThroughCustomer(
  viewer: Viewer,
  scope: `${VisibilityScope}`,
  alias: string,
  parameters: Parameters,
): string {
  const customer = `exists (select 1 from customers vc where vc.organization_id = ${alias}.organization_id and vc.id = ${alias}.customer_id and ${visibleCustomer(viewer, scope, 'vc', parameters)})`;
  const isStaff = viewer.role !== Role.CUSTOMER && viewer.role !== Role.PARTNER;
  return scope === 'TEAM' && isStaff ? `(${alias}.customer_id is null or ${customer})` : customer;
}

/** Seen by whoever may read the graph and sees one of its members. */
function visibleCommunity(viewer: Viewer, alias: string, parameters: Parameters): string | undefined {
  if (!viewer.may('graph:read')) return 'false';
  const visible = visibleCondition(viewer, 'IDENTITY', 'vm', parameters);
  return visible
    ? `exists (select 1 from identity_influence vx join social_identities vm on vm.organization_id = vx.organization_id and vm.id = vx.identity_id where vx.organization_id = ${alias}.organization_id and vx.community_id = ${alias}.id and ${visible})`
    : undefined;
}

/** Nobody's yet, so seen by whoever sees leads that nobody has taken, and the post. */
function visibleLeadSuggestion(viewer: Viewer, alias: string, parameters: Parameters): string | undefined {
  const scope = viewer.scopeOf('LEAD');
  if (scope === 'NONE' || scope === 'OWN' || viewer.role === Role.PARTNER || viewer.role === Role.CUSTOMER)
    return 'false';
  const visible = visibleCondition(viewer, 'POST', 'vp', parameters);
  return visible
    ? `exists (select 1 from posts vp where vp.organization_id = ${alias}.organization_id and vp.id = ${alias}.post_id and ${visible})`
    : undefined;
}

/** Seen by whoever sees both the identity and the customer. */
function visibleLinkSuggestion(viewer: Viewer, alias: string, parameters: Parameters): string | undefined {
  const sides = [
    { kind: 'IDENTITY', table: 'social_identities', key: 'identity_id' },
    { kind: 'CUSTOMER', table: 'customers', key: 'customer_id' },
  ].flatMap(({ kind, table, key }) => {
    const visible = visibleCondition(viewer, kind, 'vs', parameters);
    return visible
      ? `exists (select 1 from ${table} vs where vs.organization_id = ${alias}.organization_id and vs.id = ${alias}.${key} and ${visible})`
      : [];
  });
  return sides.length > 0 ? sides.join(' and ') : undefined;
}

/** Seen by whoever sees both ends. */
function visibleInteraction(viewer: Viewer, alias: string, parameters: Parameters, seen?: string): string | undefined {
  const unseen = ['from_identity_id', 'to_identity_id'].filter(end => end !== seen);
  const ends = unseen.map(end => {
    const visible = visibleCondition(viewer, 'IDENTITY', 'ii', parameters);
    return visible
      ? `exists (select 1 from social_identities ii where ii.organization_id = ${alias}.organization_id and ii.id = ${alias}.${end} and ${visible})`
      : undefined;
  });
  const conditions = ends.filter(end => end !== undefined);
  return conditions.length > 0 ? conditions.join(' and ') : undefined;
}
