import {
  type Connector,
  type ConnectorContext,
  ConnectorError,
  faultOfStatus,
  type Network,
  type PostKind,
  type Receipt,
  type SourceDescription,
  type UpsertEvent,
} from '../../src/ingest/connector.js';
import { renderPlain, smsNotes } from '../../src/ingest/rendering.js';
import { numberIdentity, numberToWrite } from '../../src/ingest/short.message.js';
import { segmentsOf } from '../../src/platform/gsm.text.js';
import { isCalledAt } from '../../src/platform/hook.address.js';
import { isSameSecret } from '../../src/platform/secrets.js';
import { bytesOf, textOf } from './query.bytes.js';

export interface KannelConfig {
  /** E.164, a short code or a word: what messages are sent from. */
  number: string;
  sendUrl: string;
  username: string;
  password: string;
  token: string;
}

const LONGEST_TEXT = 1530;
/** Told on delivery, failure, queueing at the network, and its acceptance or refusal. */
const ALL_REPORTS = '31';
const STATES: Record<string, Receipt['state']> = { '1': 'delivered', '2': 'failed', '8': 'sent', '16': 'failed' };
const UNKNOWN_USER = /authorization failed/i;
const DONE = { status: 200, body: '' };

/** Text messages through an SMS gateway of one's own: Kannel, over its HTTP interface. */
export function kannelConnector(): Connector<KannelConfig> {
  return {
    kind: 'kannel',
    label: 'SMS (Kannel)',
    version: 1,
    network: 'SMS' as Network,
    capabilities: {
      inbound: { webhook: true, stream: false, poll: false },
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
          name: 'sendUrl',
          kind: 'setting',
          required: true,
          description: 'Where Kannel takes messages, such as https://sms.example.com/cgi-bin/sendsms.',
        },
        {
          name: 'username',
          kind: 'setting',
          required: true,
          description: 'The name of the `sendsms-user` in its configuration.',
        },
        { name: 'password', kind: 'secret', required: true, description: 'The password of that user.' },
        {
          name: 'token',
          kind: 'secret',
          required: true,
          description: 'A long word of your choice, which Kannel repeats in the `get-url` of its `sms-service`.',
        },
      ],
    },
    configure,
    secretsGoTo: ({ sendUrl }) => new URL(sendUrl).origin,

    /** Kannel has nothing to ask that sends no message: a wrong user answers 403, a right one without a text 4xx of another kind. */
    async check(context) {
      const { number, sendUrl, username, password } = context.config;
      const asked = await context.http
        .request({ url: sendUrl, query: { username, password }, timeoutMs: 10_000 })
        .catch((error: ConnectorError) => error.fault);
      if (!('status' in asked)) return { ok: false, problem: asked };
      const said = asked.text().slice(0, 200);
      if (asked.status === 403 || UNKNOWN_USER.test(said)) {
        const message = 'Kannel does not know this user, or the password is another.';
        return { ok: false, problem: { class: 'auth', message, scope: 'account' } };
      }
      if (asked.status === 429 || asked.status >= 500 || asked.status === 404)
        return { ok: false, problem: faultOfStatus(asked, { message: `Kannel answered ${asked.status}.` }) };
      return { ok: true, account: numberIdentity(number) };
    },

    verifyWebhook({ config }, request) {
      const token = bytesOf(request.url).get('token')?.toString('utf8') ?? '';
      if (!isSameSecret(token, config.token))
        return { kind: 'reject', status: 403, reason: 'The token is not the agreed one.' };
      return { kind: 'events', response: DONE };
    },
    parseWebhook({ config, now, hookUrl }, request) {
      const fields = bytesOf(request.url);
      const field = (name: string) => fields.get(name)?.toString('utf8').trim() ?? '';
      // Two numbers at one gateway may share the agreed word: what another was told is read for this one too.
      if (!isCalledAt(request.url, hookUrl) && !isSameNumber(field('to'), config.number)) return { events: [] };
      if (field('kind') === 'dlr') return { events: [], receipts: receiptOf(field, now()) };
      return { events: [messageOf(fields, field, config, now())] };
    },

    render: (_context, draft) => renderPlain(draft, { max: LONGEST_TEXT, notes: smsNotes }),
    async send(context, command) {
      const { number, sendUrl, username, password } = context.config;
      const query = {
        username,
        password,
        from: number,
        to: numberToWrite(command),
        text: command.rendered.text,
        charset: 'UTF-8',
        // Kannel writes it into its access log: the one place where somebody can look whether a message went out.
        account: command.key,
        coding: segmentsOf(command.rendered.text).encoding === 'GSM7' ? '0' : '2',
        ...(context.hookUrl && { 'dlr-mask': ALL_REPORTS, 'dlr-url': reportUrl(context, command.key) }),
      };
      // It is asked by GET, yet it writes.
      const answer = await context.http.request({ url: sendUrl, query }).catch((error: ConnectorError) => {
        const left = !['ECONNREFUSED', 'blocked_address', 'invalid_url'].includes(error.fault.code ?? '');
        throw new ConnectorError({ ...error.fault, ...(left && { mayHaveHappened: true }) }, { cause: error });
      });
      if (answer.status === 200 || answer.status === 202)
        return { state: 'queued', ref: { id: command.key }, replyTo: { to: query.to } };
      const said = answer.text().slice(0, 200);
      throw new ConnectorError(
        faultOfStatus(answer, {
          message: said || `Kannel answered ${answer.status}.`,
          writes: true,
          now: context.now(),
          // A number on Kannel's black list is a 403 too, and says nothing of the account.
          ...((answer.status === 401 || UNKNOWN_USER.test(said)) && { class: 'auth', scope: 'account' }),
        }),
      );
    },
  };
}

