import type { InboundEvent } from './connector.js';

/** No network's post comes near it. */
const LONGEST_TEXT = 1_000_000;
const LONGEST_HTML = 2_000_000;
const LONGEST_ID = 2000;
const EARLIEST = Date.UTC(1970, 0, 1);
const DAY_MS = 86_400_000;

export interface Sorted {
  kept: InboundEvent[];
  dropped: { id: string; reason: string }[];
}

/**
 * Keeps what can be stored, so that one bad event never stops a source. Text is made storable on the way: PostgreSQL takes no
 * NUL and no half of a surrogate pair.
 */
export function sortEvents(events: readonly InboundEvent[], now: Date): Sorted {
  const sorted: Sorted = { kept: [], dropped: [] };
  for (const event of events) {
    const reason = refusal(event, now);
    if (reason) sorted.dropped.push({ id: String(event?.ref?.id ?? '').slice(0, 200), reason });
    else sorted.kept.push(storable(event));
  }
  return sorted;
}

function refusal(event: InboundEvent, now: Date): string | undefined {
  const { id } = event.ref;
  if (typeof id !== 'string' || id === '') return 'it has no id';
  if (id.length > LONGEST_ID) return 'its id is too long';
  const at = event.occurredAt?.getTime?.();
  if (!(at >= EARLIEST)) return 'its date is none';
  if (at > now.getTime() + DAY_MS) return 'its date lies in the future';
  if (event.op === 'delete') return undefined;
  if (event.editedAt && Number.isNaN(event.editedAt.getTime())) return 'the date of its edit is none';
  if (typeof event.text !== 'string') return 'it has no text';
  if (event.text.length > LONGEST_TEXT || (event.html?.length ?? 0) > LONGEST_HTML) return 'it is too long';
  if (!event.author.id && !event.author.handle) return 'it does not say who wrote it';
  return undefined;
}

function storable<Value>(value: Value): Value {
  if (typeof value === 'string') {
    return (value.isWellFormed() && !value.includes('\0') ? value : value.toWellFormed().replaceAll('\0', '')) as Value;
  }
  if (Array.isArray(value)) return value.map(storable) as Value;
  if (typeof value !== 'object' || value === null || value instanceof Date || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, storable(inner)])) as Value;
}
