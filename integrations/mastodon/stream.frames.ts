import { z } from 'zod';
import { ConnectorError, type InboundEvent } from '../../src/ingest/connector.js';
import { jsonOf } from '../../src/platform/json.text.js';
import type { Followed } from './source.config.js';
import { eventOf, refOf, type View } from './status.event.js';
import { notification, type Status, status } from './status.shape.js';
import { matchesTags } from './tag.query.js';
import { kindFor, statusIn } from './timeline.reader.js';

export interface StreamedEvent {
  event?: InboundEvent;
  /** Of the notification it came with: from there on a page brings what follows. */
  notificationId?: string;
  isUnreadable?: boolean;
}

/** The payload is JSON within JSON; of a deletion only the id. */
const frame = z.object({ event: z.string(), payload: z.union([z.string(), z.looseObject({})]).optional() });
const refusal = z.object({ error: z.string(), status: z.int().optional() });

/** What a frame of the stream is to the one who follows. Throws `ConnectorError` when the server refuses the subscription. */
export function readFrame(text: string, followed: Followed, view: View, now: Date): StreamedEvent {
  const value = jsonOf(text);
  if (value === undefined) return { isUnreadable: text !== '' && text !== ':thump' };
  const refused = refusal.safeParse(value).data;
  if (refused) {
    const isAuth = refused.status === 401 || refused.status === 403;
    const message = `The stream was refused: ${refused.error.slice(0, 300)}`;
    throw new ConnectorError({ class: isAuth ? 'auth' : 'transient', message, scope: isAuth ? 'account' : 'endpoint' });
  }
  const parsed = frame.safeParse(value).data;
  if (!parsed) return { isUnreadable: true };
  const { event, payload } = parsed;
  if (event === 'delete') {
    const id = typeof payload === 'string' ? payload.trim() : '';
    if (id === '' || id.length > 100) return { isUnreadable: true };
    return { event: { op: 'delete', ref: refOf(id, view), occurredAt: now, tombstone: true } };
  }
  const content = typeof payload === 'string' ? jsonOf(payload) : payload;
  if (event === 'notification') return readNotification(content, followed, view);
  if (event !== 'update' && event !== 'status.update') return {};
  const given = status.safeParse(content).data;
  if (!given) return { isUnreadable: true };
  return isMeant(given, followed, view, event === 'status.update')
    ? { event: eventOf(given, view, kindFor(followed, given, view)) }
    : {};
}

function readNotification(content: unknown, followed: Followed, view: View): StreamedEvent {
  const told = notification.safeParse(content).data;
  if (!told) return { isUnreadable: true };
  const given = statusIn(content);
  return { notificationId: told.id, ...(given && { event: eventOf(given, view, kindFor(followed, given, view)) }) };
}

/** The stream of an account is its whole home: of that, what it says itself, and edits of what names it. */
function isMeant(given: Status, followed: Followed, view: View, isEdit: boolean): boolean {
  if (given.reblog) return false;
  if (followed.kind === 'TAGS')
    return matchesTags(
      followed.query,
      given.tags.map(({ name }) => name.toLowerCase()),
    );
  return given.account.id === view.ownId || (isEdit && given.mentions.some(({ id }) => id === view.ownId));
}
