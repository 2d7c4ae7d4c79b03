/** What can stand in a canned response, as `{{customer.firstName}}`; with a word of its own for when it is not known, after a bar. */
export const VARIABLES = [
  'customer.name',
  'customer.firstName',
  'ticket.number',
  'ticket.subject',
  'agent.name',
  'agent.firstName',
  'organization.name',
] as const;

export type Variable = (typeof VARIABLES)[number];
export type Values = Partial<Record<Variable, string | null>>;

const PLACE = /\{\{([^{}]*)\}\}/g;

const isVariable = (name: string): name is Variable => (VARIABLES as readonly string[]).includes(name);

function readPlace(inside: string): { name: string; instead: string | undefined } {
  const bar = inside.indexOf('|');
  return bar < 0
    ? { name: inside.trim(), instead: undefined }
    : { name: inside.slice(0, bar).trim(), instead: inside.slice(bar + 1).trim() };
}

/** Names in a text that are no variables, each once, in order. */
export function unknownVariables(text: string): string[] {
  const names = [...text.matchAll(PLACE)].map(([, inside]) => readPlace(inside!).name);
  return [...new Set(names.filter(name => !isVariable(name)))];
}

/** A text with its variables filled in; `missing` names those of which nothing is known, and which stay as they are. */
export function fillVariables(text: string, values: Values): { text: string; missing: Variable[] } {
  const missing = new Set<Variable>();
  const filled = text.replace(PLACE, (place, inside: string) => {
    const { name, instead } = readPlace(inside);
    if (!isVariable(name)) return place;
    const value = values[name] || instead;
    if (!value) missing.add(name);
    return value || place;
  });
  return { text: filled, missing: [...missing] };
}

/** Of texts by language the one that is nearest to what is wanted, in the order in which it is: `es` serves `es-AR`, and the other way. */
export function textFor(
  texts: Readonly<Record<string, string>>,
  wanted: readonly (string | null | undefined)[],
): { language: string; text: string } {
  const languages = Object.keys(texts);
  for (const tag of wanted) {
    if (!tag) continue;
    const found =
      languages.find(language => language.toLowerCase() === tag.toLowerCase()) ??
      languages.find(language => mainOf(language) === mainOf(tag));
    if (found) return { language: found, text: texts[found]! };
  }
  const [first] = languages;
  return { language: first!, text: texts[first!]! };
}

const mainOf = (tag: string): string => tag.toLowerCase().split('-')[0]!;
