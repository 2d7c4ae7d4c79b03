import { z } from 'zod';
import {
  type Batch,
  type Connector,
  type ConnectorContext,
  ConnectorError,
  type Network,
  type SendCommand,
  type UpsertEvent,
  type WebhookContent,
} from '../../src/ingest/connector.js';
import { stageOf } from '../../src/ingest/rendering.js';
import { numberIdentity } from '../../src/ingest/short.message.js';
import { isCalledAt } from '../../src/platform/hook.address.js';
import { configureTwilio, TWILIO_FIELDS, type TwilioConfig } from './account.config.js';
import {
  callEvent,
  callListed,
  callTold,
  type ListedCall,
  type ListedRecording,
  listedCall,
  listedRecording,
} from './call.event.js';
import { isBetween } from './message.event.js';
import { formOf, isSigned } from './request.signature.js';
import { askTwilio } from './rest.client.js';

/** Up to when everything was read; calls that changed in the hour before are read again. */
export interface VoiceCursor {
  until: string;
}

type Context = ConnectorContext<TwilioConfig>;

const MOST_PAGES = 50;
const HOUR_MS = 3_600_000;
const TOLD = ['initiated', 'ringing', 'answered', 'completed'];
const NOTHING = { status: 200, body: '<Response/>', headers: { 'content-type': 'text/xml' } };

