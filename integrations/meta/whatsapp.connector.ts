import { z } from 'zod';
import {
  type Connector,
  type ConnectorContext,
  ConnectorError,
  type InboundEvent,
  type Network,
  type Receipt,
  type SendCommand,
} from '../../src/ingest/connector.js';
import { refusal, renderPlain } from '../../src/ingest/rendering.js';
import { APP_FIELDS, checkMeta, type MetaConfig, type MetaOptions, subscribeApp } from './account.client.js';
import { changesOf, configureMeta, verifyMeta } from './app.hook.js';
import { askGraph, GRAPH_ORIGIN, limitsOfMeta } from './graph.client.js';
import { readMessages } from './whatsapp.event.js';

const LONGEST_TEXT = 4096;

const number = z.object({ id: z.string(), display_phone_number: z.string(), verified_name: z.string().optional() });
const created = z.object({ messages: z.array(z.object({ id: z.string() })) });
const uploaded = z.object({ id: z.string() });

/** A number at WhatsApp's Cloud API. People are answered freely for a day after they wrote; who hides their number has an id. */
export function whatsappConnector({ origin = GRAPH_ORIGIN }: MetaOptions = {}): Connector<MetaConfig> {
  return {
    kind: 'whatsapp',
    version: 1,
    network: 'WHATSAPP' as Network,
    capabilities: {
      inbound: { webhook: true, stream: false, poll: false },
      reply: { public: false, private: true, windowHours: 24 },
      edits: { notified: false, detectable: false },
      deletions: { notified: false, detectable: false },
      threadDepth: 1,
      textLimit: { max: LONGEST_TEXT, unit: 'characters' },
      media: true,
      idempotency: 'none',
      receipts: true,
    },
    connection: {
      fields: [
        {
          name: 'phoneNumberId',
          kind: 'setting',
          required: true,
          description: 'The Phone number ID under WhatsApp → API setup; not the number itself.',
        },
        {
          name: 'businessId',
          kind: 'setting',
          required: true,
          description: 'The WhatsApp Business Account ID on the same page.',
        },
        ...APP_FIELDS.map(field =>
          field.name === 'token'
            ? {
                ...field,
                required: true,
                description: 'A permanent access token of a system user with whatsapp_business_messaging.',
              }
            : field,
        ),
      ],
    },
    configure: source => configureMeta(source, 'phoneNumberId', 'businessId'),
    limitsOf: limitsOfMeta,
    check: context =>
      checkMeta(context, origin, 'id,display_phone_number,verified_name', answer => {
        const { id, display_phone_number: shown, verified_name: name } = number.parse(answer);
        return { id, handle: `+${shown.replace(/\D/g, '')}`, ...(name && { displayName: name }) };
      }),

    subscribe: (context, hook) =>
      subscribeApp(context, origin, hook, 'whatsapp_business_account', ['messages'], { id: context.config.holderId! }),
    verifyWebhook: verifyMeta,
    parseWebhook({ config: { id }, now }, request) {
      const found = { events: [] as InboundEvent[], receipts: [] as Receipt[] };
      for (const { field, value } of changesOf(request, 'whatsapp_business_account', now())) {
        if (field !== 'messages') continue;
        const { events, receipts } = readMessages(value, id);
        found.events.push(...events);
        found.receipts.push(...receipts);
      }
      return found;
    },

    render({ now }, draft, parent) {
      const until = parent?.replyability?.until;
      if (!parent || (until && until <= now()))
        return {
          ...refusal(
            'TEMPLATE_NEEDED',
            'More than a day after a person wrote, WhatsApp takes only approved templates.',
          ),
          class: 'window_closed',
        };
      return renderPlain(draft, { max: LONGEST_TEXT, media: 1 });
    },
    async send(context, command) {
      const file = command.media[0];
      const content = file
        ? await attached(context, origin, file, command.rendered.text)
        : { type: 'text', text: { body: command.rendered.text, preview_url: true } };
      const answer = await askGraph(context, origin, `${context.config.id}/messages`, {
        method: 'POST',
        json: { messaging_product: 'whatsapp', recipient_type: 'individual', ...addressOf(command), ...content },
      });
      const sent = created.safeParse(answer).data?.messages[0];
      if (!sent) return { state: 'unknown' };
      const { to, isUserId } = personOf(command);
      return {
        state: 'queued',
        ref: { id: sent.id },
        replyTo: { to, messageId: sent.id, ...(isUserId && { isUserId }) },
      };
    },
  };
}

function personOf({ parent, recipient }: SendCommand): { to: string; isUserId: boolean } {
  const to = parent?.replyTo?.['to'] ?? recipient?.id;
  if (typeof to === 'string') return { to, isUserId: parent?.replyTo?.['isUserId'] === true };
  throw new ConnectorError({ class: 'not_found', message: 'It is not known whom to write to.', scope: 'message' });
}

function addressOf(command: SendCommand): object {
  const { to, isUserId } = personOf(command);
  const messageId = command.parent?.replyTo?.['messageId'];
  return {
    ...(isUserId ? { recipient: to } : { to }),
    ...(typeof messageId === 'string' && { context: { message_id: messageId } }),
  };
}

async function attached(
  context: ConnectorContext<MetaConfig>,
  origin: string,
  file: SendCommand['media'][number],
  caption: string,
): Promise<object> {
  // Nobody sees what is uploaded until it is sent, so a failure here may simply be tried again.
  const kept = uploaded.safeParse(
    await askGraph(context, origin, `${context.config.id}/media`, {
      method: 'POST',
      multipart: [
        { name: 'messaging_product', value: 'whatsapp' },
        { name: 'type', value: file.type },
        { name: 'file', value: file.bytes, type: file.type, fileName: file.name ?? 'file' },
      ],
    }).catch(error => {
      if (!(error instanceof ConnectorError)) throw error;
      throw new ConnectorError({ ...error.fault, mayHaveHappened: false });
    }),
  );
  if (!kept.success)
    throw new ConnectorError({ class: 'transient', message: 'WhatsApp did not keep the file.', scope: 'endpoint' });
  const { id } = kept.data;
  const type = file.kind === 'file' ? 'document' : file.kind;
  return {
    type,
    [type]: {
      id,
      ...(caption && type !== 'audio' && { caption }),
      ...(type === 'document' && { filename: file.name ?? 'file' }),
    },
  };
}
