import { z } from 'zod';
import {
  type Batch,
  type Connector,
  type ConnectorContext,
  ConnectorError,
  faultOfStatus,
  type HttpRequest,
  type HttpResponse,
  type InboundEvent,
  type Network,
  type SendCommand,
} from '../../src/ingest/connector.js';
import { socketGuard } from '../../src/platform/outbound.socket.js';
import { ASTERISK_FIELDS, configureAsterisk } from './account.config.js';
import { ariChannel, readEvent } from './ari.event.js';
import { type AsteriskConfig, callEvent, identityOf, isExtension, normalise } from './call.event.js';
import { callTracker } from './call.tracker.js';
import { type CdrRow, callsIn, endOf, rowsOfCsv, rowsOfJson } from './cdr.rows.js';
import { refusalOf } from './cdr.signature.js';
import { authorizationOf, openEvents } from './event.stream.js';

/** Up to when we have listened, or read records. Asterisk keeps no events: what happened while nobody listened is in its records. */
export interface AsteriskCursor {
  at: string;
  /** Set once we have listened: who was never there has missed nothing. */
  wasThere?: true;
}

type Context = ConnectorContext<AsteriskConfig>;

const QUIET_MS = 30_000;
const HOUR_MS = 3_600_000;
/** A file of records grows for ever; of a larger one the end is read. */
const MOST_RECORDS = 2 * 1024 * 1024;
const RING_SECONDS = 30;

