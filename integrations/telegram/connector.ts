import { z } from 'zod';
import {
  type Batch,
  type Connector,
  type ConnectorContext,
  ConnectorError,
  type FormPart,
  type InboundEvent,
  type Network,
  type ParentPost,
  type SendCommand,
  type SourceDescription,
} from '../../src/ingest/connector.js';
import { renderPlain } from '../../src/ingest/rendering.js';
import { jsonOf } from '../../src/platform/json.text.js';
import { isSameSecret } from '../../src/platform/secrets.js';
import { type Call, ChatMoved, callBot } from './bot.client.js';
import { identityOf, idOf, readId, readMessage, readUpdate, replyToOf } from './update.event.js';

export interface TelegramConfig {
  token: string;
  botId: string;
}

/** The number of the next update to ask for: asking for it confirms all before. */
export interface TelegramCursor {
  offset: number;
}

export interface TelegramOptions {
  /** Of the Bot API; Telegram's own unless given. */
  origin?: string;
}

const TOKEN = /^(\d{3,}):[A-Za-z0-9_-]{20,}$/;
const LONGEST_TEXT = 4096;
const LONGEST_CAPTION = 1024;
const UPDATES = 100;
const WANTED = [
  'message',
  'edited_message',
  'channel_post',
  'edited_channel_post',
  'business_message',
  'edited_business_message',
  'deleted_business_messages',
];

const me = z.object({ id: z.number(), username: z.string(), first_name: z.string().optional() });

/** A Telegram bot: what is written to it, in private, in groups and through business accounts, and its answers. */
export function telegramConnector({
  origin = 'https://api.telegram.org',
}: TelegramOptions = {}): Connector<TelegramConfig, TelegramCursor> {
  const ask = (context: ConnectorContext<TelegramConfig>, method: string, more: Partial<Call> = {}) =>
    callBot({ http: context.http, origin, token: context.config.token, method, now: context.now(), ...more });

  return {
    kind: 'telegram',
    version: 1,
    network: 'TELEGRAM' as Network,
    capabilities: {
      inbound: { webhook: true, stream: false, poll: true },
      reply: { public: true, private: true },
      edits: { notified: true, detectable: false },
      deletions: { notified: true, detectable: false },
      threadDepth: 1000,
      textLimit: { max: LONGEST_TEXT, unit: 'characters' },
      media: true,
      idempotency: 'none',
      receipts: false,
      historyDays: 1,
    },
    connection: {
      fields: [
        {
          name: 'token',
          kind: 'secret',
          required: true,
          description: 'The token that @BotFather shows when a bot is made.',
        },
      ],
    },
    configure,

    async check(context) {
      try {
        const bot = me.parse(await ask(context, 'getMe'));
        return { ok: true, account: identityOf(bot) };
      } catch (error) {
        if (error instanceof ConnectorError) return { ok: false, problem: error.fault };
        const message = 'Telegram did not say which bot this is.';
        return { ok: false, problem: { class: 'transient', message, scope: 'endpoint' } };
      }
    },

    async *poll(context, cursor) {
      yield* poll(context, cursor, offset =>
        ask(context, 'getUpdates', {
          parameters: { ...(offset > 0 && { offset }), limit: UPDATES, timeout: 0, allowed_updates: WANTED },
        }),
      );
    },

    async subscribe(context, hook) {
      await ask(context, 'setWebhook', {
        parameters: { url: hook.url, secret_token: hook.secret, allowed_updates: WANTED, max_connections: 20 },
      });
      return {};
    },
    verifyWebhook({ hookSecret }, request) {
      const said = request.headers['x-telegram-bot-api-secret-token'] ?? '';
      if (!hookSecret || !isSameSecret(said, hookSecret))
        return { kind: 'reject', status: 401, reason: 'The secret token is not the one that was agreed on.' };
      return { kind: 'events' };
    },
    parseWebhook({ config, now }, { body }) {
      const found = readUpdate(jsonOf(body), config.botId, now());
      if (!found)
        throw new ConnectorError({ class: 'invalid', message: 'This is not an update of Telegram.', scope: 'message' });
      return { events: found.events };
    },

    render: (_context, draft) =>
      renderPlain(draft, { max: draft.media?.length ? LONGEST_CAPTION : LONGEST_TEXT, media: 1 }),
    async send(context, command) {
      const sent = await deliver(command, (method, parameters, files) =>
        ask(context, method, { parameters, files, writes: true }),
      );
      const message = readMessage(sent);
      if (!message) return { state: 'unknown' };
      const id = idOf(message, message.message_id, context.config.botId);
      return { state: 'sent', ref: { id }, replyTo: replyToOf(message) };
    },
    async delete(context, { id }) {
      const place = readId(id, context.config.botId);
      if (!place)
        throw new ConnectorError({ class: 'invalid', message: 'This is no message of Telegram.', scope: 'message' });
      const { chatId: chat_id, messageId: message_id, connection } = place;
      try {
        if (connection) {
          const parameters = { business_connection_id: connection, message_ids: [message_id] };
          await ask(context, 'deleteBusinessMessages', { parameters, writes: true });
        } else await ask(context, 'deleteMessage', { parameters: { chat_id, message_id }, writes: true });
      } catch (error) {
        if (!(error instanceof ConnectorError && error.fault.class === 'not_found')) throw error;
      }
    },
  };
}

