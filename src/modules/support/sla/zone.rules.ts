import { IANAZone } from 'luxon';

export const MINUTE = 60_000;
export const DAY = 1440 * MINUTE;

/** A stretch of time, [from, to) in epoch milliseconds, in which the clocks of a zone are `offset` ahead of UTC. */
export interface Stretch {
  from: number;
  to: number;
  offset: number;
}

const stretchesByZone = new Map<string, Map<number, Stretch[]>>();

/** Whether this is the name of a time zone that clocks can be read in. */
export const isZone = (name: string): boolean => IANAZone.isValidZone(name);

/**
 * The stretches of even clocks in a year of UTC, in order and without gaps. Zones change their clocks at most once within a day,
 * so that looking once a day finds every change; the moment itself is then found to the minute.
 */
export function stretchesOf(zone: string, year: number): readonly Stretch[] {
  let years = stretchesByZone.get(zone);
  if (!years) {
    years = new Map();
    stretchesByZone.set(zone, years);
  }
  let stretches = years.get(year);
  if (!stretches) {
    stretches = findStretches(IANAZone.create(zone), Date.UTC(year, 0), Date.UTC(year + 1, 0));
    years.set(year, stretches);
  }
  return stretches;
}

function findStretches(zone: IANAZone, from: number, to: number): Stretch[] {
  const offsetAt = (at: number) => Math.round(zone.offset(at) * MINUTE);
  const stretches: Stretch[] = [{ from, to, offset: offsetAt(from) }];
  for (let day = from + DAY; day <= to; day += DAY) {
    const last = stretches.at(-1)!;
    const offset = offsetAt(Math.min(day, to - MINUTE));
    if (offset === last.offset) continue;
    let [before, after] = [day - DAY, Math.min(day, to - MINUTE)];
    while (after - before > MINUTE) {
      const middle = before + Math.floor((after - before) / 2 / MINUTE) * MINUTE;
      if (offsetAt(middle) === last.offset) before = middle;
      else after = middle;
    }
    last.to = after;
    stretches.push({ from: after, to, offset });
  }
  return stretches;
}
