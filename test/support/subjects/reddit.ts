import { redditConnector } from '../../../integrations/reddit/connector.js';
import type { PostKind } from '../../../src/ingest/connector.js';
import { type JsonAnswer, type JsonRequest, startJson } from '../json-server.js';
import type { Subject, SubjectKind, Trouble } from './subject.js';

export const secondsAgo = (minutes: number) => Math.floor(Date.now() / 1000) - minutes * 60;

export const listing = (kind: string, things: object[], after: string | null = null) => ({
  kind: 'Listing',
  data: { after, children: things.map(data => ({ kind, data })) },
});

export const comment = (name: string, body: string, given: object = {}) => ({
  name,
  body,
  created_utc: secondsAgo(30),
  author: 'marisol_pan',
  author_fullname: 't2_marisol',
  subreddit: 'panaderia',
  link_id: 't3_pan',
  parent_id: 't3_pan',
  permalink: `/r/panaderia/comments/pan/masa/${name.slice(3)}/`,
  edited: false,
  ...given,
});

export const message = (name: string, body: string, given: object = {}) => ({
  name,
  body,
  subject: 'Un pedido',
  created_utc: secondsAgo(20),
  author: 'joao_forno',
  author_fullname: 't2_joao',
  dest: 'panaderia_olivar',
  first_message_name: null,
  parent_id: null,
  ...given,
});

interface Written {
  name: string;
  body: string;
  parent_id?: string;
  dest?: string;
  author?: string;
  created_utc: number;
}

/** What the account is told, and what it writes. */
export interface RedditState {
  inbox: { kind: string; data: object }[];
  things: { name: string }[];
  written: Written[];
}

const formOf = ({ text }: JsonRequest) => Object.fromEntries(new URLSearchParams(text));

/** Reddit before one account: its inbox, its things, and what it writes. */
export function redditWith(state: RedditState): JsonAnswer {
  const write = (kind: string, given: Omit<Written, 'name' | 'created_utc'>) => {
    const made = { ...given, name: `${kind}_s${state.written.length}`, created_utc: Date.now() / 1000 };
    state.written.push(made);
    return { json: { errors: [], data: { things: [{ kind, data: { ...made, author: 'panaderia_olivar' } }] } } };
  };
  return asked => {
    const { method, path, query } = asked;
    if (path === '/api/v1/me') return { id: 'olivar', name: 'panaderia_olivar', icon_img: '' };
    if (path === '/message/inbox') return { kind: 'Listing', data: { after: null, children: state.inbox } };
    if (path === '/api/info') {
      const wanted = query.get('id')!.split(',');
      return listing(
        't1',
        state.things.filter(({ name }) => wanted.includes(name)),
      );
    }
    if (path === '/user/panaderia_olivar/comments')
      return listing(
        't1',
        state.written.filter(({ name }) => name.startsWith('t1_')),
      );
    if (path === '/message/sent')
      return listing(
        't4',
        state.written.filter(({ name }) => name.startsWith('t4_')),
      );
    if (method !== 'POST') return undefined;
    const form = formOf(asked);
    if (path === '/api/comment')
      return write(form['thing_id']!.slice(0, 2), { body: form['text']!, parent_id: form['thing_id']! });
    if (path === '/api/compose') {
      write('t4', { body: form['text']!, dest: form['to']! });
      return { json: { errors: [] } };
    }
    if (path === '/api/del') {
      state.written = state.written.filter(({ name }) => name !== form['id']);
      return {};
    }
    return undefined;
  };
}

/** As Reddit shows what was written in its Markdown, as far as the tests write any. */
const shown = (markdown: string) => markdown.replace(/ {2}\n/g, '\n').replace(/\\([^\w\s])/g, '$1');

export const SOURCE = {
  kind: 'ACCOUNT' as const,
  query: 'panaderia_olivar',
  settings: { username: 'panaderia_olivar', clientId: 'app' },
  credentials: { accessToken: 'token' },
};

async function openReddit(trouble?: Trouble): Promise<Subject> {
  const things = [comment('t1_uno', '¿Y la receta? 🥖'), comment('t1_dos', 'u/panaderia_olivar mirad esto')];
  const summary = ({ link_id: _link, edited: _edited, ...kept }: ReturnType<typeof comment>, type: string) => ({
    kind: 't1',
    data: { ...kept, type },
  });
  const state: RedditState = {
    inbox: [
      { kind: 't4', data: message('t4_hola', '¿Abrís el domingo?') },
      summary(things[1]!, 'username_mention'),
      summary(things[0]!, 'comment_reply'),
      { kind: 't1', data: { name: 'x' } },
    ],
    things,
    written: [],
  };
  const server = await startJson(redditWith(state), trouble);
  if (trouble === 'gone') await server.close();
  return {
    connector: redditConnector({ origin: server.origin, site: server.origin }),
    source: SOURCE,
    reading: {
      beginning: null,
      posts: 3,
      isAtEnd: () => false,
      edit: () => {
        things[0] = comment('t1_uno', '¿Y la receta de siempre? 🥖', { edited: secondsAgo(1) });
        things[1] = comment('t1_dos', '[deleted]', { author: '[deleted]' });
        state.things = things;
      },
    },
    sending: {
      command: {
        kind: 'reply',
        visibility: 'public',
        parent: {
          ref: { id: 't1_uno' },
          kind: 'COMMENT' as PostKind,
          author: { id: 't2_marisol', handle: 'marisol_pan' },
          own: false,
          text: '¿Y la receta?',
          occurredAt: new Date(),
          replyTo: { thingId: 't1_uno' },
        },
      },
      refused: {
        parent: {
          ref: { id: 't1_viejo' },
          kind: 'COMMENT' as PostKind,
          author: { id: 't2_marisol' },
          own: false,
          text: 'Hace un año',
          occurredAt: new Date('2025-01-01T00:00:00Z'),
          replyability: { public: false, private: true, reason: 'COMMENTS_CLOSED' },
        },
        code: 'COMMENTS_CLOSED',
      },
      sent: async () => state.written.map(({ name, body }) => ({ id: name, text: shown(body) })),
      misbehave: server.misbehave,
    },
    close: async () => {
      if (trouble !== 'gone') await server.close();
    },
  };
}

export const reddit: SubjectKind = { name: 'reddit', open: openReddit };
