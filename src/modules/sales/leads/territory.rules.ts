/** What a territory asks of what lies in it: every list that is there must fit. */
export interface TerritoryRule {
  id: string;
  parentId: string | null;
  countries: string[];
  postalPrefixes: string[];
  languages: string[];
  industries: string[];
}

export interface Place {
  country: string | null;
  postalCode: string | null;
  language: string | null;
  industry: string | null;
}

const LISTS = ['countries', 'postalPrefixes', 'languages', 'industries'] as const;

const folded = (text: string | null): string => (text ?? '').replace(/[\s-]/g, '').toLowerCase();

function fitsOwn(rule: TerritoryRule, place: Place): boolean {
  const { countries, postalPrefixes, languages, industries } = rule;
  const postal = folded(place.postalCode);
  const language = place.language?.toLowerCase() ?? '';
  const industry = place.industry?.trim().toLowerCase() ?? '';
  return (
    (countries.length === 0 || countries.includes(place.country ?? '')) &&
    (postalPrefixes.length === 0 || postalPrefixes.some(prefix => postal.startsWith(folded(prefix)))) &&
    (languages.length === 0 ||
      languages.some(tag => language === tag.toLowerCase() || language.startsWith(`${tag.toLowerCase()}-`))) &&
    (industries.length === 0 || industries.some(name => name.toLowerCase() === industry))
  );
}

/**
 * The territory in which a place lies: what it and all above it ask must fit, and one that asks for nothing (itself nor above)
 * holds nothing. Of several the deepest in the tree counts, then the one that asks for most, then the oldest.
 */
export function territoryOf(rules: readonly TerritoryRule[], place: Place): string | null {
  const byId = new Map(rules.map(rule => [rule.id, rule]));
  let best: { id: string; depth: number; asks: number } | null = null;
  for (const rule of rules) {
    const path = pathOf(rule, byId);
    const asks = path.flatMap(one => LISTS.filter(list => one[list].length > 0)).length;
    if (asks === 0 || !path.every(one => fitsOwn(one, place))) continue;
    const found = { id: rule.id, depth: path.length, asks };
    const isBetter =
      !best ||
      found.depth > best.depth ||
      (found.depth === best.depth && (found.asks > best.asks || (found.asks === best.asks && found.id < best.id)));
    if (isBetter) best = found;
  }
  return best?.id ?? null;
}

/** The territory and those above it. Ends also where the tree is broken. */
function pathOf(rule: TerritoryRule, byId: ReadonlyMap<string, TerritoryRule>): TerritoryRule[] {
  const path: TerritoryRule[] = [];
  for (let at: TerritoryRule | undefined = rule; at && !path.includes(at); at = byId.get(at.parentId ?? ''))
    path.push(at);
  return path;
}

/** Whether `id` is `above` or lies below it. */
export function liesIn(rules: readonly TerritoryRule[], id: string | null, above: string): boolean {
  const byId = new Map(rules.map(rule => [rule.id, rule]));
  const rule = id ? byId.get(id) : undefined;
  return rule ? pathOf(rule, byId).some(one => one.id === above) : false;
}
