import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export const KEY = 'key-of-the-bakery';

/** Comments as Disqus lists them. */
export interface StubComment {
  id: string;
  parent: number | null;
  createdAt: string;
  message: string;
  isDeleted: boolean;
  isSpam: boolean;
  isApproved: boolean;
  isEdited: boolean;
  author: object;
  thread: object;
}

export interface StubDisqus {
  api: string;
  comments: StubComment[];
  requests: URLSearchParams[];
  pageSize: number;
  add(comment: Partial<StubComment> & { message: string }): StubComment;
  misbehave(how: string): void;
  close(): Promise<void>;
}

export async function openStubDisqus(): Promise<StubDisqus> {
  let trouble = 'no';
  const stub: StubDisqus = {
    api: '',
    comments: [],
    requests: [],
    pageSize: 100,
    add({ message, ...given }) {
      const number = stub.comments.length + 1;
      const comment: StubComment = {
        id: String(5_000_000_000 + number),
        parent: null,
        createdAt: new Date(Date.UTC(2026, 2, 1, 9, number)).toISOString().slice(0, 19),
        message: `<p>${message}</p>`,
        isDeleted: false,
        isSpam: false,
        isApproved: true,
        isEdited: false,
        author: {
          id: '77',
          username: 'carla_pan',
          name: 'Carla',
          profileUrl: 'https://disqus.com/by/carla_pan/',
          isAnonymous: false,
        },
        thread: {
          id: '9',
          link: 'https://blog.example/horario/',
          title: 'Horario',
          identifiers: ['1 https://blog.example/?p=1'],
        },
        ...given,
      };
      stub.comments.push(comment);
      return comment;
    },
    misbehave: how => {
      trouble = how;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://stub');
    const query = url.searchParams;
    stub.requests.push(query);
    const answer = (status: number, body: unknown, headers: http.OutgoingHttpHeaders = {}) =>
      void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    if (trouble === 'silent') return;
    if (trouble === 'broken') return void response.writeHead(503).end('<html>');
    if (trouble === 'malformed') return answer(200, { code: 0, response: { hello: 'world' } });
    if (trouble === 'limited') {
      const reset = Math.ceil(Date.now() / 1000) + 7;
      const headers = { 'x-ratelimit-limit': '1000', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
      return answer(429, { code: 13, response: 'You have exceeded your hourly limit of requests' }, headers);
    }
    if (trouble === 'expired' || query.get('api_key') !== KEY)
      return answer(400, { code: 5, response: 'Invalid API key' });
    if (url.pathname.endsWith('/forums/details.json')) {
      if (query.get('forum') !== 'panaderia') return answer(400, { code: 2, response: "Invalid argument, 'forum'" });
      return answer(200, { code: 0, response: { id: 'panaderia', name: 'La panadería', url: 'https://blog.example' } });
    }
    const sees = query.has('access_token');
    const isShown = (each: StubComment) => sees || (each.isApproved && !each.isDeleted && !each.isSpam);
    if (url.pathname.endsWith('/posts/details.json')) {
      const found = stub.comments.find(each => each.id === query.get('post'));
      return found ? answer(200, { code: 0, response: found }) : answer(400, { code: 8, response: 'Not found' });
    }
    const from = Number(query.get('cursor') ?? 0);
    const all = stub.comments.filter(each => isShown(each) && each.createdAt >= (query.get('since') ?? ''));
    const hasNext = from + stub.pageSize < all.length;
    answer(200, {
      cursor: { next: String(from + stub.pageSize), hasNext, prev: null, hasPrev: from > 0 },
      code: 0,
      response: all.slice(from, from + stub.pageSize),
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stub.api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return stub;
}
