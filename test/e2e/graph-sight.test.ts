import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ingestInteractions } from '../../src/ingest/interactions.service.js';
import { catchUpWithPresent, exportGraph, runGraph } from '../../src/modules/graph/index.js';
import { chooseSeeds } from '../../src/modules/graph/run/seeds.run.js';
import { InteractionKind, Network } from '../../src/modules/social/index.js';
import { parsePublicId } from '../../src/platform/ids.js';
import type { Run } from '../../src/platform/paging/index.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { dataFolder, launch, run, until } from '../support/command.js';
import { listen } from '../support/posts.js';
import { type Social, socialOf } from '../support/social.js';
import { statementsOf } from '../support/statements.js';
import { eventually } from '../support/subscriber.js';

type Answer = any;

let app: TestApp;
let organization: TestOrganization;
let owner: Client;
let agent: Client;
let social: Social;

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off' });
});
afterAll(() => app?.close());
beforeEach(async () => {
  organization = await app.organization();
  owner = await organization.as('OWNER');
  agent = await organization.as('AGENT');
  social = socialOf(app, organization, owner);
});

const NOW = new Date('2026-11-20T12:00:00Z').getTime();
const idOf = async (handle: string): Promise<string> => (await social.identity(handle)).id;

/** `[from, to]`, each a mention. */
async function acts(...told: [string, string][]): Promise<void> {
  await ingestInteractions(
    app.app.database,
    { organizationId: organization.id, actor: 'system:test', requestId: 'test' },
    told.map(([from, to], at) => ({ from, to, kind: InteractionKind.MENTION, occurredAt: new Date(NOW - at * 1000) })),
    { network: Network.TWITTER },
  );
}

const say = (id: string, handle: string, text: string, parent?: string) =>
  social.say(id, { handle, text, ...(parent ? { parent: { id: parent } } : {}) } as never);

const caughtUp = () => catchUpWithPresent(app.app.database.system, AbortSignal.timeout(20_000));

/** Does what the worker would do. */
async function work(): Promise<void> {
  const { startGraphRun } = await owner.data('mutation { startGraphRun(input: {}) { graphRun { id } } }');
  const runId = parsePublicId(startGraphRun.graphRun.id)!.uuid;
  const options = { system: app.app.database.system, ownerUrl: app.ownerUrl };
  await runGraph({ runId, organizationId: organization.id }, options, { signal: new AbortController().signal });
}

/** Makes these identities a customer of a team that the agent is not in. Answers the customer. */
async function hide(...handles: string[]): Promise<string> {
  const { createTeam } = await owner.data('mutation { createTeam(input: { name: "South" }) { team { id } } }');
  const customer = await social.customer('Hidden');
  for (const handle of handles) await social.link(await idOf(handle), customer);
  await owner.data(
    'mutation ($id: ID!, $team: ID!) { updateCustomer(input: { id: $id, teamId: $team, tags: ["vip"] }) { userErrors { code } } }',
    { id: customer, team: createTeam.team.id },
  );
  return customer;
}

async function rule(input: object): Promise<void> {
  const { setAccessRule } = await owner.data(
    'mutation ($input: SetAccessRuleInput!) { setAccessRule(input: $input) { userErrors { message } } }',
    { input },
  );
  expect(setAccessRule.userErrors).toEqual([]);
}

const codeOf = ({ errors }: Answer): string | undefined => errors?.[0]?.extensions?.code;

const INFLUENCERS =
  'query ($filter: InfluencerFilter, $first: Int, $last: Int, $after: String, $before: String) { influencers(filter: $filter, first: $first, last: $last, after: $after, before: $before) { pageInfo { startCursor endCursor } edges { rank score node { handle } } } }';
const handlesOf = async (client: Client, filter?: object): Promise<string[]> =>
  (await client.data(INFLUENCERS, { filter })).influencers.edges.map(({ node }: Answer) => node.handle);

