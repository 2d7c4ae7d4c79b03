import { mastodonConnector } from '../../../integrations/mastodon/connector.js';
import type { PostKind } from '../../../src/ingest/connector.js';
import { frameOf, type Mood, notificationOf, startMastodon, statusOf } from '../mastodon-server.js';
import type { Subject, SubjectKind, Trouble } from './subject.js';

const PARENT = {
  ref: { id: 'mastodon.example/101' },
  kind: 'MENTION' as PostKind,
  author: { id: 'clienta@otra.example', handle: 'clienta@otra.example' },
  own: false,
  text: '¿Hay pan?',
  occurredAt: new Date('2026-11-18T11:01:00Z'),
  replyTo: {
    id: '101',
    visibility: 'unlisted',
    spoilerText: '',
    acct: 'clienta@otra.example',
    instance: 'mastodon.example',
  },
};

async function openMastodon(trouble?: Trouble): Promise<Subject> {
  const server = await startMastodon(trouble === 'gone' ? 'no' : (trouble satisfies Mood | undefined));
  const posts = [101, 102, 103, 104].map(id => statusOf(String(id), `Hola ${id} 👩‍🍳`));
  server.notifications = posts.map((status, at) => notificationOf(String(501 + at), status));
  // While we listen: an edit, a deletion, an echo of ours and one more mention.
  server.live = [
    frameOf('status.update', { ...posts[1], content: '<p>Hola otra vez</p>', edited_at: '2026-11-18T11:30:00.000Z' }),
    frameOf('delete', '103'),
    frameOf('update', statusOf('105', 'Abrimos', { account: server.own, mentions: [] })),
    frameOf('notification', notificationOf('505', statusOf('106', 'Gracias'))),
  ];
  let last = '505';
  const say = (text: string) => {
    last = '506';
    server.live.push(frameOf('notification', notificationOf(last, statusOf('107', text))));
  };
  if (trouble === 'gone') await server.close();
  return {
    connector: mastodonConnector({ originOf: () => server.url, allowPrivateAddresses: true }),
    source: {
      kind: 'ACCOUNT',
      query: '@panaderia@mastodon.example',
      settings: { instance: server.instance },
      credentials: { accessToken: server.token },
    },
    reading: {
      beginning: { minId: '0' },
      posts: 6,
      isAtEnd: cursor => (cursor as { minId: string }).minId === last,
      say,
    },
    sending: {
      command: { kind: 'reply', visibility: 'public', parent: PARENT },
      sent: async () => server.statuses.map(({ id, source }) => ({ id: `mastodon.example/${id}`, text: source })),
      misbehave: server.misbehave,
    },
    close: async () => {
      if (trouble !== 'gone') await server.close();
    },
  };
}

export const mastodon: SubjectKind = { name: 'mastodon', open: openMastodon };
