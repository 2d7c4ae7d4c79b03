export interface Colleague {
  /** Stored id. */
  id: string;
  name: string;
}

const LETTER = /[\p{L}\p{N}_]/u;

/**
 * Whom a note calls by `@name`: the longest name that stands there, in full or, where only one colleague has it, the first name.
 * Case does not matter. Answers stored ids in the order of `colleagues`.
 */
export function mentionedIn(text: string, colleagues: readonly Colleague[]): string[] {
  const folded = fold(text);
  const firstOf = ({ name }: Colleague) => fold(name).split(' ')[0]!;
  const byFirst = Map.groupBy(colleagues, firstOf);
  const names = colleagues
    .flatMap(colleague => {
      const isOnly = byFirst.get(firstOf(colleague))!.length === 1;
      return [fold(colleague.name), ...(isOnly ? [firstOf(colleague)] : [])].map(name => ({ name, id: colleague.id }));
    })
    .filter(({ name }) => name !== '')
    .sort((a, b) => b.name.length - a.name.length);
  const found = new Set<string>();
  for (const { index } of folded.matchAll(/@/g)) {
    const before = folded[index - 1];
    // An address such as ana@example.com calls nobody.
    if (before && LETTER.test(before)) continue;
    const rest = folded.slice(index + 1);
    const called = names.filter(({ name }) => rest.startsWith(name) && !LETTER.test(rest[name.length] ?? ' '));
    const [longest] = called;
    for (const { name, id } of called) if (name === longest!.name) found.add(id);
  }
  return colleagues.filter(({ id }) => found.has(id)).map(({ id }) => id);
}

const fold = (text: string): string => text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();
