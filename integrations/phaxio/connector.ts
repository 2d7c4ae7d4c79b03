import { z } from 'zod';
import {
  type Batch,
  type Connector,
  type ConnectorContext,
  ConnectorError,
  faultOfStatus,
  type HttpRequest,
  type HttpResponse,
  type MediaContent,
  type Network,
  type SendCommand,
  type SourceDescription,
  type UpsertEvent,
} from '../../src/ingest/connector.js';
import { renderFax } from '../../src/ingest/rendering.js';
import { pdfOfText } from '../../src/platform/text.pdf.js';
import {
  completedAt,
  faxEvent,
  identityOf,
  KEY_TAG,
  type PhaxioConfig,
  type PhaxioFax,
  phaxioFax,
  receiptOf,
} from './fax.event.js';
import { formOf } from './form.parts.js';
import { isSigned } from './request.signature.js';

/** Up to when everything was read, and which faxes of the hour before were: their files are not fetched again. */
export interface PhaxioCursor {
  until: string;
  seen: string[];
}

type Context = ConnectorContext<PhaxioConfig>;

const LONGEST_TEXT = 20_000;
const LARGEST_FILE = 25 * 1024 * 1024;
const MOST_PAGES = 40;
const HOUR_MS = 3_600_000;

const listPage = z.object({
  data: z.array(z.unknown()),
  paging: z.object({ total: z.number(), per_page: z.number(), page: z.number() }).optional().catch(undefined),
});

