import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RawRequest } from '../../src/ingest/connector.js';

export const KEY = 'key-of-the-bakery';

export interface StubPost {
  id: number;
  topic_id: number;
  post_number: number;
  user_id: number;
  username: string;
  name: string | null;
  avatar_template: string;
  cooked: string;
  raw: string;
  created_at: string;
  updated_at: string;
  version: number;
  post_type: number;
  reply_to_post_number: number | null;
  topic_title: string;
  topic_slug: string;
  topic_archetype?: string;
  recipient?: string;
  post_url: string;
  deleted_at: string | null;
  user_deleted: boolean;
}

type Misbehaviour = 'no' | 'limited' | 'broken' | 'malformed' | 'silent' | 'lostAnswer' | 'expired';

/** A forum that answers as Discourse's own description says, and fails when it is told to. */
export interface StubForum {
  url: string;
  posts: StubPost[];
  hooks: { id: number; payload_url: string; secret: string; web_hook_event_type_ids: number[] }[];
  requests: { method: string; path: string; key?: string }[];
  add(post: Partial<StubPost> & { raw: string }): StubPost;
  misbehave(how: Misbehaviour, only?: 'writing'): void;
  close(): Promise<void>;
}

export async function openStubForum(): Promise<StubForum> {
  let trouble: { how: Misbehaviour; only?: 'writing' } = { how: 'no' };
  const forum: StubForum = {
    url: '',
    posts: [],
    hooks: [],
    requests: [],
    add({ raw, ...given }) {
      const id = given.id ?? Math.max(0, ...forum.posts.map(post => post.id)) + 1;
      const topic_id = given.topic_id ?? 7;
      const post_number = given.post_number ?? forum.posts.filter(post => post.topic_id === topic_id).length + 1;
      const created_at = new Date(Date.UTC(2026, 2, 1, 9, 0, id)).toISOString();
      const post: StubPost = {
        id,
        topic_id,
        post_number,
        user_id: 20,
        username: 'carla',
        name: 'Carla',
        avatar_template: '/user_avatar/forum.example/carla/{size}/1_2.png',
        cooked: `<p>${raw}</p>`,
        raw,
        created_at,
        updated_at: created_at,
        version: 1,
        post_type: 1,
        reply_to_post_number: null,
        topic_title: 'Pan sin gluten',
        topic_slug: 'pan-sin-gluten',
        post_url: `/t/pan-sin-gluten/${topic_id}/${post_number}`,
        deleted_at: null,
        user_deleted: false,
        ...given,
      };
      forum.posts.push(post);
      return post;
    },
    misbehave: (how, only) => {
      trouble = { how, ...(only && { only }) };
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };

  const server = http.createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', forum.url);
    const method = request.method ?? 'GET';
    const key = request.headers['api-key'] as string | undefined;
    forum.requests.push({ method, path: url.pathname, ...(key && { key }) });
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const written = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : {};
    const answer = (status: number, body: unknown, headers: http.OutgoingHttpHeaders = {}) =>
      void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    const refuse = (status: number, message: string, error_type: string, extras?: object) =>
      answer(status, { errors: [message], error_type, extras });

    const { how } = trouble.only === 'writing' && method === 'GET' ? { how: 'no' } : trouble;
    if (how === 'silent') return;
    if (how === 'limited') return refuse(429, 'You did this too often.', 'rate_limit', { wait_seconds: 7 });
    if (how === 'broken') return void response.writeHead(503).end('<html>');
    if (how === 'malformed') return answer(200, { hello: 'world' });
    if (how === 'expired' || (key && key !== KEY)) {
      return refuse(403, 'You are not permitted. The API username or key is invalid.', 'invalid_access');
    }
    const shown = forum.posts.filter(post => !post.deleted_at && !post.topic_archetype);
    const [, id] = url.pathname.match(/^\/posts\/(\d+)\.json$/) ?? [];
    const [, topic, number] = url.pathname.match(/^\/posts\/by_number\/(\d+)\/(\d+)\.json$/) ?? [];
    const post = forum.posts.find(each =>
      id ? each.id === Number(id) : each.topic_id === Number(topic) && each.post_number === Number(number),
    );

    if (url.pathname === '/about.json') return answer(200, { about: { title: 'Foro de la panadería' } });
    if (url.pathname === '/session/current.json') {
      return answer(200, { current_user: { id: 1, username: 'bakery', name: 'Panadería', avatar_template: '' } });
    }
    if (url.pathname === '/posts.json' && method === 'GET') {
      const before = Number(url.searchParams.get('before') ?? Number.MAX_SAFE_INTEGER);
      const latest_posts = shown.filter(each => each.id <= before).sort((a, b) => b.id - a.id);
      return answer(200, { latest_posts: latest_posts.slice(0, 50) });
    }
    if (url.pathname === '/posts.json') {
      const { raw, topic_id, reply_to_post_number = null, title, archetype, target_recipients: recipient } = written;
      const isThere = forum.posts.some(each => each.user_id === 1 && each.raw === raw && !each.deleted_at);
      if (isThere) return refuse(422, 'Body is too similar to what you recently posted', 'invalid_parameters');
      const created_at = new Date().toISOString();
      const made = forum.add({
        raw,
        topic_id: topic_id ?? 1000 + forum.posts.length,
        reply_to_post_number,
        user_id: 1,
        username: 'bakery',
        created_at,
        updated_at: created_at,
        ...(archetype && { topic_archetype: archetype, topic_title: title, recipient }),
      });
      if (how === 'lostAnswer') return void request.socket.destroy();
      return answer(200, made);
    }
    if (url.pathname === '/topics/private-messages-sent/bakery.json') {
      const own = forum.posts.filter(each => each.topic_archetype && each.user_id === 1);
      const topics = own.map(each => ({ id: each.topic_id, title: each.topic_title, created_at: each.created_at }));
      return answer(200, { topic_list: { topics } });
    }
    if (/^\/t\/\d+\.json$/.test(url.pathname)) {
      const user = url.searchParams.get('username_filters');
      const found = forum.posts.filter(each => `/t/${each.topic_id}.json` === url.pathname && each.username === user);
      const { recipient } = forum.posts.find(each => `/t/${each.topic_id}.json` === url.pathname) ?? {};
      return answer(200, {
        post_stream: { posts: [], stream: found.map(each => each.id) },
        ...(recipient && { details: { allowed_users: [{ username: 'bakery' }, { username: recipient }] } }),
      });
    }
    if (/^\/t\/\d+\/posts\.json$/.test(url.pathname)) {
      const ids = url.searchParams.getAll('post_ids[]').map(Number);
      return answer(200, { post_stream: { posts: forum.posts.filter(each => ids.includes(each.id)) } });
    }
    if (url.pathname === '/admin/api/web_hooks.json' && method === 'GET')
      return answer(200, { web_hooks: forum.hooks });
    if (url.pathname.startsWith('/admin/api/web_hooks')) {
      const known = forum.hooks.find(hook => url.pathname.endsWith(`/${hook.id}.json`));
      if (known) Object.assign(known, written.web_hook);
      else forum.hooks.push({ id: forum.hooks.length + 1, ...written.web_hook });
      return answer(200, { web_hook: known ?? forum.hooks.at(-1) });
    }
    if (!post || (post.deleted_at && method === 'GET'))
      return refuse(404, 'The requested URL could not be found.', 'not_found');
    if (method === 'DELETE') post.deleted_at = new Date().toISOString();
    return answer(200, post);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  forum.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return forum;
}

/** What the forum's webhook sends about a post, signed with `secret`. */
export function delivery(
  event: string,
  post: object,
  secret: string,
  id = '1',
  instance = 'https://forum.example',
): RawRequest {
  const body = Buffer.from(JSON.stringify({ post: { topic_archetype: 'regular', category_slug: 'pan', ...post } }));
  return {
    method: 'POST',
    url: 'https://crm.example.com/hooks/discourse',
    headers: {
      'content-type': 'application/json',
      'x-discourse-instance': instance,
      'x-discourse-event-id': id,
      'x-discourse-event-type': 'post',
      'x-discourse-event': event,
      'x-discourse-event-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    },
    query: {},
    body,
  };
}
