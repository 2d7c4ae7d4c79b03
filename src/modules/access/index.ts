import type { Access } from './access.service.js';
import { AccessRule } from './access-rule.entity.js';
import { AccessRuleResolver } from './access-rule.resolver.js';
import { ApiKey } from './api-key.entity.js';
import { ApiKeyResolver } from './api-key.resolver.js';
import { AuditResolver } from './audit.resolver.js';
import { AuditEntry } from './audit-entry.entity.js';
import { CallerResolver } from './caller.resolver.js';
import { IdempotencyKey } from './idempotency-key.entity.js';
import { Member } from './member.entity.js';
import { MemberResolver } from './member.resolver.js';
import { NumberSeries } from './number-series.entity.js';
import { OAuthClient } from './oauth-client.entity.js';
import { OAuthClientResolver } from './oauth-client.resolver.js';
import { Organization } from './organization.entity.js';
import { OrganizationResolver } from './organization.resolver.js';
import { SetupResolver } from './setup.resolver.js';
import { Team } from './team.entity.js';
import { TeamResolver } from './team.resolver.js';
import { TeamMember } from './team-member.entity.js';

export { type Access, openAccess } from './access.service.js';
export { publicActor } from './actors.rules.js';
export { askerOf } from './asker.js';
export { audiencesOf } from './audience.rules.js';
export { changesOf } from './audit.queries.js';
export { eachItem, type ItemResult } from './batch.js';
export { Caller } from './caller.resolver.js';
export { change, type Issue, issue } from './change.js';
export { type Language, type ListOfParent, RequestContext } from './context.js';
export { newPortalToken, openCredentials, portalDigest } from './credentials/index.js';
export { MEMBER_BY_EMAIL, TEAM_BY_NAME } from './csv.references.js';
export { dayIn, organizationDay, zoneOf } from './days.js';
export { issueFirstOwnerLink, setUpFirstOwner } from './first-owner.service.js';
export { forgetIdempotencyKeys } from './idempotency.retention.js';
export { createOrganization, createOrganizationApiKey } from './instance.service.js';
export { acceptInvitation, readInvitation } from './invitation.service.js';
export { Member } from './member.entity.js';
export { mutate, withUserErrors } from './mutation.js';
export { namedFinder } from './named.ids.js';
export { nextNumber, nextNumbers } from './numbers.service.js';
export { Organization } from './organization.entity.js';
export {
  isAllowed,
  Permit,
  rootRules,
} from './permissions.rules.js';
export { outranks, Role } from './roles.js';
export { Team } from './team.entity.js';
export { Viewer } from './viewer.js';
export { memberViewer } from './viewer.queries.js';
export { visibleCondition } from './visibility.rules.js';
export { seesRow, visibleId, visibleIds } from './visible.ids.js';

import './records.js';

export const accessEntities = [
  Organization,
  Team,
  Member,
  TeamMember,
  ApiKey,
  OAuthClient,
  AccessRule,
  AuditEntry,
  IdempotencyKey,
  NumberSeries,
];

/** Without `access` they make the schema, but no credential. */
export function accessResolvers(access?: Access): object[] {
  const opened = access as Access;
  return [
    new CallerResolver(),
    new OrganizationResolver(opened),
    new MemberResolver(opened),
    new TeamResolver(opened),
    new ApiKeyResolver(opened),
    new OAuthClientResolver(opened),
    new AccessRuleResolver(opened),
    new AuditResolver(),
    new SetupResolver(opened),
  ];
}