function configure(source: SourceDescription): TelegramConfig {
  const refuse = (message: string): never => {
    throw new ConnectorError({ class: 'invalid', message, scope: 'message' });
  };
  if (source.kind !== 'ACCOUNT' || source.query.trim() === '')
    refuse('On Telegram only a bot of your own can be followed.');
  const token = source.credentials?.['token']?.trim() ?? '';
  const botId = TOKEN.exec(token)?.[1];
  if (!botId) return refuse('The token of the bot is missing, or is none.');
  return { token, botId };
}

async function* poll(
  context: ConnectorContext<TelegramConfig>,
  cursor: TelegramCursor | null,
  updatesFrom: (offset: number) => Promise<unknown>,
): AsyncGenerator<Batch<TelegramCursor>> {
  let offset = cursor?.offset ?? 0;
  for (let more = true; more && !context.signal.aborted; ) {
    const updates = await updatesFrom(offset).catch(error => {
      if (context.signal.aborted) return [];
      // While Telegram calls us there is nothing to ask for.
      if (error instanceof ConnectorError && error.fault.class === 'duplicate') return [];
      throw error;
    });
    if (!Array.isArray(updates)) {
      const message = 'Telegram answered something other than updates.';
      throw new ConnectorError({ class: 'transient', message, scope: 'endpoint' });
    }
    const events: InboundEvent[] = [];
    // After a week of silence Telegram begins anew with any number, which may be a lower one.
    let last = 0;
    for (const given of updates) {
      const found = readUpdate(given, context.config.botId, context.now());
      if (!found) context.log.warn({}, 'an update of Telegram could not be read');
      else {
        events.push(...found.events);
        last = Math.max(last, found.id);
      }
    }
    // What cannot be read at all would be given again and again.
    more = updates.length === UPDATES && last > 0;
    if (last > 0) offset = last + 1;
    if (updates.length > 0) yield { events, cursor: { offset }, more };
  }
}

const METHODS = {
  image: ['sendPhoto', 'photo'],
  video: ['sendVideo', 'video'],
  audio: ['sendAudio', 'audio'],
} as const;

async function deliver(
  { parent, recipient, rendered, media }: SendCommand,
  ask: (method: string, parameters: Record<string, unknown>, files: FormPart[]) => Promise<unknown>,
): Promise<unknown> {
  const place = placeOf(parent, recipient?.id);
  const [file] = media;
  const [method, field] = file
    ? (METHODS[file.kind as keyof typeof METHODS] ?? ['sendDocument', 'document'])
    : ['sendMessage', ''];
  const files: FormPart[] = file
    ? [{ name: field, value: file.bytes, type: file.type, fileName: file.name ?? field }]
    : [];
  const words = file ? { caption: rendered.text } : { text: rendered.text };
  try {
    return await ask(method, { ...place, ...words }, files);
  } catch (error) {
    if (!(error instanceof ChatMoved)) throw error;
    // The answered message stayed behind in the old group.
    return ask(method, { chat_id: error.chatId, ...words }, files);
  }
}

function placeOf(parent: ParentPost | null, recipient: string | undefined): Record<string, unknown> {
  const { chatId, messageId, businessConnectionId, threadId } = parent?.replyTo ?? {};
  const to = chatId ?? recipient;
  if (!to)
    throw new ConnectorError({
      class: 'not_found',
      message: 'It is not known in which chat to answer.',
      scope: 'message',
    });
  return {
    chat_id: to,
    ...(messageId !== undefined && {
      reply_parameters: { message_id: messageId, allow_sending_without_reply: true },
    }),
    ...(businessConnectionId !== undefined && { business_connection_id: businessConnectionId }),
    ...(threadId !== undefined && { message_thread_id: threadId }),
  };
}
