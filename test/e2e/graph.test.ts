import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ingestInteractions } from '../../src/ingest/interactions.service.js';
import { catchUpEdges, catchUpWithPresent, rebuildEdges } from '../../src/modules/graph/index.js';
import { InteractionKind, Network } from '../../src/modules/social/index.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { type Social, socialOf } from '../support/social.js';
import { statementsOf } from '../support/statements.js';

type Answer = any;

let app: TestApp;
let organization: TestOrganization;
let client: Client;
let social: Social;

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off' });
});
afterAll(() => app?.close());
beforeEach(async () => {
  organization = await app.organization();
  client = await organization.as('OWNER');
  social = socialOf(app, organization, client);
});

const DAY = 86_400_000;
const NOW = new Date('2026-11-20T12:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * DAY);

/** `a > b`: a mentions b; `a >> b`: a reposts b. Each on a day of its own unless told. */
async function acts(...told: string[]): Promise<void> {
  const rows = told.map((text, at) => {
    const [, from, arrow, to, days] = /^(\w+) (>+) (\w+)(?: @(\d+))?$/.exec(text)!;
    const kind = arrow === '>' ? InteractionKind.MENTION : InteractionKind.REPOST;
    return { from: from!, to: to!, kind, occurredAt: daysAgo(Number(days ?? 0) + at / 1000) };
  });
  await record(rows);
}

async function record(rows: Parameters<typeof ingestInteractions>[2]): Promise<void> {
  await ingestInteractions(
    app.app.database,
    { organizationId: organization.id, actor: 'system:test', requestId: 'test' },
    rows,
    { network: Network.TWITTER },
  );
  await caughtUp();
}

/** Other tests' transactions may hold the present up for a moment. */
const caughtUp = () => catchUpWithPresent(app.app.database.system, AbortSignal.timeout(20_000));

const GRAPH = `query ($center: ID!, $depth: Int!, $limit: Int!, $since: DateTime, $kinds: [InteractionKind!], $networks: [Network!]) {
  interactionGraph(center: $center, depth: $depth, limit: $limit, since: $since, kinds: $kinds, networks: $networks) {
    nodes { identity { id handle } distance } edges { from to kinds count weight lastAt } truncated } }`;

async function graphOf(center: string, given: object = {}): Promise<Answer> {
  const { interactionGraph: graph } = await client.data(GRAPH, { center, depth: 1, limit: 50, ...given });
  if (!graph) return null;
  const handles = new Map(graph.nodes.map(({ identity }: Answer) => [identity.id, identity.handle]));
  return {
    nodes: graph.nodes.map(({ identity, distance }: Answer) => `${distance}${identity.handle}`),
    edges: graph.edges.map(
      ({ from, to, kinds }: Answer) => `${handles.get(from)}-${kinds.join('+')}-${handles.get(to)}`,
    ),
    weights: graph.edges.map(({ weight }: Answer) => weight),
    counts: graph.edges.map(({ count }: Answer) => count),
    truncated: graph.truncated,
  };
}

const idOf = async (handle: string): Promise<string> => (await social.identity(handle)).id;

/** Edges as they are stored, without what differs from run to run in the last bits. */
async function storedEdges(): Promise<Answer[]> {
  const { rows } = await app.app.database.system.query(
    `select from_identity_id, to_identity_id, kind, count, round(strength::numeric, 9) as strength, first_at, last_at
       from identity_edges where organization_id = $1 order by 1, 2, 3`,
    [organization.id],
  );
  return rows;
}

describe('the neighbourhood of somebody', () => {
  test('is nearest first, and of the equally near the most strongly tied', async () => {
    await acts('ana > luis', 'eva >> ana', 'eva >> ana', 'luis > pia', 'pia > tom');
    const ana = await idOf('ana');
    expect(await graphOf(ana, { depth: 2 })).toMatchObject({
      nodes: ['0ana', '1eva', '1luis', '2pia'],
      edges: ['eva-REPOST-ana', 'ana-MENTION-luis', 'luis-MENTION-pia'],
      counts: [2, 1, 1],
      truncated: false,
    });
    expect((await graphOf(ana, { depth: 3 })).nodes).toContain('3tom');
    expect(await graphOf(ana, { depth: 2, limit: 2 })).toMatchObject({ nodes: ['0ana', '1eva'], truncated: true });
    expect(await graphOf(ana, { depth: 1, limit: 3 })).toMatchObject({ truncated: false });
  });

  test('goes by all that two have to do with each other, not by the strongest kind of it', async () => {
    await acts('tom > ana', 'tom > ana', 'tom >> ana', 'ana > tom', 'eva >> ana', 'eva > eva');
    expect((await graphOf(await idOf('ana'), { limit: 2 })).nodes).toEqual(['0ana', '1tom']);
  });

  test('weighs an interaction half after a half-life, as of the latest one there is', async () => {
    await acts('ana > luis @90', 'eva > luis @0');
    const { edges, weights } = await graphOf(await idOf('luis'));
    expect(edges).toEqual(['eva-MENTION-luis', 'ana-MENTION-luis']);
    expect(weights[1]).toBeCloseTo(1, 3);
    expect(weights[0]).toBeCloseTo(2, 3);
  });

  test('keeps to a time, to kinds and to networks', async () => {
    await acts('ana > luis @40', 'eva >> luis @1');
    const luis = await idOf('luis');
    expect((await graphOf(luis, { since: daysAgo(10).toISOString() })).edges).toEqual(['eva-REPOST-luis']);
    expect((await graphOf(luis, { kinds: ['MENTION'] })).nodes).toEqual(['0luis', '1ana']);
    expect((await graphOf(luis, { networks: ['BLUESKY'] })).nodes).toEqual(['0luis']);
  });

  test('of a customer begins at all its identities', async () => {
    await acts('ana > luis', 'eva > anita');
    const customer = await social.customer('Ana Gil');
    for (const handle of ['ana', 'anita']) await social.link(await idOf(handle), customer);
    expect((await graphOf(customer)).nodes.sort()).toEqual(['0ana', '0anita', '1eva', '1luis']);
  });

  test('of a post is who took part in what followed from it', async () => {
    await social.say('1', { handle: 'ana', text: 'mi pan' } as never);
    await social.say('2', { handle: 'eva', text: 'rico', parent: { id: '1' } } as never);
    await social.say('3', { handle: 'tom', text: 'sí', parent: { id: '2' } } as never);
    await social.say('4', { handle: 'pia', text: 'no', parent: { id: '1' } } as never);
    await caughtUp();
    const { id } = await social.post('1');
    const cascade = await graphOf(id, { depth: 2 });
    expect(cascade.nodes).toEqual(['0ana', '1eva', '1pia', '2tom']);
    expect(cascade.edges.sort()).toEqual(['eva-REPLY-ana', 'pia-REPLY-ana', 'tom-REPLY-eva']);
    expect(await graphOf(id, { depth: 1 })).toMatchObject({ nodes: ['0ana', '1eva', '1pia'], truncated: true });
  });

  test('is nothing for a centre that is not there, or that is none', async () => {
    await acts('ana > luis');
    const other = await (await app.organization()).as('OWNER');
    const ana = await idOf('ana');
    const variables = { center: ana, depth: 1, limit: 5 };
    expect((await other.data(GRAPH, variables)).interactionGraph).toBeNull();
    expect(await graphOf('identity_01h455vb4pex5vsknk084sn02q')).toBeNull();
    expect(await graphOf('nonsense')).toBeNull();
    for (const wrong of [{ depth: 0 }, { depth: 5 }, { limit: 0 }, { limit: -1 }, { limit: 501 }]) {
      const { errors } = await client.send(GRAPH, { ...variables, ...wrong });
      expect(errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
    }
  });

  test('of somebody without ties is that one alone', async () => {
    await acts('ana > ana', 'eva > luis');
    expect(await graphOf(await idOf('ana'), { depth: 4 })).toMatchObject({
      nodes: ['0ana'],
      edges: [],
      truncated: false,
    });
  });

  test('is read in as many statements for fifty people as for five', async () => {
    await acts(...Array.from({ length: 50 }, (_, at) => `p${at} > hub`), 'p1 > p2', 'p3 > far');
    const hub = await idOf('hub');
    const few = await statementsOf(() => graphOf(hub, { depth: 2, limit: 6 }));
    const many = await statementsOf(() => graphOf(hub, { depth: 2, limit: 51 }));
    expect(many.length).toBeLessThanOrEqual(few.length + 1);
  });
});

describe('ties', () => {
  test('add up to the same, as interactions come and all at once', async () => {
    await acts('ana > luis @200', 'ana > luis @3', 'eva >> luis @9');
    await acts('ana > luis @1', 'luis > ana @50', 'eva >> luis @700');
    const before = await storedEdges();
    expect(before).toHaveLength(3);
    await rebuildEdges(app.app.database.system, organization.id);
    expect(await storedEdges()).toEqual(before);
  });

  test('of a moment that has not come yet break nothing', async () => {
    await acts('ana > luis');
    await record([
      { from: 'eva', to: 'luis', kind: InteractionKind.LIKE, occurredAt: new Date('2326-01-01T00:00:00Z') },
    ]);
    const { edges, weights } = await graphOf(await idOf('luis'));
    expect(edges).toHaveLength(2);
    for (const weight of weights) expect(Number.isFinite(weight)).toBe(true);
  });

  test('are added once, also when several catch up at once and again', async () => {
    await record([]);
    const rows = Array.from({ length: 40 }, (_, at) => ({
      from: `a${at % 5}`,
      to: 'hub',
      kind: InteractionKind.REPLY,
      occurredAt: daysAgo(at),
    }));
    const { database } = app.app;
    const scope = { organizationId: organization.id, actor: 'system:test', requestId: 'test' };
    await Promise.all([
      ...[0, 10, 20, 30].map(at =>
        ingestInteractions(database, scope, rows.slice(at, at + 10), { network: Network.TWITTER }),
      ),
      ...Array.from({ length: 6 }, () => catchUpEdges(database.system)),
    ]);
    await caughtUp();
    await caughtUp();
    expect((await storedEdges()).map(({ count }) => count)).toEqual([8, 8, 8, 8, 8]);
  });

  test('are added on when the numbers of transactions get a digit more', async () => {
    await acts('ana > luis');
    const { system } = app.app.database;
    await system.query('update interactions set recorded_tx = 99 where organization_id = $1', [organization.id]);
    await system.query('delete from graph_doubts');
    await system.query('update graph_progress set recorded_before = 99');
    await system.query('delete from identity_edges where organization_id = $1', [organization.id]);
    await caughtUp();
    expect((await storedEdges()).map(({ count }) => count)).toEqual([1]);
  });

  test('follow an identity that turns out to be another', async () => {
    await social.say('1', { handle: 'eva', text: 'hola @ana' } as never);
    await social.say('2', { handle: 'ana', author: { id: '77', handle: 'ana' }, text: 'hola' } as never);
    await social.say('3', { handle: 'ana', author: { id: '77', handle: 'ana_new' }, text: 'me llamo así' } as never);
    await social.say('4', { handle: 'luis', text: 'hola @ana_old2' } as never);
    await social.say('5', { handle: 'x', author: { id: '77', handle: 'ana_old2' }, text: 'y ahora así' } as never);
    await caughtUp();
    const before = await storedEdges();
    await rebuildEdges(app.app.database.system, organization.id);
    expect(await storedEdges()).toEqual(before);
    expect((await graphOf(await idOf('ana_old2'))).nodes.sort()).toEqual(['0ana_old2', '1eva', '1luis']);
  });

  test('of very many interactions between two are one', async () => {
    await acts('ana > luis');
    const { system } = app.app.database;
    const client = await system.connect();
    try {
      // What the rows name is there; checking it for each of them is not what is tested.
      await client.query('begin; set local session_replication_role = replica');
      await client.query(
        `insert into interactions (organization_id, id, network, kind, from_identity_id, to_identity_id, occurred_at)
         select i.organization_id, gen_random_uuid(), i.network, i.kind, i.from_identity_id, i.to_identity_id, i.occurred_at - n * interval '1 second'
           from interactions i, generate_series(1, 200000) n where i.organization_id = $1`,
        [organization.id],
      );
      await client.query('commit');
    } finally {
      client.release();
    }
    await caughtUp();
    const graph = await graphOf(await idOf('ana'));
    expect(graph).toMatchObject({ edges: ['ana-MENTION-luis'], counts: [200_001] });
    expect(graph.weights[0]).toBeGreaterThan(390_000);
  }, 120_000);

  test('follow weights and half-life of the organisation', async () => {
    await acts('ana > luis @10', 'eva >> luis @10');
    const set = (input: object) =>
      client.data(
        `mutation ($input: SetGraphSettingsInput!) { setGraphSettings(input: $input) {
          graphSettings { halfLifeDays weights { kind weight } } userErrors { field code } } }`,
        { input },
      );
    const { setGraphSettings } = await set({ halfLifeDays: 10, weights: [{ kind: 'MENTION', weight: 50 }] });
    expect(setGraphSettings).toMatchObject({ userErrors: [], graphSettings: { halfLifeDays: 10 } });
    expect(setGraphSettings.graphSettings.weights).toContainEqual({ kind: 'MENTION', weight: 50 });
    // Until they are added up anew, ties are what they were, also those that come meanwhile.
    await acts('pia > luis @10');
    const before = await graphOf(await idOf('luis'));
    expect(before.edges[0]).toBe('eva-REPOST-luis');
    for (const weight of before.weights) expect(weight).toBeLessThan(5);
    await rebuildEdges(app.app.database.system, organization.id);
    const { edges } = await graphOf(await idOf('luis'));
    expect(edges.slice(0, 2).sort()).toEqual(['ana-MENTION-luis', 'pia-MENTION-luis']);
    expect(edges[2]).toBe('eva-REPOST-luis');
    for (const [input, field] of [
      [{ halfLifeDays: 0 }, 'halfLifeDays'],
      [{ weights: [{ kind: 'LIKE', weight: -1 }] }, 'weights'],
    ] as const)
      expect((await set(input)).setGraphSettings.userErrors).toEqual([{ field, code: 'INVALID' }]);
  });
});

describe('a chain of influence', () => {
  const PATH =
    'query ($from: ID!, $to: ID!) { influencePath(from: $from, to: $to) { length strength hops { from { handle } to { handle } kind post { text } weight } } }';

  async function chain(from: string, to: string): Promise<Answer> {
    const { influencePath: path } = await client.data(PATH, { from: await idOf(from), to: await idOf(to) });
    return path && { ...path, hops: path.hops.map(({ from, to }: Answer) => `${from.handle}>${to.handle}`) };
  }

  test('goes from who is mentioned to who mentions, and names the posts that show it', async () => {
    await social.say('1', { handle: 'luis', text: 'como dice @ana' } as never);
    await social.say('2', { handle: 'pia', text: 'de acuerdo @luis' } as never);
    await caughtUp();
    const { influencePath } = await client.data(PATH, { from: await idOf('ana'), to: await idOf('pia') });
    expect(influencePath).toMatchObject({ length: 2, strength: 1 });
    expect(influencePath.hops.map(({ post, kind, weight }: Answer) => [post.text, kind, weight])).toEqual([
      ['como dice @ana', 'MENTION', 1],
      ['de acuerdo @luis', 'MENTION', 1],
    ]);
    expect(await chain('pia', 'ana')).toBeNull();
  });

  test('prefers the stronger of two ways of one length, and is empty from one to itself', async () => {
    await acts('b1 > a', 'b1 > z1', 'b1 > z2', 'b2 > a', 'c > b1', 'c > b2');
    expect((await chain('a', 'c')).hops).toEqual(['a>b2', 'b2>c']);
    expect(await chain('a', 'a')).toMatchObject({ length: 0, strength: 1, hops: [] });
  });
});

describe('a conversation as a tree', () => {
  const TREE =
    'query ($post: ID!) { conversationTree(post: $post) { nodes { post { id text } depth parentId } truncated } }';
  const tree = async (id: string) => {
    const { conversationTree } = await client.data(TREE, { post: id });
    return conversationTree.nodes.map(({ post, depth }: Answer) => `${depth}${post.text}`);
  };

  test('reads each post before its answers, whichever of them is asked about', async () => {
    await social.say('1', { text: 'a' });
    await social.say('2', { text: 'b', parent: { id: '1' } } as never);
    await social.say('3', { text: 'c', parent: { id: '2' } } as never);
    await social.say('4', { text: 'd', parent: { id: '1' } } as never);
    expect(await tree((await social.post('3')).id)).toEqual(['0a', '1b', '2c', '1d']);
  });

  test('stands answers in a circle, and answers to what is not there', async () => {
    await social.say('1', { text: 'a', parent: { id: '2' } } as never);
    await social.say('2', { text: 'b', parent: { id: '1' } } as never);
    await social.say('9', { text: 'late', parent: { id: 'gone' } } as never);
    expect(await tree((await social.post('2')).id)).toHaveLength(2);
    expect(await tree((await social.post('9')).id)).toEqual(['0late']);
  });
});

describe('ties between customers', () => {
  const TIES = `query ($id: ID!, $first: Int, $after: String) { customer(id: $id) {
    influences(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { cursor weight share count kinds lastAt node { displayName } evidence { kind post { text } } } }
    influencedBy(first: $first) { edges { weight node { displayName } } } } }`;

  test('add up over all their identities, and say what share of the other they are', async () => {
    await social.say('1', { handle: 'luis', text: 'como dice @ana' } as never);
    await acts('luis > anita', 'luis > shop', 'eva > ana', 'nobody > ana');
    const ids = new Map<string, string>();
    for (const [name, ...handles] of [
      ['Ana', 'ana', 'anita'],
      ['Luis', 'luis'],
      ['Eva', 'eva'],
    ] as const) {
      ids.set(name!, await social.customer(name!));
      for (const handle of handles) await social.link(await idOf(handle), ids.get(name!)!);
    }
    const { customer } = await client.data(TIES, { id: ids.get('Ana'), first: 10 });
    expect(customer.influences).toMatchObject({ totalCount: 2, pageInfo: { hasNextPage: false } });
    const names = customer.influences.edges.map(({ node, count }: Answer) => [node.displayName, count]);
    expect(names).toEqual([
      ['Luis', 2],
      ['Eva', 1],
    ]);
    const [luis, eva] = customer.influences.edges;
    expect(luis.share).toBeGreaterThan(0.5);
    expect(luis.share).toBeLessThan(1);
    expect(eva.share).toBeCloseTo(1, 6);
    expect(luis.evidence.map(({ kind }: Answer) => kind)).toEqual(['MENTION', 'MENTION']);
    expect(luis.evidence.map(({ post }: Answer) => post?.text)).toContain('como dice @ana');
    const page = await client.data(TIES, { id: ids.get('Ana'), first: 1 });
    expect(page.customer.influences.pageInfo.hasNextPage).toBe(true);
    const next = await client.data(TIES, {
      id: ids.get('Ana'),
      first: 1,
      after: page.customer.influences.pageInfo.endCursor,
    });
    expect(next.customer.influences.edges.map(({ node }: Answer) => node.displayName)).toEqual(['Eva']);
    const { customer: other } = await client.data(TIES, { id: ids.get('Luis'), first: 10 });
    expect(other.influencedBy.edges.map(({ node }: Answer) => node.displayName)).toEqual(['Ana']);
  });

  test('are only those to customers one may see', async () => {
    await acts('luis > ana');
    const team = await client.data('mutation { createTeam(input: { name: "Lejos" }) { team { id } } }');
    const ana = await social.customer('Ana');
    const luis = await social.customer('Luis');
    await social.link(await idOf('ana'), ana);
    await social.link(await idOf('luis'), luis);
    await client.data(
      'mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { userErrors { message } } }',
      {
        input: { id: luis, teamId: team.createTeam.team.id },
      },
    );
    const agent = await organization.as('AGENT');
    const { customer } = await agent.data(TIES, { id: ana, first: 10 });
    expect(customer.influences).toMatchObject({ totalCount: 0, edges: [] });
    const { interactionGraph } = await agent.data(GRAPH, { center: await idOf('ana'), depth: 2, limit: 10 });
    expect(interactionGraph).toMatchObject({ edges: [] });
    expect(interactionGraph.nodes).toHaveLength(1);
  });
});

describe('the audience of an account', () => {
  test('is who engages with it, and overlaps with that of another', async () => {
    await acts('ana > shop', 'ana > shop', 'eva > shop', 'eva > bank', 'luis > bank', 'shop > bank');
    const account = async (handle: string) =>
      (
        await client.data(
          'mutation ($handle: String!) { createAccount(input: { network: TWITTER, handle: $handle }) { account { id } } }',
          { handle },
        )
      ).createAccount.account.id;
    const [shop, bank] = [await account('Shop'), await account('bank')];
    const { audience } = await client.data(
      `query ($account: ID!, $other: ID!) { audience(account: $account) { account { handle }
        engagers(first: 10) { totalCount edges { count node { handle } } } overlap(with: $other) { shared ofThis ofOther similarity } } }`,
      { account: shop, other: bank },
    );
    expect(audience.engagers.edges.map(({ node, count }: Answer) => [node.handle, count])).toEqual([
      ['ana', 2],
      ['eva', 1],
    ]);
    expect(audience.overlap).toMatchObject({ shared: 1, ofThis: 2, ofOther: 2 });
    expect(audience.overlap.similarity).toBeCloseTo(1 / 3, 6);
  });
});
