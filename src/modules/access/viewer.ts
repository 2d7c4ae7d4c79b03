import { AppError } from '../../platform/errors.js';
import { isAllowed, type Permission } from './permissions.rules.js';
import type { Role } from './roles.js';
import { DEFAULT_HIDDEN, DEFAULT_SCOPES, type VisibilityKind, type VisibilityScope } from './visibility.defaults.js';

/** One row of an organisation's own rules, which stand in for the defaults. */
export interface AccessRuleRow {
  role: Role;
  kind: VisibilityKind;
  scope: `${VisibilityScope}`;
  hiddenFields: string[];
}

export interface ViewerFacts {
  /** `user:<id of the member>`, `key:<id>`, `client:<id>`, `customer:<id>`: stored ids, as the audit log keeps them. */
  actor: string;
  organizationId: string;
  role: Role;
  memberId?: string;
  teamIds?: string[];
  customerId?: string;
  /** The session by which a customer is signed in to the portal. */
  portalSessionId?: string;
  rules?: AccessRuleRow[];
}

/** Who is asking, and what that lets them see. */
export class Viewer {
  readonly actor: string;
  readonly organizationId: string;
  readonly role: Role;
  readonly memberId: string | undefined;
  readonly teamIds: string[];
  readonly customerId: string | undefined;
  readonly portalSessionId: string | undefined;
  private readonly rules: Map<string, AccessRuleRow>;

  constructor(facts: ViewerFacts) {
    this.actor = facts.actor;
    this.organizationId = facts.organizationId;
    this.role = facts.role;
    this.memberId = facts.memberId;
    this.teamIds = facts.teamIds ?? [];
    this.customerId = facts.customerId;
    this.portalSessionId = facts.portalSessionId;
    this.rules = new Map((facts.rules ?? []).filter(rule => rule.role === facts.role).map(rule => [rule.kind, rule]));
  }

  may(permission: Permission): boolean {
    return isAllowed(this.role, permission);
  }

  /** Throws FORBIDDEN unless the role may. */
  require(permission: Permission): void {
    if (!this.may(permission))
      throw new AppError('FORBIDDEN', `The role ${this.role} may not do this (${permission}).`);
  }

  scopeOf(kind: VisibilityKind): `${VisibilityScope}` {
    return this.rules.get(kind)?.scope ?? DEFAULT_SCOPES[this.role][kind] ?? 'NONE';
  }

  isHidden(kind: string, field: string): boolean {
    const rule = this.rules.get(kind);
    return (rule ? rule.hiddenFields : (DEFAULT_HIDDEN[this.role]?.[kind as VisibilityKind] ?? [])).includes(field);
  }

  /** Equal for viewers who see exactly the same: subscribers with the same key can be served by one execution. */
  get visibilityKey(): string {
    const rules = [...this.rules.values()].map(rule => [rule.kind, rule.scope, rule.hiddenFields]);
    const personal =
      Object.values(DEFAULT_SCOPES[this.role]).some(scope => scope === 'TEAM' || scope === 'OWN') || rules.length > 0;
    return JSON.stringify([
      this.organizationId,
      this.role,
      rules,
      personal ? [this.memberId, [...this.teamIds].sort(), this.customerId] : null,
    ]);
  }
}
