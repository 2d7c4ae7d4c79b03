import { youtubeConnector } from '../../../integrations/youtube/connector.js';
import type { PostKind } from '../../../src/ingest/connector.js';
import { type JsonAnswer, startJson } from '../json-server.js';
import type { Subject, SubjectKind, Trouble } from './subject.js';

export const CHANNEL = `UC${'a'.repeat(22)}`;
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

export const comment = (id: string, text: string, at: string, given: object = {}, author = 'UCmarisol') => ({
  id,
  snippet: {
    textOriginal: text,
    authorDisplayName: `@${author.slice(2)}`,
    authorChannelId: { value: author },
    publishedAt: at,
    updatedAt: at,
    ...given,
  },
});

/** A channel with one thread of two comments, which takes answers. */
export function channelWith(sent: { id: string; text: string; at: string }[], words: () => string): JsonAnswer {
  const [asked, answered, edited] = [ago(50), ago(40), ago(1)];
  return ({ method, path, query, text }) => {
    if (path === '/channels')
      return { items: [{ id: CHANNEL, snippet: { title: 'Panadería Olivar', customUrl: '@olivar' } }] };
    if (path === '/commentThreads') {
      const top = comment('t1', '¿Y la receta? 🥖', asked);
      const later = words() === 'Eso digo yo' ? {} : { updatedAt: edited };
      const answer = comment('t1.r1', words(), answered, { parentId: 't1', ...later }, 'UCjoao');
      return {
        items: [
          {
            id: 't1',
            snippet: { topLevelComment: top, videoId: 'v1', canReply: true, totalReplyCount: 1 },
            replies: { comments: [answer] },
          },
        ],
      };
    }
    if (path === '/comments' && method === 'GET')
      return {
        items: sent.map(({ id, text: said, at }) =>
          comment(id, said, at, { parentId: query.get('parentId') }, CHANNEL),
        ),
      };
    if (path === '/comments' && method === 'DELETE') {
      const at = sent.findIndex(({ id }) => id === query.get('id'));
      if (at < 0) return { status: 404, body: { error: { errors: [{ reason: 'commentNotFound' }] } } };
      sent.splice(at, 1);
      return { status: 204 };
    }
    if (path === '/comments' && method === 'POST') {
      const { snippet } = JSON.parse(text) as { snippet: { textOriginal: string } };
      sent.push({ id: `t1.s${sent.length}`, text: snippet.textOriginal, at: new Date().toISOString() });
      return comment(sent.at(-1)!.id, snippet.textOriginal, sent.at(-1)!.at, {}, CHANNEL);
    }
    return undefined;
  };
}

async function openYoutube(trouble?: Trouble): Promise<Subject> {
  let words = 'Eso digo yo';
  const sent: { id: string; text: string; at: string }[] = [];
  const server = await startJson(
    channelWith(sent, () => words),
    trouble,
  );
  if (trouble === 'gone') await server.close();
  return {
    connector: youtubeConnector({ origin: server.origin }),
    source: {
      kind: 'ACCOUNT',
      query: 'olivar',
      settings: { channelId: CHANNEL },
      credentials: { accessToken: 'ya29' },
    },
    reading: {
      beginning: { until: ago(60) },
      posts: 2,
      isAtEnd: () => false,
      edit: () => {
        words = 'Eso digo yo también';
      },
    },
    sending: {
      command: {
        kind: 'reply',
        visibility: 'public',
        parent: {
          ref: { id: 't1' },
          kind: 'COMMENT' as PostKind,
          author: { id: 'UCmarisol' },
          own: false,
          text: '¿Y la receta?',
          occurredAt: new Date(),
          replyTo: { topId: 't1' },
        },
      },
      sent: async () => sent,
      misbehave: server.misbehave,
    },
    close: async () => {
      if (trouble !== 'gone') await server.close();
    },
  };
}

export const youtube: SubjectKind = { name: 'youtube', open: openYoutube };