describe('influencers', () => {
  test('keep their rank on every page, told by one count', async () => {
    await acts(
      ...[1, 2, 3, 4, 5, 6].flatMap(hub =>
        Array.from({ length: hub }, (_, at): [string, string] => [`p${at}`, `hub${hub}`]),
      ),
    );
    await work();
    const first = await owner.data(INFLUENCERS, { first: 4 });
    const { endCursor: after } = first.influencers.pageInfo;
    let next: Answer;
    const statements = await statementsOf(async () => {
      next = await owner.data(INFLUENCERS, { first: 2, after });
    });
    expect(next.influencers.edges.map(({ rank, node }: Answer) => `${rank} ${node.handle}`)).toEqual([
      '5 hub2',
      '6 hub1',
    ]);
    const counts = statements.filter(text => text.includes('count(*)'));
    expect(counts).toHaveLength(1);
    expect(statements.filter(text => text.includes('limit 201'))).toEqual([]);
    const before = next.influencers.pageInfo.startCursor;
    const back = await owner.data(INFLUENCERS, { last: 2, before });
    expect(back.influencers.edges.map(({ rank, node }: Answer) => `${rank} ${node.handle}`)).toEqual([
      '3 hub4',
      '4 hub3',
    ]);
  });

  test('on a topic or since a moment are those whom one sees engaged with', async () => {
    await say('1', 'boss', 'our merger with @target');
    await say('2', 'eva', 'the bread of @baker');
    await say('3', 'boss', 'the bread of @target');
    await hide('boss');
    await work();
    expect(await handlesOf(owner, { topic: 'merger' })).toEqual(['target']);
    expect(await handlesOf(agent, { topic: 'merger' })).toEqual([]);
    expect(await handlesOf(agent, { topic: 'bread' })).toEqual(['baker']);
    expect((await handlesOf(owner, { since: '2020-01-01T00:00:00Z' })).sort()).toEqual(['baker', 'target']);
    expect(await handlesOf(agent, { since: '2020-01-01T00:00:00Z' })).toEqual(['baker']);
    await rule({ role: 'ANALYST', kind: 'POST', scope: 'NONE' });
    expect(await handlesOf(await organization.as('ANALYST'), { topic: 'bread' })).toEqual([]);
  });

  test('of a segment are those of customers one sees, by tags one sees', async () => {
    await acts(['p', 'open'], ['q', 'boss']);
    const open = await social.customer('Open');
    await social.link(await idOf('open'), open);
    await owner.data(
      'mutation ($id: ID!) { updateCustomer(input: { id: $id, tags: ["vip"] }) { userErrors { code } } }',
      { id: open },
    );
    await hide('boss');
    await work();
    // It sees all identities, but not all customers.
    await rule({ role: 'ANALYST', kind: 'CUSTOMER', scope: 'TEAM' });
    const analyst = await organization.as('ANALYST');
    expect((await handlesOf(owner, { segment: 'vip' })).sort()).toEqual(['boss', 'open']);
    expect(await handlesOf(analyst, { segment: 'vip' })).toEqual(['open']);
    expect(await handlesOf(analyst, { ofCustomers: true })).toEqual(['open']);
    expect(await handlesOf(analyst, { ofCustomers: false })).toContain('boss');
    await rule({ role: 'ANALYST', kind: 'CUSTOMER', scope: 'ALL', hiddenFields: ['tags'] });
    const blind = await organization.as('ANALYST');
    expect(codeOf(await blind.send(INFLUENCERS, { filter: { segment: 'vip' } }))).toBe('FORBIDDEN');
    const seeds = '{ seedSet(k: 1, within: { segment: "vip" }) { reach } }';
    expect(codeOf(await blind.send(seeds))).toBe('FORBIDDEN');
  });
});

