import {
  type Connector,
  ConnectorError,
  type HookContext,
  type Network,
  type RawRequest,
  type SendCommand,
  type WebhookVerdict,
} from '../../src/ingest/connector.js';
import { refusal, renderPlain } from '../../src/ingest/rendering.js';
import { chatEvent, LONGEST_MESSAGE, readChat } from './chat.event.js';
import { isSignedForm, isVisitor } from './embed.signature.js';
import { type Fields, formEvent, formId, isEmpty, isFilledByMachine, readFields } from './form.event.js';
import { allowedOrigin, configureSite, originOf, type WebConfig } from './site.config.js';

const MOST_BYTES = 64 * 1024;
const NO_CHAT = 'Whoever wrote through a form alone has no chat in which to be answered.';
const JSON_TYPE = 'application/json; charset=utf-8';

/** A site of the owner's: what is written into its forms and its chat, and what is answered there. */
export function webConnector(): Connector<WebConfig, never> {
  return {
    kind: 'web',
    version: 1,
    network: 'WEB' as Network,
    follows: ['ACCOUNT'],
    capabilities: {
      inbound: { webhook: true, stream: false, poll: false },
      reply: { public: false, private: true },
      edits: { notified: false, detectable: false },
      deletions: { notified: false, detectable: false },
      threadDepth: 1,
      textLimit: { max: LONGEST_MESSAGE, unit: 'characters' },
      media: false,
      idempotency: 'deterministicId',
      receipts: true,
    },
    connection: {
      fields: [
        {
          name: 'secret',
          kind: 'secret',
          required: true,
          description: 'A text of 16 characters or more that you make up: your own server signs its forms with it.',
        },
        {
          name: 'origins',
          kind: 'setting',
          required: true,
          description: 'The addresses your site is on, with spaces between: https://www.example.com',
        },
        {
          name: 'thanks',
          kind: 'setting',
          required: false,
          description: 'The page people see after they have sent a form.',
        },
        {
          name: 'honeypot',
          kind: 'setting',
          required: false,
          description: 'The name of a field that people do not see: what fills it is a machine, and is not kept.',
        },
      ],
    },
    openTo: { perCaller: 30, inAll: 600 },
    configure: configureSite,
    // There is no other side that could be down.
    check: async ({ config }) => ({ ok: true, account: { handle: new URL(config.origins[0]!).host } }),
    verifyWebhook,
    parseWebhook(context, request) {
      const event = eventOf(context, request);
      if (event) return { events: [event] };
      throw new ConnectorError({
        class: 'invalid',
        message: 'This is no form and no message of ours.',
        scope: 'message',
      });
    },

    render: (_context, draft, parent) =>
      parent && !isVisitor(parent.replyTo?.['visitor'])
        ? refusal('NOT_POSSIBLE', NO_CHAT)
        : renderPlain(draft, { max: LONGEST_MESSAGE }),
    // The visitor's browser reads it from us: once it is stored it is there.
    async send(_context, command) {
      const visitor = visitorFor(command);
      return { state: 'sent', ref: { id: `${visitor}:${command.key}` }, replyTo: { visitor } };
    },
    // What is recorded as deleted is not shown to the visitor any more.
    async delete() {},
  };
}

function verifyWebhook(context: HookContext<WebConfig>, request: RawRequest): WebhookVerdict {
  const { config, now } = context;
  const refuse = (status: number, reason: string): WebhookVerdict => ({ kind: 'reject', status, reason });
  if (request.method !== 'POST') return refuse(405, 'Forms are sent by POST.');
  if (request.body.length > MOST_BYTES) return refuse(413, 'It is too long.');
  const origin = allowedOrigin(config, request.headers);
  if (!origin) return refuse(403, 'It does not come from a page of the site.');
  const shared = { 'access-control-allow-origin': origin, vary: 'Origin' };
  const message = readChat(request);
  if (message !== undefined) {
    if (message === null) return refuse(400, 'The message cannot be taken as it is.');
    const event = chatEvent(context, message);
    if (!event) return refuse(401, 'The visitor is not known.');
    const body = JSON.stringify({ id: message.id });
    return {
      kind: 'events',
      deliveryId: event.ref.id,
      response: { status: 202, body, headers: { ...shared, 'content-type': JSON_TYPE } },
    };
  }
  const fields = readFields(request);
  if (!fields) return refuse(400, 'It is no form, or has too much in it.');
  const thanks = thanksFor(config, request, fields, origin);
  const { status, body = '' } = thanks;
  const headers: Record<string, string> = { ...thanks.headers, ...shared };
  // A machine is told that all is well, so that it does not try something else.
  if (isFilledByMachine(config, fields))
    return {
      kind: 'challenge',
      status,
      body,
      headers,
      ...(headers['content-type'] && { type: headers['content-type'] }),
    };
  if (!isSignedForm(config.secret, origin, fields['token'] ?? '', now()))
    return refuse(403, 'The form is not signed, or has lain open too long.');
  if (isEmpty(fields)) return refuse(400, 'The form is empty.');
  return { kind: 'events', deliveryId: formId(context, fields), response: { status, body, headers } };
}

/** A page of the site for people; JSON for scripts. */
function thanksFor(
  config: WebConfig,
  { headers }: RawRequest,
  fields: Fields,
  origin: string,
): { status: number; body?: string; headers: Record<string, string> } {
  if (headers['accept']?.includes('application/json') || headers['content-type']?.includes('json'))
    return { status: 200, body: '{"ok":true}', headers: { 'content-type': JSON_TYPE } };
  const wished = fields['thanks'] && URL.canParse(fields['thanks'], origin) && new URL(fields['thanks'], origin).href;
  const location = wished && config.origins.includes(originOf(wished) ?? '') ? wished : config.thanks;
  if (location) return { status: 303, headers: { location } };
  return { status: 200, body: 'Thank you. ¡Gracias! Obrigado.', headers: {} };
}

function eventOf(context: HookContext<WebConfig>, request: RawRequest) {
  const message = readChat(request);
  if (message !== undefined) return message && chatEvent(context, message);
  const fields = readFields(request);
  return fields && !isEmpty(fields) ? formEvent(context, fields) : null;
}

function visitorFor({ parent, recipient }: SendCommand): string {
  const visitor = parent?.replyTo?.['visitor'] ?? recipient?.id;
  if (isVisitor(visitor)) return visitor;
  throw new ConnectorError({ class: 'not_found', message: NO_CHAT, scope: 'message' });
}
