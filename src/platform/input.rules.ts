import type { InputProblem } from './errors.js';
import { InputError } from './errors.js';
import { cleanLine, cleanText } from './text.js';

/** Everything wrong with an input is said at once. */
export type Problems = InputProblem[];

export function report(
  problems: Problems,
  field: string,
  message: string,
  code: InputProblem['code'] = 'INVALID',
): null {
  problems.push({ field, code, message });
  return null;
}

export function throwAny(problems: Problems): void {
  if (problems.length > 0) throw new InputError(problems);
}

/** A text on one line, cleaned; null when nothing is left of it. Too long a one is reported. */
export function optionalLine(
  problems: Problems,
  field: string,
  raw: string | null | undefined,
  most: number,
): string | null {
  return bounded(problems, field, cleanLine(raw ?? ''), most);
}

/** Like `optionalLine`, reported when it is missing. */
export function requiredLine(problems: Problems, field: string, raw: string | null | undefined, most: number): string {
  const text = cleanLine(raw ?? '');
  if (!text) report(problems, field, 'It must be given.', 'REQUIRED');
  return bounded(problems, field, text, most) ?? '';
}

/** A text of several lines, reported when it is missing. */
export function requiredText(problems: Problems, field: string, raw: string | null | undefined, most: number): string {
  const text = cleanText(raw ?? '');
  if (!text) report(problems, field, 'It must be given.', 'REQUIRED');
  return bounded(problems, field, text, most) ?? '';
}

function bounded(problems: Problems, field: string, text: string, most: number): string | null {
  if (text.length > most) return report(problems, field, `It has at most ${most} characters.`, 'TOO_LONG');
  return text || null;
}

/** Today where it is already tomorrow, so that nobody's today is refused as the future. */
export const latestToday = (): string => new Date(Date.now() + 14 * 3_600_000).toISOString().slice(0, 10);

/** Calendar days are stored as PostgreSQL keeps them: from the year 1 on, ISO 8601. */
export function isCalendarDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < '0001-01-01') return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
}

const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;
const MOST_LANGUAGES = 50;

/** Names by language, as kept. */
export function cleanNames(problems: Problems, field: string, given: unknown): Record<string, string> {
  if (given == null) return {};
  if (typeof given !== 'object' || Array.isArray(given) || Object.keys(given).length > MOST_LANGUAGES) {
    report(problems, field, 'It is an object of names by language: {"es": "Propuesta"}.');
    return {};
  }
  const names: Record<string, string> = {};
  for (const [language, name] of Object.entries(given)) {
    if (!LANGUAGE.test(language)) report(problems, `${field}.${language}`, 'There is no such language (BCP 47).');
    else if (typeof name !== 'string') report(problems, `${field}.${language}`, 'It is a text.');
    else {
      const line = optionalLine(problems, `${field}.${language}`, name, 100);
      if (line) names[language] = line;
    }
  }
  return names;
}
