import { createHash } from 'node:crypto';
import {
  type Batch,
  type Connector,
  ConnectorError,
  type InboundEvent,
  type Network,
  type Receipt,
  type SendCommand,
  type SourceDescription,
} from '../../src/ingest/connector.js';
import { renderPlain, smsNotes } from '../../src/ingest/rendering.js';
import { numberIdentity, numberToWrite } from '../../src/ingest/short.message.js';
import { segmentsOf } from '../../src/platform/gsm.text.js';
import { eventOf, isReceipt, type Part, partOf, receiptsOf, sentId } from './message.event.js';
import { openSession, type SmppConfig } from './smpp.session.js';

/**
 * A message has no id of its own before it reaches us: we number them. What was stored last is remembered, for it may not have
 * been acknowledged, and is then delivered again first thing on the next connection.
 */
export interface SmppCursor {
  /** When counting began: an account that is connected anew counts from one again. */
  since?: string;
  count: number;
  last: { digest: string; id: string } | null;
}

const LONGEST_TEXT = 1530;

/** Text messages straight over SMPP 3.4, to and from the message centre of a telephone network. */
export function smppConnector({
  allowPrivateAddresses = false,
}: {
  allowPrivateAddresses?: boolean;
} = {}): Connector<SmppConfig, SmppCursor> {
  return {
    kind: 'smpp',
    label: 'SMS (SMPP)',
    version: 1,
    network: 'SMS' as Network,
    capabilities: {
      inbound: { webhook: false, stream: true, poll: false },
      reply: { public: false, private: true },
      edits: { notified: false, detectable: false },
      deletions: { notified: false, detectable: false },
      threadDepth: 1,
      textLimit: { max: LONGEST_TEXT, unit: 'characters' },
      media: false,
      idempotency: 'none',
      receipts: true,
    },
    connection: {
      fields: [
        {
          name: 'host',
          kind: 'setting',
          required: true,
          description: 'The host of the message centre, as the network told you.',
        },
        { name: 'port', kind: 'setting', required: false, description: 'Its port; 2775 unless given, 3550 with TLS.' },
        {
          name: 'tls',
          kind: 'setting',
          required: false,
          description: 'Whether the connection is encrypted: true or false.',
        },
        { name: 'systemId', kind: 'setting', required: true, description: 'The system id that the network gave you.' },
        {
          name: 'systemType',
          kind: 'setting',
          required: false,
          description: 'The system type, where the network asks for one.',
        },
        { name: 'password', kind: 'secret', required: true, description: 'The password, of at most eight characters.' },
      ],
    },
    configure: source => ({ ...configure(source), allowPrivateAddresses }),
    secretsGoTo: ({ host }) => host,

    async check({ config, signal }) {
      try {
        (await openSession(config, signal, 'transmitter')).close();
        return { ok: true, account: numberIdentity(config.number) };
      } catch (error) {
        if (error instanceof ConnectorError) return { ok: false, problem: error.fault };
        throw error;
      }
    },

    async *listen({ config, signal, now, log }, cursor): AsyncGenerator<Batch<SmppCursor>> {
      const session = await openSession(config, signal).catch(error => {
        if (signal.aborted) return undefined;
        throw error;
      });
      if (!session) return;
      const reader = messageReader(cursor, config.number, now());
      try {
        yield { events: [], cursor: reader.cursor(), more: false };
        for (let pdu = await session.next(); pdu; pdu = await session.next()) {
          const { events, receipts } = isReceipt(pdu)
            ? { events: [], receipts: receiptsOf(pdu, config.number, now()) }
            : { events: reader.read(partOf(pdu), now()), receipts: [] as Receipt[] };
          if (events.length > 0 || receipts.length > 0)
            yield { events, receipts, cursor: reader.cursor(), more: false };
          // Only what is stored is acknowledged: what is not comes again.
          if (isReceipt(pdu)) session.acknowledge(pdu);
          else reader.settle(() => session.acknowledge(pdu));
        }
      } finally {
        session.close();
      }
      if (signal.aborted) return;
      log.info({}, 'the connection to the message centre ended');
      throw new ConnectorError({ class: 'transient', message: 'The connection was lost.', scope: 'endpoint' });
    },

    render: (_context, draft) => renderPlain(draft, { max: LONGEST_TEXT, notes: smsNotes }),
    async send({ config, signal }, command) {
      const session = await openSession(config, signal, 'transmitter');
      try {
        const ids: string[] = [];
        for (const fields of submissionsOf(command, config)) ids.push(await session.submit(fields));
        const id = ids.at(-1);
        if (!id) return { state: 'unknown' };
        return { state: 'queued', ref: { id: sentId(config.number, id) }, replyTo: { to: numberToWrite(command) } };
      } finally {
        session.close();
      }
    },
  };
}