describe('communities', () => {
  const COMMUNITIES =
    '{ communities(first: 50) { totalCount edges { node { id name words size cohesion members(first: 9) { edges { node { handle } } } } } } }';
  const communitiesOf = async (client: Client): Promise<Answer[]> => {
    const { communities } = await client.data(COMMUNITIES);
    expect(communities.totalCount).toBe(communities.edges.length);
    return communities.edges.map(({ node }: Answer) => node);
  };

  /** Four around `hub`, three of whom are hidden and speak of a merger; and three who are all hidden. */
  async function groups(): Promise<void> {
    for (const [at, handle] of ['a', 'b', 'c'].entries()) await say(`m${at}`, handle, 'merger fusion');
    for (const [at, handle] of ['x', 'y', 'z'].entries()) await say(`b${at}`, handle, 'bread rolls');
    await acts(['a', 'hub'], ['b', 'hub'], ['c', 'hub'], ['a', 'b'], ['b', 'c'], ['x', 'z'], ['y', 'z'], ['x', 'y']);
    await hide('a', 'b', 'c', 'x', 'y', 'z');
    await work();
  }

  test('are told by words and numbers only to who sees everybody', async () => {
    await groups();
    const [large, small] = await communitiesOf(owner);
    expect(large).toMatchObject({ words: ['fusion', 'merger'], name: 'fusion · merger', size: 4, cohesion: 1 });
    expect(small).toMatchObject({ size: 3 });
    expect(await communitiesOf(agent)).toEqual([
      {
        id: large.id,
        name: '1 people',
        words: [],
        size: 1,
        cohesion: null,
        members: { edges: [{ node: { handle: 'hub' } }] },
      },
    ]);
    const BY_ID = 'query ($id: ID!) { community(id: $id) { size } node(id: $id) { id } }';
    // A cursor can be read by who holds it.
    const { communities } = await agent.data('{ communities { edges { cursor } } }');
    expect(JSON.parse(Buffer.from(communities.edges[0].cursor.split('.')[0], 'base64url').toString())).not.toContain(4);
    expect(await agent.data(BY_ID, { id: small.id })).toEqual({ community: null, node: null });
    expect(await agent.data(BY_ID, { id: large.id })).toEqual({ community: { size: 1 }, node: { id: large.id } });
    await rule({ role: 'ANALYST', kind: 'POST', scope: 'TEAM' });
    expect((await communitiesOf(await organization.as('ANALYST')))[0]).toMatchObject({
      words: [],
      size: 4,
      cohesion: null,
    });
  });

  test('are nothing to a customer, whichever way it asks', async () => {
    await groups();
    const { customer } = (
      await owner.data('{ socialIdentities(filter: { handle: { eq: "a" } }) { edges { node { customer { id } } } } }')
    ).socialIdentities.edges[0].node;
    const caller = await organization.as('CUSTOMER', { customerId: parsePublicId(customer.id)!.uuid });
    const [{ id }] = await communitiesOf(owner);
    const a = await idOf('a');
    expect(codeOf(await caller.send(COMMUNITIES))).toBe('FORBIDDEN');
    const { socialIdentities, interactionGraph, node } = await caller.data(
      `query ($center: ID!, $id: ID!) { socialIdentities(first: 1) { edges { node { community { id words } } } }
         interactionGraph(center: $center) { nodes { community } } node(id: $id) { id } }`,
      { center: a, id },
    );
    expect(socialIdentities.edges[0].node).toEqual({ community: null });
    expect(interactionGraph.nodes[0]).toEqual({ community: null });
    expect(node).toBeNull();
  });
});

describe('influence', () => {
  const INFLUENCE =
    'query ($id: ID!) { node(id: $id) { ... on SocialIdentity { influence { score percentile distinctEngagers engagers pagerank reach trend reasons computedAt } } } }';
  const influenceOf = async (client: Client, id: string): Promise<Answer> =>
    (await client.data(INFLUENCE, { id })).node.influence;

  test('is told in numbers of people only to who sees everybody', async () => {
    await acts(['boss', 'hub'], ['b', 'hub'], ['b', 'hub2']);
    await hide('boss');
    await work();
    const hub = await idOf('hub');
    const whole = await influenceOf(owner, hub);
    expect(whole).toMatchObject({ percentile: 100, distinctEngagers: 2, reach: 2, trend: 1 });
    expect(whole.reasons).toHaveLength(3);
    expect(await influenceOf(agent, hub)).toEqual({
      ...whole,
      distinctEngagers: null,
      engagers: null,
      pagerank: null,
      reach: null,
      trend: null,
      reasons: ['It moves more people than 99 % of everybody'],
    });
  });

  test('is worked out by runs that count everybody only for who sees everybody', async () => {
    await acts(['a', 'hub']);
    await work();
    const RUNS = '{ graphRuns(first: 1) { edges { node { state nodes edges changed } } } }';
    const runOf = async (client: Client) => (await client.data(RUNS)).graphRuns.edges[0].node;
    expect(await runOf(owner)).toEqual({ state: 'DONE', nodes: 2, edges: 1, changed: 2 });
    expect(await runOf(agent)).toEqual({ state: 'DONE', nodes: null, edges: null, changed: null });
  });

  test('is not told to customers', async () => {
    await acts(['p', 'ana']);
    const customer = await social.customer('Ana');
    const ana = await idOf('ana');
    await social.link(ana, customer);
    await work();
    const caller = await organization.as('CUSTOMER', { customerId: parsePublicId(customer)!.uuid });
    expect(await influenceOf(owner, ana)).not.toBeNull();
    expect(await influenceOf(caller, ana)).toBeNull();
    const ASK = 'query ($id: ID!) { customer(id: $id) { influence { score } } }';
    expect(await caller.data(ASK, { id: customer })).toEqual({ customer: { influence: null } });
    expect((await owner.data(ASK, { id: customer })).customer.influence.score).toBeGreaterThan(0);
  });
});

