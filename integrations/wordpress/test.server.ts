import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export const PASSWORD = 'abcd EFGH 1234 ijkl MNOP 5678';
const AUTHORIZATION = `Basic ${Buffer.from(`bakery:${PASSWORD}`).toString('base64')}`;

export interface StubComment {
  id: number;
  post: number;
  parent: number;
  author: number;
  author_name: string;
  author_email?: string;
  author_url: string;
  date_gmt: string;
  content: { rendered: string; raw: string };
  link: string;
  status: string;
  type: string;
}

type Misbehaviour = 'no' | 'limited' | 'broken' | 'malformed' | 'silent' | 'lostAnswer' | 'expired';

/** A blog that answers as WordPress 6 was recorded to, and fails when it is told to. */
export interface StubBlog {
  url: string;
  comments: StubComment[];
  /** Left out of lists, though they are there. */
  hidden: Set<number>;
  requests: { method: string; path: string; query: URLSearchParams; authorization?: string }[];
  /** Adds a comment; what is left out is invented. */
  add(comment: Partial<StubComment> & { text: string }): StubComment;
  misbehave(how: Misbehaviour, only?: 'writing'): void;
  /** How many a page holds at most; 100 unless set. */
  pageSize: number;
  close(): Promise<void>;
}

export async function openStubBlog(): Promise<StubBlog> {
  let trouble: { how: Misbehaviour; only?: 'writing' } = { how: 'no' };
  const blog: StubBlog = {
    url: '',
    comments: [],
    hidden: new Set(),
    requests: [],
    pageSize: 100,
    add({ text, ...given }) {
      const id = given.id ?? blog.comments.length + 1;
      const comment: StubComment = {
        id,
        post: 1,
        parent: 0,
        author: 0,
        author_name: 'Carla',
        author_email: 'carla@customer.example',
        author_url: '',
        date_gmt: new Date(Date.UTC(2026, 2, 1, 9, id)).toISOString().slice(0, 19),
        content: { rendered: `<p>${text}</p>\n`, raw: text },
        link: `${blog.url}/horario/#comment-${id}`,
        status: 'approved',
        type: 'comment',
        ...given,
      };
      blog.comments.push(comment);
      return comment;
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
    const url = new URL(request.url ?? '/', blog.url);
    const path = url.searchParams.get('rest_route') ?? url.pathname.replace(/^\/wp-json/, '');
    const method = request.method ?? 'GET';
    const { authorization } = request.headers;
    blog.requests.push({ method, path, query: url.searchParams, ...(authorization && { authorization }) });
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const answer = (status: number, body: unknown, headers: http.OutgoingHttpHeaders = {}) =>
      response
        .writeHead(status, { 'content-type': 'application/json; charset=UTF-8', ...headers })
        .end(JSON.stringify(body));
    const refuse = (status: number, code: string, message: string) =>
      answer(status, { code, message, data: { status } });

    const { how } = trouble.only === 'writing' && method === 'GET' ? { how: 'no' } : trouble;
    if (how === 'silent') return;
    if (how === 'limited') return void response.writeHead(429, { 'retry-after': '7' }).end('{}');
    if (how === 'broken') return void response.writeHead(503).end('Briefly unavailable for scheduled maintenance.');
    if (how === 'malformed') return void answer(200, { hello: 'world' });
    const isSigned = authorization === AUTHORIZATION;
    if (how === 'expired' || (authorization && !isSigned)) {
      return void refuse(
        401,
        'incorrect_password',
        '<strong>Error</strong>: The provided password is an invalid application password.',
      );
    }
    const written = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : {};
    const id = Number(path.match(/\/comments\/(\d+)$/)?.[1]);

    if (path === '/') return void answer(200, { name: 'Panadería', namespaces: ['oembed/1.0', 'wp/v2'] });
    if (path === '/wp/v2/users/me')
      return void answer(200, { id: 1, name: 'bakery', capabilities: { moderate_comments: true } });
    if (path === '/wp/v2/posts') {
      const guid = { rendered: `${blog.url}/?p=1` };
      const content = { rendered: '<p>Abrimos antes.</p>', protected: false };
      return void answer(200, [
        {
          id: 1,
          guid,
          link: `${blog.url}/horario/`,
          date_gmt: '2026-03-01T08:00:00',
          title: { rendered: 'Horario' },
          content,
          comment_status: 'open',
        },
      ]);
    }
    if (path === '/wp/v2/comments' && method === 'GET') return void list(url.searchParams, isSigned);
    if (path === '/wp/v2/comments') return void create();
    const comment = blog.comments.find(each => each.id === id);
    if (!comment) return void refuse(404, 'rest_comment_invalid_id', 'Invalid comment ID.');
    if (method === 'GET') {
      const isShown = isSigned || comment.status === 'approved';
      return void (isShown
        ? answer(200, shown(comment, url.searchParams))
        : refuse(401, 'rest_cannot_read', 'Sorry, you are not allowed to read this comment.'));
    }
    if (!isSigned) return void refuse(401, 'rest_cannot_edit', 'Sorry, you are not allowed to edit this comment.');
    if (method === 'DELETE') {
      if (comment.status === 'trash')
        return void refuse(410, 'rest_already_trashed', 'The comment has already been trashed.');
      comment.status = 'trash';
      return void answer(200, shown(comment, url.searchParams));
    }
    if (written.status === comment.status)
      return void refuse(500, 'rest_comment_failed_edit', 'Updating comment status failed.');
    comment.status = written.status;
    return void answer(200, shown(comment, url.searchParams));

    function list(query: URLSearchParams, signed: boolean): void {
      const status = query.get('status');
      if (status && !signed) return void refuse(401, 'rest_forbidden_param', 'Query parameter not permitted: status');
      const wanted = status === 'all' ? ['approved', 'hold'] : [status ?? 'approved'];
      const after = query.get('after')?.slice(0, 19) ?? '';
      const include = query.get('include')?.split(',').map(Number);
      const found = blog.comments
        .filter(each => wanted.includes(each.status) && each.date_gmt > after && !blog.hidden.has(each.id))
        .filter(each => !include || include.includes(each.id))
        .filter(each => !query.has('post') || each.post === Number(query.get('post')))
        .filter(each => !query.has('parent') || each.parent === Number(query.get('parent')))
        .sort((a, b) => (a.date_gmt < b.date_gmt ? -1 : 1));
      if (query.get('order') === 'desc') found.reverse();
      const size = Math.min(Number(query.get('per_page') ?? 10), blog.pageSize);
      const from = (Number(query.get('page') ?? 1) - 1) * size;
      answer(
        200,
        found.slice(from, from + size).map(each => shown(each, query)),
        {
          'X-WP-Total': found.length,
          'X-WP-TotalPages': Math.ceil(found.length / size),
        },
      );
    }

    function create(): void {
      if (!isSigned) return void refuse(401, 'rest_comment_login_required', 'Sorry, you must be logged in to comment.');
      const { post, parent, content } = written;
      const isThere = blog.comments.some(
        each => each.author === 1 && each.parent === parent && each.content.raw === content && each.status !== 'trash',
      );
      if (isThere) {
        return void refuse(
          409,
          'comment_duplicate',
          'Duplicate comment detected; it looks as though you&#8217;ve already said that!',
        );
      }
      const date_gmt = new Date().toISOString().slice(0, 19);
      const made = blog.add({ text: content, post, parent, author: 1, author_name: 'bakery', date_gmt });
      if (how === 'lostAnswer') return void request.socket.destroy();
      answer(201, shown(made, new URLSearchParams('context=edit')));
    }

    function shown(comment: StubComment, query: URLSearchParams) {
      const { author_email, content, ...rest } = comment;
      const _links = {
        up: [{ embeddable: true, post_type: 'post', href: `${blog.url}/wp-json/wp/v2/posts/${comment.post}` }],
      };
      if (query.get('context') !== 'edit') return { ...rest, content: { rendered: content.rendered }, _links };
      return { ...rest, author_email, content, _links };
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  blog.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return blog;
}