/** Faxes over Phaxio's API, or one that is like it: told by callback with the PDF, read again from the list, sent over REST. */
export function phaxioConnector({
  origin = 'https://api.phaxio.com',
}: {
  origin?: string;
} = {}): Connector<PhaxioConfig, PhaxioCursor> {
  async function ask(context: Context, path: string, request: Partial<HttpRequest> = {}): Promise<HttpResponse> {
    const { apiKey, apiSecret } = context.config;
    const writes = (request.method ?? 'GET') !== 'GET';
    const response = await context.http.request({
      bucket: writes ? 'send' : 'read',
      ...request,
      url: `${origin}/v2.1/${path}`,
      headers: { authorization: `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString('base64')}` },
    });
    if (response.status >= 200 && response.status <= 299) return response;
    const said = z.object({ message: z.string() }).safeParse(jsonIn(response));
    const message = said.data?.message.slice(0, 500) ?? `Phaxio answered ${response.status}.`;
    const fault = faultOfStatus(response, { message, writes, now: context.now() });
    // Phaxio counts by the second and does not always say when to come back.
    if (fault.class === 'rate') fault.retryAt ??= new Date(context.now().getTime() + 2000);
    throw new ConnectorError(fault);
  }

  async function* list(context: Context, query: Record<string, string>): AsyncGenerator<PhaxioFax> {
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const response = await ask(context, 'faxes', { query: { ...query, per_page: 100, page } });
      const found = listPage.safeParse(response.json());
      if (!found.success) throw malformed('a list of faxes');
      yield* found.data.data.flatMap(given => phaxioFax.safeParse(given).data ?? []);
      const { paging } = found.data;
      if (!paging || paging.page * paging.per_page >= paging.total || found.data.data.length === 0) return;
    }
  }

  async function fileOf(context: Context, id: string): Promise<MediaContent | undefined> {
    try {
      const { body } = await ask(context, `faxes/${encodeURIComponent(id)}/file`, { maxBytes: LARGEST_FILE });
      return pdf(id, body);
    } catch (error) {
      // A file may have been deleted at Phaxio, or never kept there; the fax came all the same.
      if (error instanceof ConnectorError && error.fault.class === 'not_found') return undefined;
      throw error;
    }
  }

  return {
    kind: 'phaxio',
    label: 'Fax (Phaxio)',
    version: 1,
    network: 'FAX' as Network,
    capabilities: {
      inbound: { webhook: true, stream: false, poll: true },
      reply: { public: false, private: true },
      edits: { notified: false, detectable: false },
      deletions: { notified: false, detectable: false },
      threadDepth: 1,
      textLimit: { max: LONGEST_TEXT, unit: 'characters' },
      media: true,
      idempotency: 'lookup',
      receipts: true,
      historyDays: 365,
    },
    connection: {
      fields: [
        {
          name: 'apiKey',
          kind: 'setting',
          required: true,
          description: 'The API key on the page "API Keys" of the Phaxio console.',
        },
        { name: 'apiSecret', kind: 'secret', required: true, description: 'The API secret beside it.' },
        {
          name: 'callbackToken',
          kind: 'secret',
          required: true,
          description: 'The callback token on the page "Callbacks"; it signs what Phaxio tells us.',
        },
      ],
    },
    configure,

    async check(context) {
      try {
        const account = z.object({ success: z.literal(true) }).safeParse((await ask(context, 'account/status')).json());
        if (!account.success) throw malformed('the state of the account');
        return { ok: true, account: identityOf(context.config.number) };
      } catch (error) {
        if (error instanceof ConnectorError) return { ok: false, problem: error.fault };
        throw error;
      }
    },

    async *poll(context, cursor): AsyncGenerator<Batch<PhaxioCursor>> {
      const { config, signal } = context;
      const began = context.now();
      const from = cursor ? new Date(Date.parse(cursor.until) - HOUR_MS) : began;
      // A fax may have been under way for long before it was done.
      const query = { created_after: new Date(from.getTime() - 24 * HOUR_MS).toISOString() };
      const seen = new Set(cursor?.seen);
      const position = () => ({ until: cursor?.until ?? from.toISOString(), seen: [...seen] });
      const recent: string[] = [];
      try {
        const faxes = (await Array.fromAsync(list(context, query)))
          .filter(fax => isOn(fax, config.number))
          .map(fax => ({ fax, at: completedAt(fax)?.getTime() ?? 0 }))
          .filter(({ at }) => at >= from.getTime())
          .toSorted((a, b) => a.at - b.at);
        for (const { fax } of faxes) {
          recent.push(fax.id);
          if (seen.has(fax.id)) continue;
          const file = fax.direction === 'received' ? await fileOf(context, fax.id) : undefined;
          const [event, receipt] = [faxEvent(fax, file, config), receiptOf(fax)];
          seen.add(fax.id);
          if (signal.aborted) return;
          if (event || receipt)
            yield { events: event ? [event] : [], receipts: receipt ? [receipt] : [], cursor: position(), more: true };
        }
      } catch (error) {
        if (signal.aborted) return;
        throw error;
      }
      yield { events: [], cursor: { until: began.toISOString(), seen: recent.slice(-1000) }, more: false };
    },

    verifyWebhook({ config }, request) {
      if (isSigned(request, config.callbackToken)) return { kind: 'events' };
      return { kind: 'reject', status: 403, reason: 'The signature is not that of our account at Phaxio.' };
    },
    parseWebhook({ config }, request) {
      const { fields, files } = formOf(request);
      const fax = phaxioFax.safeParse(jsonIn({ body: Buffer.from(fields.get('fax') ?? '') })).data;
      if (!fax) {
        const message = 'It holds no fax that can be read.';
        throw new ConnectorError({ class: 'invalid', message, scope: 'message' });
      }
      const receipt = receiptOf(fax);
      const [file] = files;
      // Without its file a fax says nothing: it is asked for.
      if (fax.direction === 'received' && !file && completedAt(fax)) return { events: [], notices: [{ id: fax.id }] };
      const event = faxEvent(fax, file && pdf(fax.id, file.bytes), config);
      return { events: event ? [event] : [], receipts: receipt ? [receipt] : [] };
    },
    async refetch(context, ref): Promise<UpsertEvent | 'gone'> {
      try {
        const answer = (await ask(context, `faxes/${encodeURIComponent(ref.id)}`)).json();
        const found = z.object({ data: phaxioFax }).safeParse(answer);
        if (!found.success) throw malformed('a fax');
        const fax = found.data.data;
        const file = fax.direction === 'received' ? await fileOf(context, fax.id) : undefined;
        return faxEvent(fax, file, context.config) ?? 'gone';
      } catch (error) {
        if (error instanceof ConnectorError && error.fault.class === 'not_found') return 'gone';
        throw error;
      }
    },

    render: (_context, draft) => renderFax(draft, { max: LONGEST_TEXT, media: 10 }),
    async send(context, command) {
      const files = await filesOf(command, context.now());
      const name = files.length > 1 ? 'file[]' : 'file';
      const response = await ask(context, 'faxes', {
        method: 'POST',
        multipart: [
          { name: 'to', value: recipientOf(command) },
          { name: 'caller_id', value: context.config.number },
          { name: `tag[${KEY_TAG}]`, value: command.key },
          ...(context.hookUrl ? [{ name: 'callback_url', value: context.hookUrl }] : []),
          ...files.map(({ bytes, name: fileName = 'fax.pdf', type }) => ({ name, value: bytes, fileName, type })),
        ],
      });
      const made = z.object({ data: z.object({ id: z.union([z.number(), z.string()]) }) }).safeParse(jsonIn(response));
      return made.success ? { state: 'queued', ref: { id: String(made.data.data.id) } } : { state: 'unknown' };
    },
    async findSent(context, command) {
      const query = {
        [`tag[${KEY_TAG}]`]: command.key,
        direction: 'sent',
        created_after: new Date(command.firstTriedAt.getTime() - 24 * HOUR_MS).toISOString(),
      };
      for await (const fax of list(context, query))
        if (fax.tags?.[KEY_TAG] === command.key) return { ref: { id: fax.id }, replyTo: { to: recipientOf(command) } };
      return null;
    },
  };
}

