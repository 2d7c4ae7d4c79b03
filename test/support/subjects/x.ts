import { xConnector } from '../../../integrations/x/connector.js';
import { idAt } from '../../../integrations/x/post.event.js';
import { CREDENTIALS, fixture, OUR_ID, openXServer, type XServer } from '../../../integrations/x/test.server.js';
import { signatureOf } from '../../../integrations/x/webhook.signature.js';
import type { AnyConnector, ParentPost, RawRequest, SourceDescription } from '../../../src/ingest/connector.js';
import type { Hooks, Sending, Subject, SubjectKind, Trouble } from './subject.js';

const SOURCE: SourceDescription = {
  kind: 'ACCOUNT',
  query: '@panaderia',
  credentials: CREDENTIALS,
  settings: { userId: OUR_ID },
};

const HOOK_URL = 'https://crm.example.com/hooks/x';

const LIMITED = () => ({
  status: 429,
  body: { title: 'Too Many Requests', detail: 'Too Many Requests', type: 'about:blank', status: 429 },
  headers: { 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': String(Math.ceil(Date.now() / 1000) + 7) },
});
const BROKEN = () => ({ status: 503, body: { title: 'Service Unavailable', detail: 'Over capacity', status: 503 } });
const EXPIRED = () => ({ status: 401, body: { title: 'Unauthorized', detail: 'Unauthorized', status: 401 } });

async function openX(trouble?: Trouble): Promise<Subject> {
  const server = await openXServer();
  const { data, includes } = fixture('mentions');
  server.posts.push(
    ...(trouble === 'malformed' ? [null, 'odd', { id: 12 }].map(odd => ({ odd, id: '1' })) : []),
    ...data,
  );
  server.includes = includes;
  const answers = { limited: LIMITED, broken: BROKEN, expired: EXPIRED, silent: () => 'hang' as const };
  if (trouble && trouble in answers) server.answer('*', answers[trouble as keyof typeof answers]);
  if (trouble === 'gone') await server.close();
  // Mentions have no stream: this account is polled.
  const { listen: _, ...whole } = xConnector({ origin: server.origin });
  const { inbound, ...rest } = whole.capabilities;
  const connector = { ...whole, capabilities: { ...rest, inbound: { ...inbound, stream: false } } };
  return {
    connector,
    source: SOURCE,
    reading: {
      beginning: null,
      posts: data.length,
      isAtEnd: () => false,
      edit: () => void server.posts.push(fixture('edited')),
    },
    hooks: hooks(),
    sending: sending(server),
    close: async () => {
      if (trouble !== 'gone') await server.close();
    },
  };
}

function hooks(): Hooks {
  const bodies = (fixture('activity') as unknown[]).map(event => Buffer.from(JSON.stringify(event)));
  const deliveries = bodies.map(body => delivered(body, signatureOf(CREDENTIALS.consumerSecret, body)));
  const [body] = bodies as [Buffer];
  const challenge = {
    ...delivered(Buffer.alloc(0), undefined),
    method: 'GET',
    url: `${HOOK_URL}?crc_token=challenge_string`,
    query: { crc_token: 'challenge_string' },
  };
  return {
    deliveries,
    posts: 6,
    edited: 1,
    deleted: 1,
    own: 2,
    forged: [
      delivered(Buffer.concat([body, Buffer.from(' ')]), signatureOf(CREDENTIALS.consumerSecret, body)),
      delivered(body, undefined),
      delivered(body, signatureOf('a stranger', body)),
    ],
    challenge: {
      request: challenge,
      body: JSON.stringify({ response_token: 'sha256=S/mG8E9n5SjoGuCqHguvP8K8uuu5ogCPF0dOpIdyZlk=' }),
    },
  };
}

function delivered(body: Buffer, signature: string | undefined): RawRequest {
  const headers = { 'content-type': 'application/json', 'x-twitter-webhooks-signature': signature };
  return { method: 'POST', url: HOOK_URL, headers, query: {}, body };
}

function parent(id: string, isSummoned: boolean): ParentPost {
  return {
    ref: { id, url: `https://x.com/clienta/status/${id}` },
    kind: 'MENTION' as ParentPost['kind'],
    author: { id: '9001', handle: 'clienta' },
    own: false,
    text: 'Qué pan',
    occurredAt: new Date('2026-11-18T11:06:00Z'),
    replyability: isSummoned
      ? { public: true, private: false }
      : { public: false, private: false, reason: 'NOT_SUMMONED' },
    replyTo: { postId: id },
  };
}

function sending(server: XServer): Sending {
  return {
    command: { kind: 'reply', visibility: 'public', parent: parent('1990412345678901210', true) },
    refused: { parent: parent('1990412345678901299', false), code: 'NOT_SUMMONED' },
    sent: async () => server.sent.map(({ id, text }) => ({ id, text })),
    misbehave(trouble) {
      const answers = {
        limited: LIMITED,
        broken: BROKEN,
        expired: EXPIRED,
        lostAnswer: ({ body }: { body: { text: string; reply?: { in_reply_to_tweet_id: string } } }) => {
          const id = String(1990500000000000000n + BigInt(server.sent.length));
          const parentId = body.reply?.in_reply_to_tweet_id;
          server.sent.push({ id, text: body.text, ...(parentId && { parentId }), authorId: OUR_ID, at: new Date() });
          return 'break' as const;
        },
      };
      server.answer('/2/tweets', trouble === 'no' ? undefined : answers[trouble]);
    },
  };
}

/** The same network as a search sees it: by stream, where an edit is another post that names the first. */
async function openXStream(trouble?: Trouble): Promise<Subject> {
  const server = await openXServer();
  const posts = recentPosts();
  server.posts.push(...posts);
  server.includes = fixture('mentions').includes;
  server.greet = () => {
    const matching_rules = server.rules.map(({ id }) => ({ id }));
    const lines = posts.map(data => JSON.stringify({ data, includes: server.includes, matching_rules }));
    const odd = trouble === 'malformed' ? ['{"data":', '[]', '{"data":null}'] : [];
    return [...odd, ...lines, ''].join('\r\n');
  };
  const answers = { limited: LIMITED, broken: BROKEN, expired: EXPIRED, silent: () => 'hang' as const };
  if (trouble && trouble in answers) server.answer('*', answers[trouble as keyof typeof answers]);
  if (trouble === 'gone') await server.close();
  return {
    connector: readingOnly(xConnector({ origin: server.origin })),
    source: { kind: 'KEYWORD', query: 'medialunas', credentials: CREDENTIALS },
    reading: {
      beginning: null,
      posts: posts.length - 1,
      isAtEnd: cursor => (cursor as { sinceId?: string } | null)?.sinceId === posts.at(-1).id,
    },
    close: async () => {
      if (trouble !== 'gone') await server.close();
    },
  };
}

/** A search is neither called for nor answered from. */
function readingOnly(whole: AnyConnector): AnyConnector {
  const { kind, version, network, capabilities, limitsOf, configure, check, poll, listen, refetch } = whole;
  const inbound = { ...capabilities.inbound, webhook: false };
  const reply = { public: false, private: false };
  return {
    ...{ kind, version, network, configure, check },
    ...{ ...(limitsOf && { limitsOf }), ...(poll && { poll }), ...(listen && { listen }), ...(refetch && { refetch }) },
    capabilities: { ...capabilities, inbound, reply, idempotency: 'none' },
  };
}

/** A minute old: a search reaches back seven days only. */
function recentPosts(): any[] {
  const first = BigInt(idAt(new Date(Date.now() - 60_000)));
  const posts = ['Medialunas 🥐', 'medialunas tibias', 'Más medialunas'].map((text, at) => ({
    id: String(first + BigInt(at)),
    text,
    author_id: '9001',
    created_at: new Date(Date.now() - 60_000).toISOString(),
  }));
  const id = String(first + 10n);
  const history = [posts[0]!.id, id];
  const created_at = new Date(Date.now() - 30_000).toISOString();
  return [...posts, { ...posts[0], id, text: 'Medialunas, y facturas', created_at, edit_history_tweet_ids: history }];
}

export const x: SubjectKind = { name: 'x', open: openX };
export const xStream: SubjectKind = { name: 'x by stream', open: openXStream };