test('a share of attention leaves out what a customer does with itself', async () => {
  await acts(['luis', 'ana'], ['luis', 'luisito'], ['luisito', 'luis'], ['luis', 'luisito']);
  const [ana, luis] = [await social.customer('Ana'), await social.customer('Luis')];
  await social.link(await idOf('ana'), ana);
  for (const handle of ['luis', 'luisito']) await social.link(await idOf(handle), luis);
  await caughtUp();
  const { customer } = await owner.data(
    'query ($id: ID!) { customer(id: $id) { influences(first: 5) { edges { share } } } }',
    { id: ana },
  );
  expect(customer.influences.edges[0].share).toBeCloseTo(1, 6);
});

test('what followed from a post keeps to a time, to kinds and to networks', async () => {
  const at = (hours: number) => new Date(NOW + hours * 3_600_000);
  const posts: [id: string, handle: string, text: string, hours: number][] = [
    ['1', 'ana', 'mi pan', 0],
    ['2', 'eva', 'rico', 1],
    ['3', 'tom', 'sí @pia', 50],
    ['4', 'pia', 'no', 60],
  ];
  for (const [id, handle, text, hours] of posts)
    await social.say(id, {
      handle,
      text,
      occurredAt: at(hours),
      ...(id === '1' ? {} : { parent: { id: '1' } }),
    } as never);
  await caughtUp();
  const { id } = await social.post('1');
  const cascade = async (given: object) => {
    const { interactionGraph } = await owner.data(
      `query ($center: ID!, $since: DateTime, $kinds: [InteractionKind!], $networks: [Network!]) {
         interactionGraph(center: $center, since: $since, kinds: $kinds, networks: $networks) { nodes { identity { id handle } } edges { from to kinds } } }`,
      { center: id, ...given },
    );
    const handles = new Map(interactionGraph.nodes.map(({ identity }: Answer) => [identity.id, identity.handle]));
    return {
      nodes: [...handles.values()],
      edges: interactionGraph.edges
        .map(({ from, to, kinds }: Answer) => `${handles.get(from)}-${kinds}-${handles.get(to)}`)
        .sort(),
    };
  };
  const replies = ['eva-REPLY-ana', 'pia-REPLY-ana', 'tom-REPLY-ana'];
  expect(await cascade({})).toEqual({
    nodes: ['ana', 'eva', 'tom', 'pia'],
    edges: [...replies, 'tom-MENTION-pia'].sort(),
  });
  expect(await cascade({ kinds: ['REPLY'] })).toEqual({ nodes: ['ana', 'eva', 'tom', 'pia'], edges: replies });
  expect(await cascade({ kinds: ['MENTION'] })).toEqual({ nodes: ['ana', 'tom'], edges: [] });
  expect(await cascade({ since: at(55).toISOString() })).toEqual({ nodes: ['ana', 'pia'], edges: ['pia-REPLY-ana'] });
  expect(await cascade({ networks: ['BLUESKY'] })).toEqual({ nodes: ['ana'], edges: [] });
});