function configure(source: SourceDescription): PhaxioConfig {
  const refuse = (message: string): never => {
    throw new ConnectorError({ class: 'invalid', message, scope: 'message' });
  };
  const number = source.query.replace(/[\s().-]/g, '');
  if (source.kind !== 'ACCOUNT' || !/^\+\d{7,15}$/.test(number))
    refuse('With Phaxio a fax number of yours is followed, as in +34910000000.');
  const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '');
  const config = {
    apiKey: text(source.settings?.['apiKey']),
    apiSecret: text(source.credentials?.['apiSecret']),
    callbackToken: text(source.credentials?.['callbackToken']),
    number,
  };
  if (!config.apiKey || !config.apiSecret || !config.callbackToken)
    refuse('The API key, its secret and the callback token are needed.');
  return config;
}

/** An account may have several numbers; what names none of them is kept rather than lost. */
function isOn(fax: PhaxioFax, number: string): boolean {
  const ours = fax.direction === 'received' ? fax.to_number : (fax.from_number ?? fax.caller_id);
  return !ours || ours.replace(/\D/g, '') === number.replace(/\D/g, '');
}

async function filesOf({ rendered, media }: SendCommand, now: Date): Promise<MediaContent[]> {
  const { text } = rendered;
  const page = text === '' ? [] : [{ bytes: await pdfOfText(text, now), type: 'application/pdf', name: 'text.pdf' }];
  return [...page, ...media];
}

const pdf = (id: string, bytes: Buffer): MediaContent => ({ bytes, type: 'application/pdf', name: `fax-${id}.pdf` });

function malformed(what: string): ConnectorError {
  const message = `Phaxio answered something other than ${what}.`;
  return new ConnectorError({ class: 'transient', message, scope: 'endpoint' });
}

function jsonIn({ body }: { body: Buffer }): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

function recipientOf({ parent, recipient }: SendCommand): string {
  const to = parent?.replyTo?.['to'] ?? recipient?.id ?? recipient?.handle;
  if (typeof to === 'string' && to !== '') return to;
  throw new ConnectorError({
    class: 'not_found',
    message: 'It is not known which number to fax to.',
    scope: 'message',
  });
}
