import type { Gap } from '../modules/social/index.js';
import { sqlState } from '../platform/errors.js';
import type { Logger } from '../platform/logger.js';
import type { InboundEvent } from './connector.js';

export type Dropped = { id: string; reason: string };

/**
 * Stores events all together; when one of them cannot be stored, each by itself, and those that cannot are added to `dropped`.
 * `accept` stores events in one transaction, and ends the matter in it when it is given what was dropped.
 */
export async function acceptTolerantly(
  events: InboundEvent[],
  dropped: Dropped[],
  accept: (events: InboundEvent[], dropped?: Dropped[]) => Promise<void>,
  log: Logger,
): Promise<void> {
  try {
    return await accept(events, dropped);
  } catch (error) {
    if (events.length === 0 || !isAboutContent(error)) throw error;
  }
  for (const event of events) {
    try {
      await accept([event]);
    } catch (cause) {
      if (!isAboutContent(cause)) throw cause;
      log.warn({ err: cause }, 'an event could not be stored');
      dropped.push({ id: event.ref.id, reason: 'it could not be stored' });
    }
  }
  await accept([], dropped);
}

/** What was dropped is a known loss like any other: recorded and shown, for as long as the source exists. */
export function gapOf(events: InboundEvent[], dropped: Dropped[], now: Date): Gap {
  const ids = new Set(dropped.map(({ id }) => id));
  const times = events
    .filter(event => ids.has(String(event.ref.id)))
    .map(event => event.occurredAt?.getTime?.() ?? Number.NaN)
    .filter(time => time > 0 && time <= now.getTime());
  const named = dropped.slice(0, 3).map(({ id, reason }) => `${id || 'one without an id'} (${reason})`);
  const rest = dropped.length > 3 ? `, and ${dropped.length - 3} more` : '';
  return {
    from: times.length > 0 ? new Date(Math.min(...times)) : now,
    to: now,
    reason: `Could not be kept: ${named.join(', ')}${rest}.`.toWellFormed().replaceAll('\0', ''),
  };
}

/** SQLSTATE classes that speak of the values, not of the server; and what our own code trips over in odd values. */
function isAboutContent(error: unknown): boolean {
  const state = sqlState(error);
  if (state) return /^(22|23|54)/.test(state);
  return error instanceof TypeError || error instanceof RangeError;
}
