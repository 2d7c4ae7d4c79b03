import { webConnector } from '../../../integrations/web/connector.js';
import { newVisitor, signForm, visitorOf } from '../../../integrations/web/embed.signature.js';
import type {
  ConnectorContext,
  ExternalRef,
  PostKind,
  RawRequest,
  SendCommand,
} from '../../../src/ingest/connector.js';
import type { Subject, SubjectKind } from './subject.js';

const SECRET = 'un secreto del horno';
const HOOK_SECRET = 'agreed-secret';
const ORIGIN = 'https://www.horno.example';

function call(type: string, body: string, headers: Record<string, string | undefined> = {}): RawRequest {
  return {
    method: 'POST',
    url: 'https://crm.example.com/hooks/web',
    headers: { 'content-type': type, origin: ORIGIN, ...headers },
    query: {},
    body: Buffer.from(body),
  };
}

const form = (fields: Record<string, string>, headers?: Record<string, string | undefined>): RawRequest =>
  call('application/x-www-form-urlencoded', new URLSearchParams(fields).toString(), headers);
const chat = (fields: object, headers?: Record<string, string | undefined>): RawRequest =>
  call('application/json', JSON.stringify({ kind: 'chat', ...fields }), headers);

/** There is no network: what is sent is there once it is recorded, so an answer can only be lost on our side. */
async function openWeb(): Promise<Subject> {
  const sent = new Map<string, string>();
  let isLost = false;
  const adapter = webConnector();
  const connector = {
    ...adapter,
    async send(context: ConnectorContext<never>, command: SendCommand) {
      const result = await adapter.send!(context, command);
      if ('ref' in result) sent.set(result.ref.id, command.rendered.text);
      if (isLost) return { state: 'unknown' as const };
      return result;
    },
    async delete(context: ConnectorContext<never>, ref: ExternalRef) {
      await adapter.delete!(context, ref);
      sent.delete(ref.id);
    },
  };
  const token = signForm(SECRET, ORIGIN, new Date());
  const visitor = newVisitor(HOOK_SECRET);
  const id = visitorOf(HOOK_SECRET, visitor)!;
  const order = { token, id: 'pedido-1', email: 'clara@example.com', name: 'Clara', message: '¿Hacéis tartas? 🎂' };
  const question = { visitor, id: 'mensaje-0001', text: '¿Abrís el domingo? 🥐' };
  return {
    connector,
    source: {
      kind: 'ACCOUNT',
      query: 'www.horno.example',
      credentials: { secret: SECRET },
      settings: { origins: ORIGIN },
    },
    hooks: {
      secret: HOOK_SECRET,
      deliveries: [
        form(order),
        call('application/json', JSON.stringify({ token, id: 'pedido-2', phone: '+34 600 111 222', subject: 'Pan' })),
        chat(question),
        chat({ ...question, id: 'mensaje-0002', text: 'Y otra cosa' }),
      ],
      posts: 4,
      edited: 0,
      deleted: 0,
      own: 0,
      forged: [
        form({ ...order, token: token.replace(/.$/, last => (last === '0' ? '1' : '0')) }),
        form({ ...order, token: '' }),
        form({ ...order, token: signForm('another secret text', ORIGIN, new Date()) }),
        form({ ...order, token: signForm(SECRET, ORIGIN, new Date(Date.now() - 86_400_000)) }),
        form(order, { origin: 'https://elsewhere.example' }),
        form(order, { origin: undefined }),
        chat({ ...question, visitor: newVisitor('another') }),
        chat({ ...question, visitor: '' }),
        chat(question, { origin: 'https://elsewhere.example' }),
      ],
    },
    sending: {
      command: {
        kind: 'reply',
        visibility: 'private',
        parent: {
          ref: { id: `${id}:mensaje-0001` },
          kind: 'DIRECT_MESSAGE' as PostKind,
          author: { id },
          own: false,
          text: question.text,
          occurredAt: new Date(),
          replyTo: { visitor: id },
        },
      },
      refused: {
        parent: {
          ref: { id: 'f-1' },
          kind: 'DIRECT_MESSAGE' as PostKind,
          author: { id: 'c-1' },
          own: false,
          text: '¿Hacéis tartas?',
          occurredAt: new Date(),
        },
        code: 'NOT_POSSIBLE',
      },
      isAtHome: true,
      sent: async () => [...sent].map(([key, text]) => ({ id: key, text })),
      misbehave(trouble) {
        isLost = trouble === 'lostAnswer';
      },
    },
    close: async () => {},
  };
}

export const web: SubjectKind = { name: 'web', open: openWeb };