describe('whom to speak to first', () => {
  const SEEDS =
    'query ($k: Int!) { seedSet(k: $k) { reach people guarantee seeds { rank reach gain identity { handle } } } }';

  test('is among those one sees, and who is reached is not counted for who may not see everybody', async () => {
    await acts(['a', 'boss'], ['b', 'boss'], ['c', 'boss'], ['a', 'open'], ['d', 'open']);
    await caughtUp();
    await hide('boss');
    const whole = (await owner.data(SEEDS, { k: 1 })).seedSet;
    expect(whole).toMatchObject({ people: 6, seeds: [{ identity: { handle: 'boss' } }] });
    expect(whole.reach).toBeGreaterThan(3);
    let part: Answer;
    const statements = await statementsOf(async () => {
      part = (await agent.data(SEEDS, { k: 1 })).seedSet;
    });
    expect(part).toEqual({
      reach: null,
      people: null,
      guarantee: expect.any(Number),
      seeds: [{ rank: 1, reach: null, gain: null, identity: { handle: 'open' } }],
    });
    // Who may be chosen is asked by the thread: of all that the request sends, only the one that was chosen is an identity.
    expect(statements.filter(text => text.includes('from social_identities t'))).toHaveLength(1);
  });

  test('is given up when it takes too long', async () => {
    const lock = await app.app.database.system.connect();
    try {
      await lock.query('begin; lock table identity_edges in access exclusive mode');
      const input = { ownerUrl: app.ownerUrl, organizationId: organization.id, k: 1, within: null };
      await expect(chooseSeeds(input, 500)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    } finally {
      await lock.query('rollback');
      lock.release();
    }
  });
});

describe('an export', () => {
  const get = (format: string, { authorization }: Client) =>
    app.app.server.fastify.inject({ method: 'GET', url: `/graph.${format}`, headers: { authorization } });

  test('names people to who may export customers, and customers to who sees them', async () => {
    await acts(['a', 'boss'], ['boss', 'open']);
    await caughtUp();
    const open = await social.customer('Open');
    await social.link(await idOf('open'), open);
    const hidden = await hide('boss');
    expect((await get('graphml', agent)).statusCode).toBe(403);
    expect((await get('gexf', await organization.as('ANALYST'))).statusCode).toBe(403);
    expect((await get('csv', agent)).statusCode).toBe(200);
    await rule({ role: 'MANAGER', kind: 'CUSTOMER', scope: 'TEAM' });
    const manager = await organization.as('MANAGER');
    for (const format of ['graphml', 'gexf']) {
      const { body } = await get(format, manager);
      expect(body.match(/<node /g)).toHaveLength(3);
      expect(body).toContain(open);
      expect(body).not.toContain(hidden);
      expect((await get(format, owner)).body).toContain(hidden);
    }
  });

  test('is of one moment: ties that come meanwhile are not in it', async () => {
    await acts(['a', 'b']);
    await caughtUp();
    const { database } = app.app;
    const scope = { organizationId: organization.id, actor: 'system:test', requestId: 'test' };
    let text = '';
    for await (const piece of database.snapshot(scope, run => exportGraph({ run }, 'graphml'))) {
      if (piece.includes('<node ')) {
        await acts(['a', 'late'], ['a', 'b']);
        await caughtUp();
      }
      text += piece;
    }
    expect(text.match(/<node /g)).toHaveLength(2);
    expect(text.match(/<edge /g)).toHaveLength(1);
    expect(text).toContain('<data key="edge_count">1</data>');
    expect((await get('graphml', owner)).body.match(/<edge /g)).toHaveLength(2);
    await expect(Array.fromAsync(database.snapshot(scope, run => insertInto(run)))).rejects.toThrow('read-only');
  });

  async function* insertInto(run: Run) {
    yield await run('delete from identity_edges', []);
  }

  test('is one at a time for a caller, and over when nobody takes it', async () => {
    await acts(['a', 'b']);
    await caughtUp();
    const address = (await listen(app)).replace('/graphql', '/graph.csv');
    const lock = await app.app.database.system.connect();
    try {
      await lock.query('begin; lock table identity_edges in access exclusive mode');
      const leaving = new AbortController();
      const { authorization } = owner;
      const first = await fetch(address, { headers: { authorization }, signal: leaving.signal });
      expect(first.status).toBe(200);
      const second = await get('csv', owner);
      expect([second.statusCode, second.json().errors[0].extensions.code]).toEqual([429, 'RATE_LIMITED']);
      leaving.abort();
      await lock.query('commit');
    } finally {
      lock.release();
    }
    await eventually(async () => (await get('csv', owner)).statusCode === 200);
    const { rows } = await app.app.database.system.query(
      "select 1 from pg_stat_activity where datname = current_database() and application_name = 'vinculo' and state like 'idle in%'",
    );
    expect(rows).toEqual([]);
  });

  test('by the command line stops when it is told to, and says what may be missing', async () => {
    await acts(['a', 'b']);
    await caughtUp();
    const folder = await dataFolder();
    const settings = { DATABASE_URL: app.ownerUrl };
    const held = await app.app.database.system.connect();
    try {
      // Whoever has not ended yet keeps the present from being caught up with.
      await held.query('begin; select pg_current_xact_id()');
      const args = ['export', 'graph', '--organization', organization.slug, '--wait', '1'];
      const late = await run([...args, join(folder.path, 'late.csv')], settings);
      expect(late).toMatchObject({ code: 0, stderr: expect.stringContaining('may be missing') });

      await held.query('lock table identity_edges in access exclusive mode');
      const file = join(folder.path, 'stopped.parquet');
      const stopped = launch([...args, '--format', 'parquet', file], settings);
      await until(async () => (await waitingForLocks()) > 0, 'the export reads');
      stopped.child.kill('SIGTERM');
      // Nothing outside shows that a signal has arrived.
      await new Promise(done => setTimeout(done, 200));
      await held.query('rollback');
      expect((await stopped.ended).code).toBe(143);
      expect(await readdir(folder.path)).toEqual(['late.csv']);
    } finally {
      held.release();
      await folder.remove();
    }
  }, 60_000);

  const waitingForLocks = async (): Promise<number> =>
    (
      await app.app.database.system.query(
        "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      )
    ).rows.length;
});
