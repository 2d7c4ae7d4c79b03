import { readFileSync } from 'node:fs';
import { telegramConnector } from '../../../integrations/telegram/connector.js';
import type { PostKind, RawRequest } from '../../../src/ingest/connector.js';
import { startTelegram } from '../telegram-server.js';
import type { Subject, SubjectKind, Trouble } from './subject.js';

const updates = JSON.parse(readFileSync('integrations/telegram/fixtures/updates.json', 'utf8')) as {
  update_id: number;
}[];

const SECRET = 'agreed-secret';

function delivery(update: object, secret: string | undefined): RawRequest {
  return {
    method: 'POST',
    url: 'https://crm.example.com/hooks/telegram',
    headers: {
      'content-type': 'application/json',
      ...(secret !== undefined && { 'x-telegram-bot-api-secret-token': secret }),
    },
    query: {},
    body: Buffer.from(JSON.stringify(update)),
  };
}

async function openTelegram(trouble?: Trouble): Promise<Subject> {
  const server = await startTelegram(updates, trouble);
  if (trouble === 'gone') await server.close();
  return {
    connector: telegramConnector({ origin: server.origin }),
    source: {
      kind: 'ACCOUNT',
      query: 'olivar_bot',
      credentials: { token: '123456:AAF-abcdefghijklmnopqrstuvwxyz01234' },
    },
    reading: { beginning: null, posts: 5, isAtEnd: () => false },
    hooks: {
      secret: SECRET,
      deliveries: updates.map(update => delivery(update, SECRET)),
      posts: 5,
      edited: 1,
      deleted: 1,
      own: 1,
      forged: [delivery(updates[0]!, undefined), delivery(updates[0]!, 'a-strangers')],
    },
    sending: {
      command: {
        kind: 'reply',
        visibility: 'private',
        parent: {
          ref: { id: '123456/5001:11' },
          kind: 'DIRECT_MESSAGE' as PostKind,
          author: { id: '5001', handle: 'marisol_pan' },
          own: false,
          text: '¿Tenéis pan sin gluten?',
          occurredAt: new Date('2026-11-25T10:00:00Z'),
          replyTo: { chatId: '5001', messageId: 11 },
        },
      },
      sent: async () => server.sent.map(({ id, text }) => ({ id, text })),
      misbehave: server.misbehave,
    },
    close: async () => {
      if (trouble !== 'gone') await server.close();
    },
  };
}

export const telegram: SubjectKind = { name: 'telegram', open: openTelegram };