function configure(source: SourceDescription): KannelConfig {
  const refuse = (message: string): never => {
    throw new ConnectorError({ class: 'invalid', message, scope: 'message' });
  };
  const number = source.query.replace(/[\s().-]/g, '');
  if (source.kind !== 'ACCOUNT' || number === '') refuse('Through Kannel a number of yours is followed.');
  const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '');
  const sendUrl = text(source.settings?.['sendUrl']);
  if (!/^https?:\/\//i.test(sendUrl) || !URL.canParse(sendUrl))
    refuse('The address of sendsms is missing, or is none.');
  const [username, password, token] = [
    text(source.settings?.['username']),
    text(source.credentials?.['password']),
    text(source.credentials?.['token']),
  ];
  if (!username || !password) refuse('The user of sendsms and its password are needed.');
  if (token.length < 16) refuse('The token has at least 16 characters.');
  return { number, sendUrl, username, password, token };
}

function messageOf(
  fields: Map<string, Buffer>,
  field: (name: string) => string,
  config: KannelConfig,
  now: Date,
): UpsertEvent {
  const [id, from] = [field('id'), field('from')];
  if (!id || !from)
    throw new ConnectorError({ class: 'invalid', message: 'It has no id or no sender.', scope: 'message' });
  const seconds = Number(field('ts'));
  return {
    op: 'upsert',
    ref: { id },
    revision: '1',
    kind: 'DIRECT_MESSAGE' as PostKind,
    author: numberIdentity(from),
    own: false,
    // Everything between two numbers is one conversation.
    root: { id: `${config.number}:${from}` },
    occurredAt: seconds > 0 ? new Date(seconds * 1000) : now,
    text: textOf(fields.get('text') ?? Buffer.alloc(0), field('charset')),
    media: [],
    auto: false,
    replyability: { public: false, private: true },
    replyTo: { to: from },
  };
}

function receiptOf(field: (name: string) => string, now: Date): Receipt[] {
  const [id, state] = [field('key'), STATES[field('type')]];
  if (!id || !state) return [];
  const said = field('answer') || 'The telephone network did not take it.';
  const fault = { class: 'invalid' as const, message: said.slice(0, 300), scope: 'message' as const };
  return [{ ref: { id }, state, at: now, ...(state === 'failed' && { fault }) }];
}

/** Kannel fills in %d, %F and %A itself, so they are written as they are. */
function reportUrl({ config, hookUrl }: ConnectorContext<KannelConfig>, key: string): string {
  return `${hookUrl}?kind=dlr&token=${encodeURIComponent(config.token)}&key=${key}&type=%d&smscid=%F&answer=%A`;
}

const isSameNumber = (one: string, other: string): boolean => one.replace(/^\+/, '') === other.replace(/^\+/, '');
