import { isCalendarDay, latestToday, optionalLine, type Problems, report } from '../../platform/input.rules.js';
import { cleanLine } from '../../platform/text.js';
import { CustomerKind } from './customer.entity.js';
import type { CreateCustomerItem } from './customer-change.inputs.js';

/** The part of a customer that its own input sets, in the words of the entity. */
export interface CustomerValues {
  kind: CustomerKind;
  displayName: string | null;
  givenName: string | null;
  familyName: string | null;
  legalName: string | null;
  jobTitle: string | null;
  birthDate: string | null;
  language: string | null;
  timeZone: string | null;
  tags: string[];
  externalId: string | null;
}

const LINES = {
  displayName: 200,
  givenName: 100,
  familyName: 150,
  legalName: 200,
  jobTitle: 150,
  externalId: 200,
} as const;

/** What `item` says, cleaned: a key that is absent was not said. What is wrong is reported. */
export function cleanCustomer(problems: Problems, item: Partial<CreateCustomerItem>): Partial<CustomerValues> {
  const values: Partial<CustomerValues> = {};
  for (const [field, most] of Object.entries(LINES) as [keyof typeof LINES, number][]) {
    if (item[field] !== undefined) values[field] = optionalLine(problems, field, item[field], most);
  }
  if (item.kind) values.kind = item.kind;
  if (item.birthDate !== undefined) values.birthDate = birthDate(problems, item.birthDate);
  if (item.language !== undefined) values.language = cleanLanguage(problems, item.language);
  if (item.timeZone !== undefined) values.timeZone = timeZone(problems, item.timeZone);
  if (item.tags !== undefined) values.tags = tags(problems, item.tags);
  return values;
}

type Names = Pick<CustomerValues, 'kind' | 'givenName' | 'familyName' | 'legalName'>;

/** The name a customer is shown by when nobody gave one, or null when there is nothing to make it of. */
export function defaultDisplayName({ kind, givenName, familyName, legalName }: Names): string | null {
  const personal = [givenName, familyName].filter(Boolean).join(' ');
  return (kind === CustomerKind.COMPANY ? legalName || personal : personal || legalName) || null;
}

function birthDate(problems: Problems, given: string | null): string | null {
  if (given === null) return null;
  if (!isCalendarDay(given)) return report(problems, 'birthDate', 'It is not a day of the calendar.');
  return given <= latestToday() ? given : report(problems, 'birthDate', 'It lies in the future.');
}

/** A language tag in its one normal spelling (BCP 47); what is none is reported as `language`. */
export function cleanLanguage(problems: Problems, given: string | null): string | null {
  const text = given?.trim();
  if (!text) return null;
  try {
    if (text.length <= 35) return Intl.getCanonicalLocales(text)[0] ?? null;
  } catch {
    // Said below, together with what is too long to be one.
  }
  return report(problems, 'language', 'It is not a language of BCP 47, such as es-AR.');
}

const timeZones = new Map(Intl.supportedValuesOf('timeZone').map(zone => [zone.toLowerCase(), zone]));

function timeZone(problems: Problems, given: string | null): string | null {
  const text = given?.trim();
  if (!text) return null;
  const zone = timeZones.get(text.toLowerCase()) ?? (isOtherTimeZone(text) ? text : null);
  return zone ?? report(problems, 'timeZone', 'It is not a time zone of IANA, such as Europe/Madrid.');
}

/** The list above has one name a zone; the database of IANA has more, such as America/Argentina/Buenos_Aires. */
function isOtherTimeZone(text: string): boolean {
  if (!/^[A-Za-z]+(\/[A-Za-z0-9_+-]+){0,2}$/.test(text)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

function tags(problems: Problems, given: string[] | null): string[] {
  const clean = [...new Set((given ?? []).map(cleanLine).filter(Boolean))];
  if (clean.length > 50) report(problems, 'tags', 'There are at most 50 tags.', 'TOO_LONG');
  if (clean.some(tag => tag.length > 60)) report(problems, 'tags', 'A tag has at most 60 characters.', 'TOO_LONG');
  return clean;
}
