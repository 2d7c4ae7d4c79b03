const RFC_3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?\s?(Z|z|[+-]\d{2}(?::?\d{2})?)?$/;
const EPOCH_SECONDS = /^\d{9,10}(?:\.\d{1,9})?$/;
const EPOCH_MILLISECONDS = /^\d{12,13}$/;

/** Clocks differ, and so do what people take for their time zone; further ahead is a mistake. */
const MOST_AHEAD_MS = 86_400_000;

/** The same, but nothing that has not happened yet. */
export function readPastMoment(text: string): Date | null {
  const moment = readMoment(text);
  return moment && moment.getTime() <= Date.now() + MOST_AHEAD_MS ? moment : null;
}

/**
 * A moment as archives write it: RFC 3339, `YYYY-MM-DD HH:MM:SS` with or without an offset (UTC without one), or seconds or
 * milliseconds since 1970. Null for everything else, days that no calendar has included: which of 03/04/2024 is the month
 * cannot be known.
 */
export function readMoment(text: string): Date | null {
  if (EPOCH_SECONDS.test(text)) return new Date(Math.round(Number(text) * 1000));
  if (EPOCH_MILLISECONDS.test(text)) return new Date(Number(text));
  const parts = RFC_3339.exec(text);
  if (!parts) return null;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const milliseconds = Number((parts[7] ?? '').padEnd(3, '0').slice(0, 3));
  const moment = new Date(Date.UTC(year, month - 1, day, hour, minute, second, milliseconds));
  // Years below 100 would be moved to the 20th century, and the 30th of February to March.
  const isReal =
    moment.getUTCFullYear() === year &&
    moment.getUTCMonth() === month - 1 &&
    moment.getUTCDate() === day &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 59;
  const offset = offsetMinutes(parts[8]);
  return isReal && offset !== null ? new Date(moment.getTime() - offset * 60_000) : null;
}

function offsetMinutes(zone: string | undefined): number | null {
  if (!zone || zone === 'Z' || zone === 'z') return 0;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  const [hours, minutes] = [Number(digits.slice(0, 2)), Number(digits.slice(2))];
  if (hours > 14 || minutes > 59) return null;
  return (zone[0] === '-' ? -1 : 1) * (hours * 60 + minutes);
}

/** Whether something is left of a name once the marks that only announce it are gone: `@` and `u/` name nobody. */
export function namesSomebody(handle: string): boolean {
  return /[\p{L}\p{N}\p{S}_]/u.test(handle.trim().replace(/^[@＠]+|^\/?u\//, ''));
}

/** A web address as it is stored; null for anything that is not http or https. */
export function readWebAddress(text: string): string | null {
  const url = URL.parse(text);
  return url && (url.protocol === 'http:' || url.protocol === 'https:') ? text : null;
}

/** A whole number that fits the database's `integer`; null otherwise. */
export function readCount(text: string): number | null {
  return /^\d{1,10}$/.test(text) && Number(text) <= 2_147_483_647 ? Number(text) : null;
}

/** The canonical form of a BCP 47 tag; null when it is none. */
export function readLanguage(text: string): string | null {
  try {
    return Intl.getCanonicalLocales(text)[0] ?? null;
  } catch {
    return null;
  }
}
