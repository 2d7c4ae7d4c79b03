import type { Language, RequestContext } from '../../access/index.js';

/** A name in the reader's language, where it was given in that one. For `Derived` fields. */
export function shownName<Row extends { name: string; names: Partial<Record<Language, string>> }>(
  { name, names }: Row,
  { language }: Pick<RequestContext, 'language'>,
): string {
  return names[language] ?? name;
}
