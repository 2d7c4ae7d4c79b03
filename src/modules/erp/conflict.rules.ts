/** Kinds whose records people change on both sides, with the fields that are compared. */
export const SHARED_FIELDS = {
  PRODUCT: ['sku', 'name', 'description', 'kind', 'unit', 'taxPercent', 'isActive'],
  CUSTOMER: ['kind', 'name', 'email', 'phone', 'taxId', 'language', 'address'],
} as const;

export type SharedKind = keyof typeof SHARED_FIELDS;

export type FieldRule = 'OURS' | 'THEIRS' | 'NEWEST' | 'ASK';

/** By kind and field; what is not in it is asked. */
export type FieldRules = Partial<Record<string, Partial<Record<string, FieldRule>>>>;

/** Values of fields by name. Null: known to be empty. A field that is not in it was not said. */
export type FieldValues = Record<string, unknown>;

export interface Comparison {
  ours: FieldValues;
  theirs: FieldValues;
  /** As both last had it; a field that is not in it was never compared. */
  base: FieldValues;
  rules: Partial<Record<string, FieldRule>>;
  /** RFC 3339; undefined where it is not known. */
  oursChangedAt?: string | undefined;
  theirsChangedAt?: string | undefined;
}

export interface Compared {
  /** What is to be taken over from them. */
  take: FieldValues;
  /** What of ours is to be written to them. */
  give: FieldValues;
  /** What a person must decide. */
  ask: string[];
  /** As both have it once `take` and what may be decided is done. */
  base: FieldValues;
}

/**
 * Compares field by field what both sides have with what they last agreed on. A field that only one side changed is theirs or ours
 * without asking; one that both changed to different things is decided by its rule. Without a base, an empty field gives way.
 */
export function compareFields({ ours, theirs, base, rules, oursChangedAt, theirsChangedAt }: Comparison): Compared {
  const compared: Compared = { take: {}, give: {}, ask: [], base: { ...base } };
  for (const [field, there] of Object.entries(theirs)) {
    const here = ours[field] ?? null;
    const known = field in base;
    const before = known ? (base[field] ?? null) : null;
    if (isSame(here, there)) {
      compared.base[field] = there;
    } else if (known ? isSame(before, there) : there === null) {
      compared.base[field] = there;
      compared.give[field] = here;
    } else if (isSame(before, here)) {
      compared.take[field] = there;
      compared.base[field] = there;
    } else {
      const winner = winnerOf(rules[field] ?? 'ASK', oursChangedAt, theirsChangedAt);
      if (winner === 'ASK') {
        compared.ask.push(field);
        continue;
      }
      compared[winner === 'THEIRS' ? 'take' : 'give'][field] = winner === 'THEIRS' ? there : here;
      compared.base[field] = there;
    }
  }
  return compared;
}

function winnerOf(rule: FieldRule, ours: string | undefined, theirs: string | undefined): 'OURS' | 'THEIRS' | 'ASK' {
  if (rule !== 'NEWEST') return rule;
  const [here, there] = [Date.parse(ours ?? ''), Date.parse(theirs ?? '')];
  if (Number.isNaN(here) || Number.isNaN(there)) return 'ASK';
  return there >= here ? 'THEIRS' : 'OURS';
}

export const isSame = (a: unknown, b: unknown): boolean => canonical(a ?? null) === canonical(b ?? null);

/** JSON with sorted keys and without what is missing. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(
          Object.entries(inner)
            .filter(([, kept]) => kept != null)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : inner,
  );
}
