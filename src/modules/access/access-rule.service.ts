import type { Tx } from '../../platform/database/database.js';
import { invalid } from '../../platform/errors.js';
import { hideableFields } from '../../platform/schema/index.js';
import { defaultRule, type EffectiveRule } from './access-rule.queries.js';
import { isAllowed } from './permissions.rules.js';
import { outranks, Role } from './roles.js';
import type { Viewer } from './viewer.js';
import { RecordKind, VisibilityScope } from './visibility.defaults.js';

export interface RuleChange {
  role: Role;
  kind: RecordKind;
  scope: VisibilityScope;
  hiddenFields?: string[] | null;
}

const { ALL, TEAM, OWN, NONE } = VisibilityScope;

/** What outsiders may be let see at most: a customer its own, a partner what is its team's. */
const OUTSIDERS: Partial<Record<Role, VisibilityScope[]>> = {
  [Role.CUSTOMER]: [OWN, NONE],
  [Role.PARTNER]: [TEAM, OWN, NONE],
};

/** Sets what a role sees, from the next request on. Throws `InputError`. */
export async function setAccessRule(tx: Tx, viewer: Viewer, input: RuleChange): Promise<{ rule: EffectiveRule }> {
  const { role, kind, scope } = input;
  checkMayRule(viewer, role);
  checkScope(role, kind, scope);
  const hiddenFields = [...new Set(input.hiddenFields ?? [])].sort();
  const hideable = hideableFields(kind);
  const unknown = hiddenFields.filter(field => !hideable.includes(field));
  if (unknown.length > 0) {
    const possible = hideable.length > 0 ? `those that can be hidden are ${hideable.join(', ')}` : 'none can be hidden';
    throw invalid('hiddenFields', `Of ${kind}, ${possible}; not ${unknown.join(', ')}.`);
  }
  await tx.query(
    `insert into access_rules (organization_id, role, kind, scope, hidden_fields) values ($1, $2, $3, $4, $5)
     on conflict (organization_id, role, kind) do update
        set scope = excluded.scope, hidden_fields = excluded.hidden_fields, updated_at = now()`,
    [tx.scope.organizationId, role, kind, scope, hiddenFields],
  );
  return { rule: { role, kind, scope, hiddenFields, isDefault: false } };
}

/** Back to the default. Throws `InputError`. */
export async function resetAccessRule(
  tx: Tx,
  viewer: Viewer,
  { role, kind }: Pick<RuleChange, 'role' | 'kind'>,
): Promise<{ rule: EffectiveRule }> {
  checkMayRule(viewer, role);
  await tx.query('delete from access_rules where organization_id = $1 and role = $2 and kind = $3', [
    tx.scope.organizationId,
    role,
    kind,
  ]);
  return { rule: defaultRule(role, kind) };
}

/** Nobody rules over their own sight, so owners always see everything: an organisation cannot lock itself out. */
function checkMayRule(viewer: Viewer, role: Role): void {
  if (!outranks(viewer.role, role))
    throw invalid(
      'role',
      `The role ${viewer.role} sets what roles below it see, not what ${role} sees.`,
      'NOT_ALLOWED',
    );
}

function checkScope(role: Role, kind: RecordKind, scope: VisibilityScope): void {
  const possible = OUTSIDERS[role];
  if (possible && !possible.includes(scope))
    throw invalid('scope', `The role ${role} is an outsider and sees ${possible.join(' or ')}.`, 'NOT_ALLOWED');
  if (kind !== RecordKind.AUDIT) return;
  if (scope !== ALL && scope !== NONE) throw invalid('scope', 'The audit log is seen as a whole or not: ALL or NONE.');
  if (scope === ALL && !isAllowed(role, 'audit:read'))
    throw invalid('scope', `The role ${role} does not read the audit log.`, 'NOT_ALLOWED');
}
