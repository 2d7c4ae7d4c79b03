import {
  type Batch,
  type Connector,
  type ConnectorContext,
  ConnectorError,
  type Network,
  type SendCommand,
  type SourceDescription,
} from '../../src/ingest/connector.js';
import { renderFax } from '../../src/ingest/rendering.js';
import { socketGuard } from '../../src/platform/outbound.socket.js';
import { pdfOfText } from '../../src/platform/text.pdf.js';
import { type HfaxdSession, type HylafaxConfig, openHfaxd } from './hfaxd.session.js';
import {
  faxEvent,
  identityOf,
  JOB_FORMAT,
  jobIn,
  RECEIVED_FORMAT,
  type ReceivedFax,
  receiptOf,
  receivedIn,
} from './queue.line.js';

/** Where reading began, and what has been read of what the server still holds: its queues are short, and have no order to go by. */
export interface HylafaxCursor {
  since: string;
  seen: string[];
}

type Context = ConnectorContext<HylafaxConfig>;

const LONGEST_TEXT = 20_000;
const PORT = 4559;

/** Faxes through a HylaFAX of one's own, by hfaxd's protocol: what it received, jobs for it, and what became of them. */
export function hylafaxConnector({
  allowPrivateAddresses = false,
}: {
  allowPrivateAddresses?: boolean;
} = {}): Connector<HylafaxConfig, HylafaxCursor> {
  const guard = socketGuard(allowPrivateAddresses);

  async function withSession<Value>(
    { config, signal }: Context,
    use: (session: HfaxdSession) => Promise<Value>,
  ): Promise<Value> {
    const session = await openHfaxd(config, guard, signal);
    try {
      return await use(session);
    } finally {
      session.close();
    }
  }

  async function pagesOf(session: HfaxdSession, fax: ReceivedFax, { log }: Context): Promise<Buffer | undefined> {
    try {
      return await session.retrieve(`recvq/${fax.file}`);
    } catch (error) {
      if (!(error instanceof ConnectorError) || error.fault.class === 'transient') throw error;
      // Received faxes are often readable by their owner only; that one came is said all the same.
      log.warn({ file: fax.file, reason: error.fault.message }, 'the pages of a fax could not be read');
      return undefined;
    }
  }

  return {
    kind: 'hylafax',
    label: 'Fax (HylaFAX)',
    version: 1,
    network: 'FAX' as Network,
    capabilities: {
      inbound: { webhook: false, stream: false, poll: true },
      reply: { public: false, private: true },
      edits: { notified: false, detectable: false },
      deletions: { notified: false, detectable: false },
      threadDepth: 1,
      textLimit: { max: LONGEST_TEXT, unit: 'characters' },
      media: true,
      idempotency: 'lookup',
      receipts: true,
    },
    connection: {
      fields: [
        { name: 'host', kind: 'setting', required: true, description: 'Where hfaxd runs, by name or address.' },
        { name: 'port', kind: 'setting', required: false, description: 'Its port; 4559 unless given.' },
        { name: 'user', kind: 'setting', required: true, description: 'A user of the fax server, from hosts.hfaxd.' },
        { name: 'password', kind: 'secret', required: false, description: "That user's password, where it has one." },
      ],
    },
    configure,
    secretsGoTo: ({ host }) => host,

    async check(context) {
      try {
        await withSession(context, async session => void (await session.list('sendq')));
        return { ok: true, account: identityOf(context.config.number, true) };
      } catch (error) {
        if (error instanceof ConnectorError) return { ok: false, problem: error.fault };
        throw error;
      }
    },

    async *poll(context, cursor): AsyncGenerator<Batch<HylafaxCursor>> {
      const { config, signal, now } = context;
      const since = cursor?.since ?? now().toISOString();
      const seen = new Set(cursor?.seen);
      let session: HfaxdSession | undefined;
      try {
        session = await openHfaxd(config, guard, signal);
        await session.setFormat('RCVFMT', RECEIVED_FORMAT);
        const received = (await session.list('recvq'))
          .flatMap(line => receivedIn(line) ?? [])
          .filter(({ at }) => at.toISOString() >= since)
          .toSorted((a, b) => a.at.getTime() - b.at.getTime());
        for (const fax of received) {
          if (seen.has(fax.id)) continue;
          const pages = await pagesOf(session, fax, context);
          seen.add(fax.id);
          if (signal.aborted) return;
          yield { events: [faxEvent(fax, pages, config.number)], cursor: { since, seen: [...seen] }, more: true };
        }
        await session.setFormat('JOBFMT', JOB_FORMAT);
        const done = (await session.list('doneq')).flatMap(line => jobIn(line) ?? []);
        const receipts = done.filter(({ key }) => !seen.has(key)).flatMap(job => receiptOf(job, now()) ?? []);
        const held = [...received.map(({ id }) => id), ...done.map(({ key }) => key)];
        yield { events: [], receipts, cursor: { since, seen: held }, more: false };
      } catch (error) {
        if (signal.aborted) return;
        throw error;
      } finally {
        session?.close();
      }
    },

    render: (_context, draft) => renderFax(draft, { max: LONGEST_TEXT, media: 10 }),
    async send(context, command) {
      const { user } = context.config;
      const to = recipientOf(command);
      const page = command.rendered.text === '' ? [] : [await pdfOfText(command.rendered.text, context.now())];
      return withSession(context, async session => {
        const documents: string[] = [];
        for (const bytes of [...page, ...command.media.map(file => file.bytes)])
          documents.push(await session.store(bytes));
        await session.submit([
          ['FROMUSER', user],
          ['DIALSTRING', to],
          ['EXTERNAL', to],
          // By it the job is found again, and its receipt told.
          ['JOBINFO', command.key],
          ['NOTIFYADDR', user],
          ['NOTIFY', 'none'],
          ['LASTTIME', '000259'],
          ['MAXDIALS', 3],
          ['MAXTRIES', 3],
          ['PAGEWIDTH', 210],
          ['PAGELENGTH', 297],
          ['VRES', 196],
          ['PAGECHOP', 'default'],
          ...documents.map((name): [string, string] => ['DOCUMENT', name]),
        ]);
        return { state: 'queued', ref: { id: command.key } };
      });
    },
    findSent: (context, command) =>
      withSession(context, async session => {
        await session.setFormat('JOBFMT', JOB_FORMAT);
        for (const queue of ['sendq', 'doneq'] as const) {
          const jobs = (await session.list(queue)).flatMap(line => jobIn(line) ?? []);
          if (jobs.some(({ key }) => key === command.key))
            return { ref: { id: command.key }, replyTo: { to: recipientOf(command) } };
        }
        return null;
      }),
  };
}