function configure(source: SourceDescription): Omit<SmppConfig, 'allowPrivateAddresses'> {
  const refuse = (message: string): never => {
    throw new ConnectorError({ class: 'invalid', message, scope: 'message' });
  };
  const number = source.query.replace(/[\s().-]/g, '');
  if (source.kind !== 'ACCOUNT' || number === '') refuse('Over SMPP a number of yours is followed.');
  const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '');
  const { settings = {}, credentials = {} } = source;
  const tls = settings['tls'] === true || settings['tls'] === 'true';
  const port = Number(text(settings['port']) || (tls ? 3550 : 2775));
  const config = {
    host: text(settings['host']),
    port,
    tls,
    systemId: text(settings['systemId']),
    systemType: text(settings['systemType']),
    password: text(credentials['password']),
    number,
  };
  if (!config.host || !Number.isInteger(port) || port < 1 || port > 65_535)
    refuse('The host is missing, or the port is none.');
  if (!config.systemId || !config.password) refuse('The system id and the password are needed.');
  return config;
}

/** Puts parts together and gives each message its id; parts are held back, unacknowledged, until all are there. */
function messageReader(cursor: SmppCursor | null, number: string, began: Date) {
  const since = cursor ? (cursor.since ?? '') : began.getTime().toString(36);
  let count = cursor?.count ?? 0;
  let last = cursor?.last ?? null;
  // Only the first message after connecting can be one that we stored and did not acknowledge.
  let isFirst = true;
  const parts = new Map<string, Part[]>();
  let held: { key: string; acknowledge: () => void }[] = [];
  let key = '';

  function idFor(part: Part, now: Date): InboundEvent[] {
    const digest = createHash('sha256')
      .update(JSON.stringify([part.from, part.text]))
      .digest('base64url')
      .slice(0, 22);
    const isRepeated = isFirst && last?.digest === digest;
    isFirst = false;
    if (!isRepeated) {
      count += 1;
      last = { digest, id: `${number}-${since}${since && '.'}${count}-${digest.slice(0, 6)}` };
    }
    return [eventOf(last!.id, part, number, now)];
  }

  return {
    cursor: (): SmppCursor => ({ ...(since && { since }), count, last }),
    read(part: Part, now: Date): InboundEvent[] {
      key = '';
      if (!part.of) return idFor(part, now);
      key = `${part.from}:${part.of.reference}:${part.of.count}`;
      const there = [...(parts.get(key) ?? []).filter(other => other.of!.place !== part.of!.place), part];
      if (there.length < part.of.count) {
        parts.set(key, there);
        return [];
      }
      parts.delete(key);
      const text = there
        .sort((a, b) => a.of!.place - b.of!.place)
        .map(each => each.text)
        .join('');
      return idFor({ ...part, text }, now);
    },
    /** Acknowledges what was read last, with the other parts of its message; while some are missing, none of them. */
    settle(acknowledge: () => void): void {
      if (parts.has(key)) {
        held.push({ key, acknowledge });
        // A message centre stops sending when too much is left unanswered.
        if (held.length > 50) held.shift()!.acknowledge();
        return;
      }
      acknowledge();
      for (const each of held) if (each.key === key) each.acknowledge();
      held = held.filter(each => each.key !== key);
    },
  };
}

const GSM_PART = 153;
const UCS2_PART = 67;

/** One message, or parts with a header that says how they join (3GPP TS 23.040, 9.2.3.24.1). */
function submissionsOf(command: SendCommand, { number }: SmppConfig): object[] {
  const { rendered, key } = command;
  const to = numberToWrite(command);
  const { encoding, segments } = segmentsOf(rendered.text);
  const address = {
    source_addr: number.replace(/^\+/, ''),
    source_addr_ton: /^\+?\d{7,}$/.test(number) ? 1 : /^\d+$/.test(number) ? 3 : 5,
    destination_addr: to.replace(/^\+/, ''),
    dest_addr_ton: to.startsWith('+') ? 1 : 0,
    dest_addr_npi: 1,
    data_coding: encoding === 'GSM7' ? 0 : 8,
  };
  if (segments === 1) return [{ ...address, registered_delivery: 1, short_message: rendered.text }];
  const pieces = piecesOf(rendered.text, encoding === 'GSM7' ? GSM_PART : UCS2_PART);
  const reference = Buffer.from(key.replaceAll('-', ''), 'hex').at(-1)!;
  return pieces.map((piece, index) => ({
    ...address,
    esm_class: 0x40,
    // The report of the last part stands for all.
    registered_delivery: index === pieces.length - 1 ? 1 : 0,
    short_message: { udh: Buffer.from([0x05, 0x00, 0x03, reference, pieces.length, index + 1]), message: piece },
  }));
}

function piecesOf(text: string, each: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const sign of text) {
    if (segmentsOf(piece + sign).length > each) {
      pieces.push(piece);
      piece = '';
    }
    piece += sign;
  }
  return [...pieces, piece];
}
