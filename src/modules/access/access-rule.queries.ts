import type { RequestContext } from './context.js';
import { Role } from './roles.js';
import { DEFAULT_HIDDEN, DEFAULT_SCOPES, RecordKind, type VisibilityScope } from './visibility.defaults.js';

/** What a role sees of one kind of record, as answered. */
export interface EffectiveRule {
  role: Role;
  kind: RecordKind;
  scope: VisibilityScope;
  hiddenFields: string[];
  isDefault: boolean;
}

/** The rule of every role for every kind of record, as it holds now. */
export async function effectiveRules(context: RequestContext): Promise<EffectiveRule[]> {
  const rows = await context.read<Omit<EffectiveRule, 'isDefault'>>(
    'select role, kind, scope, hidden_fields as "hiddenFields" from access_rules',
  );
  const own = new Map(rows.map(row => [`${row.role} ${row.kind}`, row]));
  return Object.values(Role).flatMap(role =>
    Object.values(RecordKind).map(kind => {
      const row = own.get(`${role} ${kind}`);
      return row ? { ...row, isDefault: false } : defaultRule(role, kind);
    }),
  );
}

/** What holds until an organisation says otherwise. */
export function defaultRule(role: Role, kind: RecordKind): EffectiveRule {
  const scope = DEFAULT_SCOPES[role][kind] as VisibilityScope;
  return { role, kind, scope, hiddenFields: DEFAULT_HIDDEN[role]?.[kind] ?? [], isDefault: true };
}