/** Calls of an Asterisk: its events over ARI, its records for what was missed, and a call to an agent and then a customer. */
export function asteriskConnector({
  allowPrivateAddresses = false,
}: {
  allowPrivateAddresses?: boolean;
} = {}): Connector<AsteriskConfig, AsteriskCursor> {
  const guard = socketGuard(allowPrivateAddresses);

  async function ask(context: Context, path: string, request: Partial<HttpRequest> = {}): Promise<HttpResponse> {
    const response = await context.http.request({
      ...request,
      url: `${context.config.url}/ari/${path}`,
      headers: { authorization: authorizationOf(context.config) },
    });
    if (response.status >= 200 && response.status <= 299) return response;
    const said = z.object({ message: z.string() }).safeParse(jsonIn(response.body));
    const message = said.data?.message.slice(0, 500) ?? `Asterisk answered ${response.status}.`;
    const writes = request.method !== undefined;
    throw new ConnectorError(faultOfStatus(response, { message, writes, now: context.now() }));
  }

  async function channelsOf(context: Context) {
    const answer = (await ask(context, 'channels')).json();
    if (Array.isArray(answer)) return answer.flatMap(given => ariChannel.safeParse(given).data ?? []);
    throw new ConnectorError({
      class: 'transient',
      message: 'Asterisk answered something other than its channels.',
      scope: 'endpoint',
    });
  }

  async function recordsOf(context: Context, url: string): Promise<CdrRow[]> {
    const headers = { range: `bytes=-${MOST_RECORDS}` };
    let response = await context.http.request({ url, headers, maxBytes: 4 * MOST_RECORDS });
    // An empty file has no end to give.
    if (response.status === 416) response = await context.http.request({ url });
    if (response.status !== 200 && response.status !== 206)
      throw new ConnectorError(
        faultOfStatus(response, { message: `The records could not be read: ${response.status}.`, now: context.now() }),
      );
    const csv = response.text();
    const isCut = response.status === 206 && !/^bytes 0-/.test(response.headers['content-range'] ?? '');
    return rowsOfCsv(isCut ? csv.slice(csv.indexOf('\n') + 1) : csv);
  }

  return {
    kind: 'asterisk',
    label: 'Phone (Asterisk)',
    version: 1,
    network: 'PHONE' as Network,
    capabilities: {
      inbound: { webhook: true, stream: true, poll: true },
      reply: { public: false, private: false },
      edits: { notified: true, detectable: true },
      deletions: { notified: false, detectable: false },
      threadDepth: 1,
      media: false,
      idempotency: 'deterministicId',
      receipts: false,
    },
    connection: { fields: ASTERISK_FIELDS },
    configure: configureAsterisk,
    secretsGoTo: ({ url }) => new URL(url).origin,

    async check(context) {
      try {
        await channelsOf(context);
        return { ok: true, account: identityOf(normalise(context.config.number)) };
      } catch (error) {
        if (error instanceof ConnectorError) return { ok: false, problem: error.fault };
        throw error;
      }
    },

    async *listen(context, cursor): AsyncGenerator<Batch<AsteriskCursor>> {
      const { config, signal, now } = context;
      const tracker = callTracker(config);
      let stream: Awaited<ReturnType<typeof openEvents>> | undefined;
      let at = cursor?.at ?? now().toISOString();
      try {
        stream = await openEvents(config, guard, signal);
        const opened = now();
        // What began before we came is there; what began and ended while we were away is in the records.
        const events = tracker.present(await channelsOf(context), opened);
        const gap = cursor?.wasThere && {
          from: new Date(Math.min(Date.parse(cursor.at), Number(opened))),
          to: opened,
          reason: 'Asterisk does not repeat what happened while nobody listened; its records tell of the calls.',
        };
        yield { events, cursor: { at, wasThere: true }, ...(gap && { gap }), more: false };
        for (let frames = await stream.take(QUIET_MS); frames; frames = await stream.take(QUIET_MS)) {
          const heard: InboundEvent[] = [];
          if (frames.length === 0) at = now().toISOString();
          for (const frame of frames) {
            const event = readEvent(frame, now());
            if (event?.type === 'ApplicationReplaced' && event.application === config.app)
              throw new ConnectorError({
                class: 'transient',
                message: `Somebody else listens as "${config.app}".`,
                scope: 'endpoint',
              });
            const told = event && tracker.read(event);
            if (told) heard.push(told);
            if (event && event.at.toISOString() > at) at = event.at.toISOString();
          }
          yield { events: heard, cursor: { at, wasThere: true }, more: false };
        }
      } catch (error) {
        if (signal.aborted) return;
        throw error;
      } finally {
        stream?.close();
      }
      if (signal.aborted) return;
      throw new ConnectorError({ class: 'transient', message: stream.reason(), scope: 'endpoint' });
    },

    async *poll(context, cursor): AsyncGenerator<Batch<AsteriskCursor>> {
      const { config, signal, now } = context;
      const began = now();
      const from = new Date((cursor ? Date.parse(cursor.at) : Number(began)) - HOUR_MS);
      try {
        const rows = config.cdrUrl ? await recordsOf(context, config.cdrUrl) : [];
        const recent = callsIn(rows, config).filter(({ changedAt }) => changedAt >= from);
        const events = recent.map(call => callEvent(call, config));
        if (signal.aborted) return;
        yield { events, cursor: { at: began.toISOString() }, more: false };
      } catch (error) {
        if (signal.aborted) return;
        throw error;
      }
    },

    verifyWebhook({ config, now }, request) {
      const reason = refusalOf(request, config.cdrSecret, now());
      return reason === undefined ? { kind: 'events' } : { kind: 'reject', status: 403, reason };
    },
    parseWebhook({ config }, { headers, body }) {
      const isCsv = /^text\/csv\b/i.test(headers['content-type'] ?? '');
      const rows = isCsv ? rowsOfCsv(body.toString('utf8')) : rowsOfJson(jsonIn(body));
      if (rows.length === 0)
        throw new ConnectorError({
          class: 'invalid',
          message: 'It holds no call record that can be read.',
          scope: 'message',
        });
      return { events: callsIn(rows, config).map(call => callEvent(call, config)) };
    },

    async send(context, command) {
      const { customer, endpoint } = partiesOf(command, context.config);
      const { number, context: dialplan } = context.config;
      const query = {
        endpoint,
        extension: customer,
        context: dialplan,
        priority: 1,
        callerId: number,
        timeout: RING_SECONDS,
        channelId: command.key,
      };
      try {
        await ask(context, 'channels', { method: 'POST', query });
      } catch (error) {
        // The same channel is there: it was us.
        if (!(error instanceof ConnectorError) || error.fault.class !== 'duplicate') throw error;
      }
      return { state: 'queued', ref: { id: command.key } };
    },
    async findSent(context, command) {
      const found = { ref: { id: command.key } };
      try {
        await ask(context, `channels/${encodeURIComponent(command.key)}`);
        return found;
      } catch (error) {
        if (!(error instanceof ConnectorError) || error.fault.class !== 'not_found') throw error;
      }
      // It may have ended since.
      const { cdrUrl } = context.config;
      const rows = cdrUrl ? await recordsOf(context, cdrUrl) : [];
      return rows.some(row => endOf(row) && row.uniqueid === command.key) ? found : null;
    },
  };
}

function jsonIn(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

function partiesOf({ kind, parent, recipient, agent = '' }: SendCommand, config: AsteriskConfig) {
  const refuse = (cls: 'invalid' | 'not_found', message: string): never => {
    throw new ConnectorError({ class: cls, message, scope: 'message' });
  };
  if (kind !== 'call') refuse('invalid', 'A call can be made here, not written.');
  const given = parent?.replyTo?.['to'] ?? recipient?.id ?? recipient?.handle;
  const customer = typeof given === 'string' ? normalise(given) : '';
  if (!customer) refuse('not_found', 'It is not known which number to call.');
  // An extension alone is a telephone of the house; anything else Asterisk itself must know.
  const endpoint = isExtension(agent, config) ? `PJSIP/${agent}` : agent;
  if (!/^[A-Za-z0-9]+\/[\w@.+:-]+$/.test(endpoint))
    refuse('invalid', 'Whose phone rings first must be an extension, or a technology and a name.');
  return { customer, endpoint };
}
