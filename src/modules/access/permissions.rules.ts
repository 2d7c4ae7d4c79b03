import { Role } from './roles.js';

const { OWNER, ADMIN, MANAGER, AGENT, ANALYST, PARTNER, CUSTOMER } = Role;
const EVERYBODY: Role[] = [OWNER, ADMIN, MANAGER, AGENT, ANALYST, PARTNER, CUSTOMER];
const STAFF: Role[] = [OWNER, ADMIN, MANAGER, AGENT, ANALYST];

/** Which roles may do what. Which records they then see is the visibility rule's matter, not this table's. */
export const PERMISSIONS = {
  'organization:read': EVERYBODY,
  'customers:read': [...STAFF, CUSTOMER],
  'customers:write': [OWNER, ADMIN, MANAGER, AGENT],
  'customers:erase': [OWNER, ADMIN],
  'customers:export': [OWNER, ADMIN, MANAGER],
  'fields:manage': [OWNER, ADMIN],
  'social:read': [...STAFF, CUSTOMER],
  'social:write': [OWNER, ADMIN, MANAGER, AGENT],
  'social:reply': [OWNER, ADMIN, MANAGER, AGENT],
  'social:approve': [OWNER, ADMIN, MANAGER],
  'replies:read': STAFF,
  'linking:read': STAFF,
  'linking:write': [OWNER, ADMIN, MANAGER, AGENT],
  'graph:read': STAFF,
  'graph:manage': [OWNER, ADMIN, MANAGER],
  'channels:read': STAFF,
  'channels:manage': [OWNER, ADMIN, MANAGER],
  'sales:read': STAFF,
  'sales:write': [OWNER, ADMIN, MANAGER, AGENT],
  'sales:approve': [OWNER, ADMIN, MANAGER],
  'sales:manage': [OWNER, ADMIN, MANAGER],
  'sales:export': [OWNER, ADMIN, MANAGER],
  'orders:read': [...STAFF, CUSTOMER],
  'quotes:accept': [OWNER, ADMIN, MANAGER, AGENT, CUSTOMER],
  'activities:read': STAFF,
  'activities:write': [OWNER, ADMIN, MANAGER, AGENT],
  'tickets:read': [...STAFF, CUSTOMER],
  'tickets:open': [OWNER, ADMIN, MANAGER, AGENT, CUSTOMER],
  'tickets:work': [OWNER, ADMIN, MANAGER, AGENT],
  'support:read': STAFF,
  'support:manage': [OWNER, ADMIN, MANAGER],
  'knowledge:read': EVERYBODY,
  'knowledge:write': [OWNER, ADMIN, MANAGER, AGENT],
  'surveys:read': STAFF,
  'self:manage': [CUSTOMER],
  'erp:read': [OWNER, ADMIN, MANAGER],
  'erp:resolve': [OWNER, ADMIN, MANAGER],
  'erp:manage': [OWNER, ADMIN],
  'staff:read': STAFF,
  'access:manage': [OWNER, ADMIN],
  'audit:read': [OWNER, ADMIN],
} satisfies Record<string, Role[]>;

export type Permission = keyof typeof PERMISSIONS;

/** `PUBLIC` fields answer anybody, also without a key. */
export type RootRule = Permission | 'PUBLIC';

export const isAllowed = (role: Role, permission: Permission): boolean =>
  (PERMISSIONS[permission] as Role[]).includes(role);

const rules = new Map<string, RootRule>();

/** Declares who may use a root field, by the field's name. A root field without it keeps the schema from being built. */
export function Permit(rule: RootRule): MethodDecorator {
  return (_prototype, method) => {
    rules.set(String(method), rule);
  };
}

export const rootRules = (): ReadonlyMap<string, RootRule> => rules;
