import type { Tx } from '../../platform/database/database.js';

/** Where most people of a country with several time zones live, or its capital. */
const ZONES: Record<string, string> = {
  AR: 'America/Argentina/Buenos_Aires',
  AU: 'Australia/Sydney',
  BR: 'America/Sao_Paulo',
  CA: 'America/Toronto',
  CL: 'America/Santiago',
  CN: 'Asia/Shanghai',
  DE: 'Europe/Berlin',
  EC: 'America/Guayaquil',
  ES: 'Europe/Madrid',
  GB: 'Europe/London',
  MX: 'America/Mexico_City',
  PT: 'Europe/Lisbon',
  US: 'America/New_York',
};

/** Time zone (IANA) of an organisation: its own setting `timeZone`, else that of its country (ISO 3166-1), else UTC. */
export function zoneOf(country: string, settings: Record<string, unknown> = {}): string {
  const own = settings['timeZone'];
  if (typeof own === 'string' && isZone(own)) return own;
  return ZONES[country] ?? onlyZone(country) ?? 'UTC';
}

/** The calendar day of a moment in a time zone: "2026-11-27". */
export function dayIn(zone: string, moment = new Date()): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(moment);
}

/**
 * What day it is, or was at a moment, for the organisation that acts: validity ends with its day, and its numbers begin anew with its
 * year.
 */
export async function organizationDay(tx: Pick<Tx, 'query' | 'scope'>, moment = new Date()): Promise<string> {
  const [row] = await tx.query<{ country: string; settings: Record<string, unknown> }>(
    'select default_country as country, settings from organizations where id = $1',
    [tx.scope.organizationId],
  );
  return dayIn(zoneOf(row?.country ?? 'ES', row?.settings), moment);
}

function onlyZone(country: string): string | undefined {
  if (!/^[A-Z]{2}$/.test(country)) return undefined;
  const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & { getTimeZones?(): string[] | undefined };
  const zones = locale.getTimeZones?.() ?? [];
  return zones.length === 1 ? zones[0] : undefined;
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