/** Calls of a number at Twilio: told by status callbacks, read again from the list; one click rings an agent, then the customer. */
export function twilioVoiceConnector({
  origin = 'https://api.twilio.com',
}: {
  origin?: string;
} = {}): Connector<TwilioConfig, VoiceCursor> {
  async function* list(
    context: Context,
    name: 'Calls' | 'Recordings',
    query: Record<string, string>,
  ): AsyncGenerator<unknown> {
    let path: string | null | undefined = name;
    for (let pages = 0; path && pages < MOST_PAGES; pages += 1) {
      const answer = await askTwilio(
        context,
        origin,
        path,
        pages === 0 ? { query: { ...query, PageSize: '100' } } : {},
      );
      const found = z
        .object({ [name.toLowerCase()]: z.array(z.unknown()), next_page_uri: z.string().nullish() })
        .safeParse(answer);
      if (!found.success) {
        const message = `Twilio answered something other than a list of ${name.toLowerCase()}.`;
        throw new ConnectorError({ class: 'transient', message, scope: 'endpoint' });
      }
      yield* found.data[name.toLowerCase()] as unknown[];
      path = found.data['next_page_uri'] as string | null | undefined;
    }
  }

  async function callsBy(context: Context, query: Record<string, string>): Promise<ListedCall[]> {
    const given = await Array.fromAsync(list(context, 'Calls', query));
    return given.flatMap(each => listedCall.safeParse(each).data ?? []);
  }

  async function recordingsBy(context: Context, query: Record<string, string>): Promise<ListedRecording[]> {
    const given = await Array.fromAsync(list(context, 'Recordings', query));
    return given.flatMap(each => listedRecording.safeParse(each).data ?? []);
  }

  function eventOf(context: Context, call: ListedCall, legs: ListedCall[], recordings: ListedRecording[]) {
    const sids = new Set([call.sid, ...legs.map(leg => leg.sid)]);
    const heard = callListed(
      call,
      legs,
      recordings.filter(recording => sids.has(recording.call_sid)),
      ({ sid, media_url }) =>
        `${media_url ?? `https://api.twilio.com/2010-04-01/Accounts/${context.config.accountSid}/Recordings/${sid}`}.mp3`,
    );
    return heard && callEvent(heard, context.config);
  }

  return {
    kind: 'twilio-voice',
    label: 'Phone (Twilio)',
    version: 1,
    network: 'PHONE' as Network,
    capabilities: {
      inbound: { webhook: true, stream: false, poll: true },
      reply: { public: false, private: false },
      edits: { notified: true, detectable: true },
      deletions: { notified: false, detectable: false },
      threadDepth: 1,
      media: false,
      // Twilio keeps nothing of ours with a call: nothing to look for. Whoever clicked knows whether the phone rang.
      idempotency: 'none',
      receipts: false,
      historyDays: 400,
    },
    connection: { fields: TWILIO_FIELDS },
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

    async *poll(context, cursor): AsyncGenerator<Batch<VoiceCursor>> {
      const began = context.now();
      const from = cursor ? new Date(Date.parse(cursor.until) - HOUR_MS) : began;
      // A call may have begun the day before it ended.
      const since = new Date(from.getTime() - 24 * HOUR_MS).toISOString().slice(0, 10);
      try {
        const calls: ListedCall[] = [];
        for (const side of ['To', 'From'])
          calls.push(...(await callsBy(context, { [side]: context.config.number, 'StartTime>': since })));
        const changed = calls.filter(call => !call.parent_call_sid && changedAt(call) >= from.getTime());
        const recordings =
          changed.length > 0 ? await recordingsBy(context, { 'DateCreated>': from.toISOString().slice(0, 10) }) : [];
        for (const call of changed.toSorted((a, b) => changedAt(a) - changedAt(b))) {
          if (context.signal.aborted) return;
          const legs = await callsBy(context, { ParentCallSid: call.sid });
          if (isAgentOnly(call, legs)) continue;
          const event = eventOf(context, call, legs, recordings);
          if (event) yield { events: [event], cursor: cursor ?? { until: from.toISOString() }, more: true };
        }
      } catch (error) {
        if (context.signal.aborted) return;
        throw error;
      }
      yield { events: [], cursor: { until: began.toISOString() }, more: false };
    },

    verifyWebhook({ config }, request) {
      if (!isSigned(request, config.authToken))
        return { kind: 'reject', status: 403, reason: 'The signature is not that of our account at Twilio.' };
      return { kind: 'events', response: NOTHING };
    },
    parseWebhook({ config, now, hookUrl }, request): WebhookContent {
      const form = formOf(request);
      // What another of our numbers was told is read for this one too, and is none of its own.
      if (!isCalledAt(request.url, hookUrl) && !isBetween(form, config)) return { events: [] };
      const [sid, parent] = [form.get('CallSid'), form.get('ParentCallSid')];
      if (!sid) return { events: [] };
      // A leg or a recording alone does not tell the call: it is read again as a whole.
      if (parent || !form.get('CallStatus')) return { events: [], notices: [{ id: parent ?? sid }] };
      const customer = new URL(request.url, 'https://crm').searchParams.get('customer');
      const heard = callTold(form, customer, now());
      if (!heard) return { events: [] };
      const { status } = heard.details;
      // Legs and recordings are known at the end; a call to an agent who never answered has none.
      const hasMore = status === 'COMPLETED' || (customer === null && stageOf(status) === 2);
      return { events: [callEvent(heard, config)], ...(hasMore && { notices: [{ id: sid }] }) };
    },
    async refetch(context, ref): Promise<UpsertEvent | 'gone'> {
      try {
        let call = listedCall.parse(await askTwilio(context, origin, `Calls/${encodeURIComponent(ref.id)}`));
        if (call.parent_call_sid)
          call = listedCall.parse(
            await askTwilio(context, origin, `Calls/${encodeURIComponent(call.parent_call_sid)}`),
          );
        const legs = await callsBy(context, { ParentCallSid: call.sid });
        const recordings: ListedRecording[] = [];
        for (const { sid } of [call, ...legs]) recordings.push(...(await recordingsBy(context, { CallSid: sid })));
        return eventOf(context, call, legs, recordings) ?? 'gone';
      } catch (error) {
        if (error instanceof ConnectorError && error.fault.class === 'not_found') return 'gone';
        if (!(error instanceof z.ZodError)) throw error;
        const message = 'Twilio answered something other than a call.';
        throw new ConnectorError({ class: 'transient', message, scope: 'endpoint' });
      }
    },

    async send(context, command) {
      const { customer, agent } = partiesOf(command);
      const { number } = context.config;
      const fields = new URLSearchParams({
        To: agent,
        From: number,
        // The agent has answered by the time this is read; only then is the customer called, and sees our number.
        Twiml: `<Response><Dial callerId="${number}"><Number>${customer}</Number></Dial></Response>`,
      });
      if (context.hookUrl) {
        const callback = new URL(context.hookUrl);
        callback.searchParams.set('customer', customer);
        fields.set('StatusCallback', callback.href);
        for (const event of TOLD) fields.append('StatusCallbackEvent', event);
      }
      const answer = await askTwilio(context, origin, 'Calls', { method: 'POST', fields });
      const made = z.object({ sid: z.string() }).safeParse(answer);
      return made.success ? { state: 'queued', ref: { id: made.data.sid } } : { state: 'unknown' };
    },
  };
}

function changedAt({ date_updated, date_created, end_time, start_time }: ListedCall): number {
  return Date.parse(date_updated ?? end_time ?? start_time ?? date_created ?? '') || 0;
}

/** An agent was rung and never picked up: no customer was called, and which it would have been only the callback knows. */
const isAgentOnly = (call: ListedCall, legs: ListedCall[]): boolean =>
  call.direction === 'outbound-api' && legs.length === 0 && call.status !== 'completed';

function partiesOf({ kind, parent, recipient, agent }: SendCommand): { customer: string; agent: string } {
  const refuse = (cls: 'invalid' | 'not_found', message: string): never => {
    throw new ConnectorError({ class: cls, message, scope: 'message' });
  };
  if (kind !== 'call') refuse('invalid', 'A call can be made here, not written.');
  const customer = parent?.replyTo?.['to'] ?? recipient?.id ?? recipient?.handle;
  if (typeof customer !== 'string' || !/^\+?\d{3,15}$/.test(customer))
    refuse('not_found', 'It is not known which number to call.');
  if (!agent || !/^(\+?\d{3,15}|(client|sip):[^\s<>"&]+)$/.test(agent))
    refuse('invalid', 'Whose phone rings first must be a number, or client: or sip: and a name.');
  return { customer: customer as string, agent: agent! };
}