function configure(source: SourceDescription): HylafaxConfig {
  const refuse = (message: string): never => {
    throw new ConnectorError({ class: 'invalid', message, scope: 'message' });
  };
  const number = source.query.replace(/[\s().-]/g, '');
  if (source.kind !== 'ACCOUNT' || !/^\+?\d{3,15}$/.test(number))
    refuse('With HylaFAX the number of your fax line is followed.');
  const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '');
  const { settings = {}, credentials = {} } = source;
  const [host, user, port] = [text(settings['host']), text(settings['user']), Number(text(settings['port']) || PORT)];
  if (!host || !Number.isInteger(port) || port < 1 || port > 65_535)
    refuse('The host is missing, or the port is none.');
  if (!/^\S+$/.test(user)) refuse('The user is missing.');
  return { host, port, user, password: text(credentials['password']), number };
}

function recipientOf({ parent, recipient }: SendCommand): string {
  const to = parent?.replyTo?.['to'] ?? recipient?.id ?? recipient?.handle;
  // What is dialled goes to a modem: digits only.
  if (typeof to === 'string' && /^\+?\d{3,20}$/.test(to)) return to;
  throw new ConnectorError({
    class: 'not_found',
    message: 'It is not known which number to fax to.',
    scope: 'message',
  });
}
