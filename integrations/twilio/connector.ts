import { z } from 'zod';
import {
  type Batch,
  type Connector,
  type ConnectorContext,
  ConnectorError,
  type Network,
  type SendCommand,
  triedSince,
  type UpsertEvent,
} from '../../src/ingest/connector.js';
import { renderPlain, smsNotes } from '../../src/ingest/rendering.js';
import { numberIdentity, numberToWrite } from '../../src/ingest/short.message.js';
import { isCalledAt } from '../../src/platform/hook.address.js';
import { configureTwilio, TWILIO_FIELDS, type TwilioConfig } from './account.config.js';
import { isTo, type ListedMessage, listedEvent, listedMessage, messageOf, receiptOf } from './message.event.js';
import { formOf, isSigned } from './request.signature.js';
import { askTwilio } from './rest.client.js';

/** Up to when everything was read; the day is read again, for Twilio lists by day and out of order. */
export interface TwilioCursor {
  until: string;
}

export interface TwilioOptions {
  /** Of the REST API; Twilio's own unless given. */
  origin?: string;
}

const LONGEST_TEXT = 1600;
const MOST_PAGES = 50;
const HOUR_MS = 3_600_000;
const NOTHING = { status: 200, body: '<Response/>', headers: { 'content-type': 'text/xml' } };

const page = z.object({ messages: z.array(z.unknown()), next_page_uri: z.string().nullish() });

/** Text messages of a number at Twilio: told by webhook, read again from the list, answered over REST. */
export function twilioConnector({
  origin = 'https://api.twilio.com',
}: TwilioOptions = {}): Connector<TwilioConfig, TwilioCursor> {
  async function* list(context: ConnectorContext<TwilioConfig>, query: Record<string, string>) {
    let path: string | null | undefined = 'Messages';
    for (let pages = 0; path && pages < MOST_PAGES; pages += 1) {
      const found = page.safeParse(
        await askTwilio(context, origin, path, path === 'Messages' ? { query: { ...query, PageSize: '100' } } : {}),
      );
      if (!found.success) {
        const message = 'Twilio answered something other than a list of messages.';
        throw new ConnectorError({ class: 'transient', message, scope: 'endpoint' });
      }
      yield found.data.messages.flatMap(given => listedMessage.safeParse(given).data ?? []);
      path = found.data.next_page_uri;
    }
  }

  return {
    kind: 'twilio',
    label: 'SMS (Twilio)',
    version: 1,
    network: 'SMS' as Network,
    capabilities: {
      inbound: { webhook: true, stream: false, poll: true },
      reply: { public: false, private: true },
      edits: { notified: false, detectable: false },
      deletions: { notified: false, detectable: false },
      threadDepth: 1,
      textLimit: { max: LONGEST_TEXT, unit: 'characters' },
      media: false,
      idempotency: 'lookup',
      receipts: true,
      historyDays: 400,
    },
    connection: {
      fields: [
        ...TWILIO_FIELDS,
        {
          name: 'messagingServiceSid',
          kind: 'setting',
          required: false,
          description: 'A Messaging Service to send through, if you use one; it begins with MG.',
        },
      ],
    },
    configure: configureTwilio,

    async check(context) {
      try {
        await askTwilio(context, origin, '');
        return { ok: true, account: numberIdentity(context.config.number) };
      } catch (error) {
        if (error instanceof ConnectorError) return { ok: false, problem: error.fault };
        throw error;
      }
    },

    async *poll(context, cursor): AsyncGenerator<Batch<TwilioCursor>> {
      const began = context.now();
      const from = cursor ? new Date(Date.parse(cursor.until) - HOUR_MS) : context.since;
      let missed: Date | undefined;
      // Both directions: what we said elsewhere belongs to the conversation too.
      for (const side of ['To', 'From']) {
        const query = { [side]: context.config.number, 'DateSent>': from.toISOString().slice(0, 10) };
        try {
          let pages = 0;
          for await (const messages of list(context, query)) {
            pages += 1;
            const events = eventsSince(messages, from, context.config);
            if (context.signal.aborted) return;
            if (events.length > 0) yield { events, cursor: cursor ?? { until: from.toISOString() }, more: true };
            // Newest first: a page without anything new is the end of what is.
            if (messages.length > 0 && events.length === 0) break;
            if (pages === MOST_PAGES && cursor) missed = events[0]?.occurredAt;
          }
        } catch (error) {
          if (context.signal.aborted) return;
          throw error;
        }
      }
      const gap = missed && { from, to: missed, reason: 'More messages came than are read at once.' };
      yield { events: [], cursor: { until: began.toISOString() }, more: false, ...(gap && { gap }) };
    },

    verifyWebhook({ config }, request) {
      if (!isSigned(request, config.authToken))
        return { kind: 'reject', status: 403, reason: 'The signature is not that of our account at Twilio.' };
      return { kind: 'events', response: NOTHING };
    },
    parseWebhook({ config, now, hookUrl }, request) {
      const form = formOf(request);
      // What another of our numbers was told is read for this one too, and is none of its own.
      if (!isCalledAt(request.url, hookUrl) && !isTo(form, config)) return { events: [] };
      const message = messageOf(form, config, now());
      const receipt = message ? undefined : receiptOf(form, now());
      return { events: message ? [message] : [], receipts: receipt ? [receipt] : [] };
    },

    render: (_context, draft) => renderPlain(draft, { max: LONGEST_TEXT, notes: smsNotes }),
    async send(context, command) {
      const { number, messagingServiceSid } = context.config;
      const answer = await askTwilio(context, origin, 'Messages', {
        method: 'POST',
        form: {
          To: numberToWrite(command),
          ...(messagingServiceSid ? { MessagingServiceSid: messagingServiceSid } : { From: number }),
          Body: command.rendered.text,
          ...(context.hookUrl && { StatusCallback: context.hookUrl }),
        },
      });
      const sent = listedMessage.pick({ sid: true }).safeParse(answer);
      if (!sent.success) return { state: 'unknown' };
      return { state: 'queued', ref: { id: sent.data.sid }, replyTo: { to: numberToWrite(command) } };
    },
    async findSent(context, command) {
      const to = numberToWrite(command);
      const { number, messagingServiceSid } = context.config;
      // A Messaging Service chooses the number, and what only waits to be sent has no date of sending to ask for.
      const query = { To: to, ...(!messagingServiceSid && { From: number }) };
      for await (const messages of list(context, query)) {
        const found = messages.find(message => isOurs(message, command));
        if (found) return { ref: { id: found.sid }, replyTo: { to } };
        if (messages.length > 0 && messages.every(message => isBefore(message, command))) return null;
      }
      return null;
    },
  };
}

function eventsSince(messages: ListedMessage[], from: Date, config: TwilioConfig): UpsertEvent[] {
  return messages
    .map(message => listedEvent(message, config))
    .filter(event => event !== undefined)
    .filter(event => event.occurredAt >= from)
    .sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime());
}

/** Twilio's clock is not ours. */
const isBefore = ({ date_created, date_sent }: ListedMessage, { firstTriedAt }: SendCommand): boolean =>
  !(Date.parse(date_created ?? date_sent ?? '') >= triedSince({ firstTriedAt }));

/** Twilio gives no key to look for: the same words to the same number since we first tried are ours. Trial accounts get a line before them. */
function isOurs(message: ListedMessage, command: SendCommand): boolean {
  const isSaid = message.body?.trim().endsWith(command.rendered.text) === true;
  return isSaid && message.direction.startsWith('outbound') && !isBefore(message, command);
}
