// The floor: the same JSON as ours, built by hand from batched rows and sent by a bare Node HTTP server. No GraphQL, no rules.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { publicId, storedId } from '../src/platform/ids.js';

const asText = new Set([pg.types.builtins.TIMESTAMPTZ]);
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    asText.has(oid)
      ? (value: string) => `${value.slice(0, 10)}T${value.slice(11, -3)}Z`
      : pg.types.getTypeParser(oid, format as 'text'),
};
const pool = new pg.Pool({
  connectionString: process.env['BENCH_DATABASE_URL'],
  max: 12,
  options: '-c timezone=UTC',
});
const organization = process.env['BENCH_ORGANIZATION'];

type Row = any;

async function rows(name: string, text: string, values: unknown[]): Promise<Row[]> {
  return (await pool.query({ name, text, values: [organization, ...values], types })).rows;
}

const CUSTOMER = 'id, kind, display_name, given_name, family_name, language, tags, created_at';
const IDENTITY = 'id, customer_id, network, handle, display_name, followers_count';
const POST = 'id, kind, author_id, network, text, language, url, occurred_at, sentiment_label, sentiment_score';

const identitiesOf = (customerIds: string[]) =>
  rows(
    'identities',
    `select ${IDENTITY} from social_identities where organization_id = $1 and customer_id = any ($2::uuid[])
      order by followers_count desc nulls last, id`,
    [customerIds],
  );

const lastPostsOf = (identityIds: string[]) =>
  rows(
    'posts',
    `select p.* from unnest($2::uuid[]) as k(id) cross join lateral (
       select ${POST} from posts where organization_id = $1 and author_id = k.id order by occurred_at desc, id desc limit 10) p`,
    [identityIds],
  );

const interactionsOf = (near: string, far: string, identityIds: string[]) =>
  rows(
    `interactions.${near}`,
    `select k.id as near, x.id, x.kind, x.occurred_at, o.id as other_id, o.network, o.handle, c.id as customer_id, c.display_name
       from unnest($2::uuid[]) as k(id)
      cross join lateral (
        select id, kind, occurred_at, ${far}_identity_id as other from interactions
         where organization_id = $1 and ${near}_identity_id = k.id order by occurred_at desc, id desc limit 10) x
       join social_identities o on o.organization_id = $1 and o.id = x.other
       left join customers c on c.organization_id = $1 and c.id = o.customer_id`,
    [identityIds],
  );

const postJson = (row: Row) => ({
  id: publicId('post', row.id),
  kind: row.kind,
  text: row.text,
  language: row.language,
  url: row.url,
  occurredAt: row.occurred_at,
  sentiment: { label: row.sentiment_label, score: row.sentiment_score },
});

const identityJson = (row: Row) => ({
  id: publicId('identity', row.id),
  network: row.network,
  handle: row.handle,
  displayName: row.display_name,
  followersCount: row.followers_count,
});

const connection = (nodes: object[]) => ({ edges: nodes.map(node => ({ node })) });

function pageInfo(found: Row[], at: string) {
  const hasNextPage = found.length > 50;
  if (hasNextPage) found.pop();
  const last = found.at(-1);
  return { hasNextPage, endCursor: Buffer.from(JSON.stringify([last[at], last.id])).toString('base64url') };
}

const position = (after: string | null): unknown[] =>
  after ? JSON.parse(Buffer.from(after, 'base64url').toString()) : ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff'];

async function customers(after: string | null) {
  const found = await rows(
    'customers',
    `select ${CUSTOMER} from customers where organization_id = $1 and deleted_at is null and (created_at, id) < ($2, $3)
      order by created_at desc, id desc limit 51`,
    position(after),
  );
  const info = pageInfo(found, 'created_at');
  const identities = await identitiesOf(found.map(row => row.id));
  const posts = Map.groupBy(await lastPostsOf(identities.map(row => row.id)), row => row.author_id);
  const byCustomer = Map.groupBy(identities, row => row.customer_id);
  const nodes = found.map(row => ({
    id: publicId('customer', row.id),
    kind: row.kind,
    displayName: row.display_name,
    language: row.language,
    tags: row.tags,
    createdAt: row.created_at,
    identities: (byCustomer.get(row.id) ?? []).map(identity => ({
      ...identityJson(identity),
      posts: connection((posts.get(identity.id) ?? []).map(postJson)),
    })),
  }));
  return { customers: { ...connection(nodes), pageInfo: info } };
}

async function customer360(id: string) {
  const stored = storedId('customer', id);
  const [[row], contactPoints, identities] = await Promise.all([
    rows('customer', `select ${CUSTOMER} from customers where organization_id = $1 and id = $2`, [stored]),
    rows(
      'contactPoints',
      `select id, kind, value, is_primary from contact_points where organization_id = $1 and customer_id = $2
        order by is_primary desc, created_at, id`,
      [stored],
    ),
    identitiesOf([stored!]),
  ]);
  const ids = identities.map(identity => identity.id);
  const [posts, did, got] = await Promise.all([
    lastPostsOf(ids),
    interactionsOf('from', 'to', ids),
    interactionsOf('to', 'from', ids),
  ]);
  const interactionJson = (x: Row) => ({
    id: publicId('interaction', x.id),
    kind: x.kind,
    occurredAt: x.occurred_at,
    other: {
      id: publicId('identity', x.other_id),
      network: x.network,
      handle: x.handle,
      customer: x.customer_id && { id: publicId('customer', x.customer_id), displayName: x.display_name },
    },
  });
  return {
    customer: {
      id,
      kind: row.kind,
      displayName: row.display_name,
      givenName: row.given_name,
      familyName: row.family_name,
      language: row.language,
      tags: row.tags,
      createdAt: row.created_at,
      contactPoints: contactPoints.map(point => ({
        id: publicId('contact', point.id),
        kind: point.kind,
        value: point.value,
        isPrimary: point.is_primary,
      })),
      identities: identities.map(identity => ({
        ...identityJson(identity),
        posts: connection(posts.filter(post => post.author_id === identity.id).map(postJson)),
        did: connection(did.filter(x => x.near === identity.id).map(interactionJson)),
        got: connection(got.filter(x => x.near === identity.id).map(interactionJson)),
      })),
    },
  };
}

async function posts(after: string | null) {
  const found = await rows(
    'postsPage',
    `select ${POST}, priority_score from posts where organization_id = $1 and (occurred_at, id) < ($2, $3)
      order by occurred_at desc, id desc limit 51`,
    position(after),
  );
  const info = pageInfo(found, 'occurred_at');
  const authors = await rows(
    'authors',
    `select i.id, i.handle, i.display_name, i.followers_count, c.id as customer_id, c.kind, c.display_name as customer_name
       from social_identities i left join customers c on c.organization_id = $1 and c.id = i.customer_id
      where i.organization_id = $1 and i.id = any ($2::uuid[])`,
    [[...new Set(found.map(row => row.author_id))]],
  );
  const byId = new Map(authors.map(row => [row.id, row]));
  const nodes = found.map(row => {
    const author = byId.get(row.author_id);
    const { id, kind, ...rest } = postJson(row);
    return {
      id,
      kind,
      network: row.network,
      ...rest,
      priority: { score: row.priority_score },
      author: {
        id: publicId('identity', author.id),
        handle: author.handle,
        displayName: author.display_name,
        followersCount: author.followers_count,
        customer: author.customer_id && {
          id: publicId('customer', author.customer_id),
          kind: author.kind,
          displayName: author.customer_name,
        },
      },
    };
  });
  return { posts: { ...connection(nodes), pageInfo: info } };
}

const routes: Record<string, (argument: string | null) => Promise<object>> = {
  customers,
  posts,
  customer360: id => customer360(id!),
};

const server = createServer(async (request, response) => {
  const url = new URL(request.url!, 'http://localhost');
  const data = await routes[url.pathname.slice(1)]!(url.searchParams.get('of'));
  const body = JSON.stringify({ data });
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`ready at http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
process.on('SIGTERM', async () => {
  server.close();
  server.closeAllConnections();
  await pool.end();
});
