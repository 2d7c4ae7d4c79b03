import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { XMLValidator } from 'fast-xml-parser';
import { ingestInteractions } from '../../src/ingest/interactions.service.js';
import { catchUpWithPresent, runGraph } from '../../src/modules/graph/index.js';
import { InteractionKind, Network } from '../../src/modules/social/index.js';
import { newId, parsePublicId, publicId } from '../../src/platform/ids.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { type Social, socialOf } from '../support/social.js';
import { eventually } from '../support/subscriber.js';

type Answer = any;

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off' });
});
afterAll(() => app?.close());

interface Place {
  organization: TestOrganization;
  client: Client;
  social: Social;
}

async function place(): Promise<Place> {
  const organization = await app.organization();
  const client = await organization.as('OWNER');
  return { organization, client, social: socialOf(app, organization, client) };
}

const NOW = new Date('2026-11-20T12:00:00Z').getTime();
const DAY = 86_400_000;

/** `[from, to, days ago]`, each a mention. */
async function acts({ organization }: Place, ...told: [string, string, number?][]): Promise<void> {
  await ingestInteractions(
    app.app.database,
    { organizationId: organization.id, actor: 'system:test', requestId: 'test' },
    told.map(([from, to, days = 0], at) => ({
      from,
      to,
      kind: InteractionKind.MENTION,
      occurredAt: new Date(NOW - days * DAY - at * 1000),
    })),
    { network: Network.TWITTER },
  );
}

const START = `mutation ($kind: GraphRunKind!) { startGraphRun(input: { kind: $kind }) { graphRun { id kind state } userErrors { code } } }`;
const RUN =
  '{ graphRuns(first: 1) { edges { node { id kind state phase progress nodes edges changed problem attempts startedAt finishedAt } } } }';

const options = () => {
  const { database } = app.app;
  return { system: database.system, ownerUrl: app.ownerUrl };
};

/** Does what the worker would do with the run that waits. */
async function work({ organization, client }: Place, kind = 'ANALYSIS', signal = new AbortController().signal) {
  const { startGraphRun } = await client.data(START, { kind });
  expect(startGraphRun.userErrors).toEqual([]);
  const runId = parsePublicId(startGraphRun.graphRun.id)!.uuid;
  await runGraph({ runId, organizationId: organization.id }, options(), { signal });
  return (await client.data(RUN)).graphRuns.edges[0].node;
}

const caughtUp = () => catchUpWithPresent(app.app.database.system, AbortSignal.timeout(20_000));

const INFLUENCE = 'score percentile distinctEngagers engagers pagerank reach trend topics reasons computedAt';

async function influencers({ client }: Place, filter?: object): Promise<Answer[]> {
  const { influencers: list } = await client.data(
    `query ($filter: InfluencerFilter) { influencers(first: 50, filter: $filter) { totalCount edges { rank score node { handle influence { ${INFLUENCE} } customer { displayName } } } } }`,
    { filter },
  );
  expect(list.totalCount).toBe(list.edges.length);
  return list.edges;
}

const ranked = (edges: Answer[]) =>
  edges.filter(({ score }) => score > 0).map(({ rank, node }) => `${rank} ${node.handle}`);

describe('a run', () => {
  test('ranks by distinct others who engage, whoever is loudest', async () => {
    const here = await place();
    await acts(
      here,
      ...Array.from({ length: 9 }, (_, at): [string, string] => [`p${at}`, 'loved']),
      ...Array.from({ length: 40 }, (_, at): [string, string, number] => ['fan', 'loud', at]),
      ['loud', 'p1'],
    );
    const run = await work(here);
    expect(run).toMatchObject({
      kind: 'ANALYSIS',
      state: 'DONE',
      progress: 1,
      nodes: 12,
      edges: 11,
      attempts: 1,
      problem: null,
    });
    expect(run.changed).toBe(12);
    const list = await influencers(here);
    expect(ranked(list)).toEqual(['1 loved', '2 p1', '3 loud']);
    const [loved] = list;
    expect(loved.node.influence).toMatchObject({ percentile: 100, distinctEngagers: 9, trend: 1 });
    expect(loved.node.influence.engagers).toBeCloseTo(9, 1);
    expect(loved.node.influence.reach).toBe(10);
    expect(loved.node.influence.reasons[0]).toBe('9 different people engaged with it, about 9 of them lately');
    expect(loved.node.influence.score).toBeGreaterThan(99);
  });

  test('counts engagement half after a half-life, and says how it changes', async () => {
    const here = await place();
    await acts(
      here,
      ['a', 'old', 90],
      ['b', 'old', 91],
      ['c', 'new'],
      ['d', 'fading', 45],
      ['e', 'fading', 40],
      ['f', 'fading', 5],
    );
    await work(here);
    const of = Object.fromEntries((await influencers(here)).map(({ node }) => [node.handle, node.influence]));
    expect(of.old.engagers).toBeCloseTo(0.5 + 2 ** (-91 / 90), 2);
    expect(of.old.trend).toBe(0);
    expect(of.new.trend).toBe(1);
    expect(of.fading.trend).toBeCloseTo(-1 / 3, 6);
    expect(of.fading.reasons).toContain('Engagement fell by 50 %');
  });

  test('writes only what has changed', async () => {
    const here = await place();
    const pairs = Array.from({ length: 100 }, (_, at): [string, string] => [`from${at}`, `to${at}`]);
    // Somebody far above all others, so that the scale stays as it is.
    await acts(here, ...pairs, ...Array.from({ length: 40 }, (_, at): [string, string] => [`fan${at}`, 'hub']));
    expect(await work(here)).toMatchObject({ changed: 241 });
    expect(await work(here)).toMatchObject({ changed: 0 });
    await acts(here, ['z', 'from1']);
    const { changed } = await work(here);
    expect(changed).toBeGreaterThan(0);
    expect(changed).toBeLessThan(10);
  });

  test('is one at a time, and nobody else sees it', async () => {
    const here = await place();
    await acts(here, ['a', 'b']);
    const first = await here.client.data(START, { kind: 'ANALYSIS' });
    const second = await here.client.data(START, { kind: 'REBUILD' });
    expect(second.startGraphRun.graphRun).toEqual(first.startGraphRun.graphRun);
    const elsewhere = await place();
    expect((await elsewhere.client.data(RUN)).graphRuns.edges).toEqual([]);
    const { cancelGraphRun } = await elsewhere.client.data(
      'mutation ($id: ID!) { cancelGraphRun(input: { id: $id }) { graphRun { id } userErrors { field code } } }',
      { id: first.startGraphRun.graphRun.id },
    );
    expect(cancelGraphRun).toEqual({ graphRun: null, userErrors: [{ field: 'id', code: 'NOT_FOUND' }] });
  });

  test('that was called off changes nothing', async () => {
    const here = await place();
    await acts(here, ['a', 'b']);
    await work(here);
    const before = await influencers(here);
    await acts(here, ['c', 'b']);
    const { startGraphRun } = await here.client.data(START, { kind: 'ANALYSIS' });
    const { id } = startGraphRun.graphRun;
    const { cancelGraphRun } = await here.client.data(
      'mutation ($id: ID!) { cancelGraphRun(input: { id: $id }) { graphRun { state } userErrors { code } } }',
      { id },
    );
    expect(cancelGraphRun).toEqual({ graphRun: { state: 'CANCELLED' }, userErrors: [] });
    await runGraph({ runId: parsePublicId(id)!.uuid, organizationId: here.organization.id }, options(), {
      signal: new AbortController().signal,
    });
    expect(await influencers(here)).toEqual(before);
    expect((await here.client.data(RUN)).graphRuns.edges[0].node.state).toBe('CANCELLED');
  });

  test('whose process died is taken up again', async () => {
    const here = await place();
    await acts(here, ['a', 'b'], ['c', 'b']);
    const runId = newId();
    await app.app.database.system.query(
      `insert into graph_runs (organization_id, id, kind, state, phase, progress, requested_by, started_at, attempts)
       values ($1, $2, 'ANALYSIS', 'RUNNING', 'WRITING', .8, 'system:test', now(), 1)`,
      [here.organization.id, runId],
    );
    await runGraph({ runId, organizationId: here.organization.id }, options(), {
      signal: new AbortController().signal,
    });
    expect((await here.client.data(RUN)).graphRuns.edges[0].node).toMatchObject({
      state: 'DONE',
      attempts: 2,
      progress: 1,
    });
    expect(ranked(await influencers(here))).toEqual(['1 b']);
  });

  test('stops with its process, and goes on with the next', async () => {
    const here = await place();
    await acts(here, ['a', 'b']);
    await expect(work(here, 'ANALYSIS', AbortSignal.abort())).rejects.toThrow('aborted');
    const { node } = (await here.client.data(RUN)).graphRuns.edges[0];
    expect(node).toMatchObject({ state: 'RUNNING', attempts: 0 });
    const job = { runId: parsePublicId(node.id)!.uuid, organizationId: here.organization.id };
    await runGraph(job, options(), { signal: new AbortController().signal });
    expect((await here.client.data(RUN)).graphRuns.edges[0].node).toMatchObject({ state: 'DONE', attempts: 1 });
  });

  test('that was begun too often is given up, and one nobody works on can be called off', async () => {
    const here = await place();
    await acts(here, ['a', 'b']);
    const left = async (attempts: number): Promise<string> => {
      const id = newId();
      await app.app.database.system.query(
        `insert into graph_runs (organization_id, id, kind, state, requested_by, requested_at, started_at, heartbeat_at, attempts)
         values ($1, $2, 'ANALYSIS', 'RUNNING', 'system:test', now(), now(), now() - interval '5 minutes', $3)`,
        [here.organization.id, id, attempts],
      );
      return id;
    };
    const job = { organizationId: here.organization.id, runId: await left(5) };
    await runGraph(job, options(), { signal: new AbortController().signal });
    const { node } = (await here.client.data(RUN)).graphRuns.edges[0];
    expect(node).toMatchObject({ state: 'FAILED', problem: 'It was begun 5 times and never came to its end.' });
    const id = publicId('graph_run', await left(1));
    const { cancelGraphRun } = await here.client.data(
      'mutation ($id: ID!) { cancelGraphRun(input: { id: $id }) { graphRun { state } userErrors { code } } }',
      { id },
    );
    expect(cancelGraphRun).toEqual({ graphRun: { state: 'CANCELLED' }, userErrors: [] });
  });

  test('called off while ties are added up anew leaves them as they were', async () => {
    const here = await place();
    await acts(here, ['a', 'b'], ['c', 'b']);
    await caughtUp();
    await here.client.data(
      'mutation { setGraphSettings(input: { weights: [{ kind: MENTION, weight: 0 }] }) { userErrors { code } } }',
    );
    // Somebody holds the place: the rebuild waits for it, and is called off while it does.
    const holder = await app.app.database.system.connect();
    try {
      await holder.query('begin; select 1 from graph_progress for update');
      const running = work(here, 'REBUILD');
      const id = await eventually(async () => {
        const { node } = (await here.client.data(RUN)).graphRuns.edges[0] ?? {};
        return node?.phase === 'REBUILDING' && node.id;
      });
      await here.client.data('mutation ($id: ID!) { cancelGraphRun(input: { id: $id }) { userErrors { code } } }', {
        id,
      });
      expect(await running).toMatchObject({ state: 'CANCELLED' });
    } finally {
      await holder.query('rollback');
      holder.release();
    }
    const { rows } = await app.app.database.system.query(
      'select count(*)::integer as edges from identity_edges where organization_id = $1',
      [here.organization.id],
    );
    expect(rows[0].edges).toBe(2);
  });

  test('of ties that changed meanwhile is not the last one', async () => {
    const here = await place();
    await acts(here, ['a', 'b']);
    await work(here);
    const due = async () =>
      (
        await app.app.database.system.query(
          'select edges_changed_at is distinct from analysed_of as due from graph_states where organization_id = $1',
          [here.organization.id],
        )
      ).rows[0].due;
    expect(await due()).toBe(false);
    const customer = await here.social.customer('Ana');
    await here.social.link((await here.social.identity('b')).id, customer);
    await caughtUp();
    expect(await due()).toBe(true);
    await work(here);
    expect(await due()).toBe(false);
  });

  test('of an organisation without ties finds nothing', async () => {
    const here = await place();
    expect(await work(here)).toMatchObject({ state: 'DONE', nodes: 0, edges: 0, changed: 0 });
    await acts(here, ['a', 'a'], ['b', 'b']);
    expect(await work(here)).toMatchObject({ state: 'DONE', nodes: 0 });
    expect(await influencers(here)).toEqual([]);
  });

  test('adds ties up anew under new settings', async () => {
    const here = await place();
    await acts(here, ['a', 'b']);
    await work(here);
    await here.client.data(
      'mutation { setGraphSettings(input: { weights: [{ kind: MENTION, weight: 0 }] }) { userErrors { code } } }',
    );
    expect(await work(here, 'REBUILD')).toMatchObject({ kind: 'REBUILD', state: 'DONE', nodes: 0, changed: 2 });
  });
});

describe('influence', () => {
  test('of a customer is that of all its identities, without what they do among themselves', async () => {
    const here = await place();
    await acts(here, ['p1', 'ana'], ['p2', 'anita'], ['p2', 'ana'], ['ana', 'anita'], ['p1', 'other']);
    const customer = await here.social.customer('Ana Gil');
    for (const handle of ['ana', 'anita']) await here.social.link((await here.social.identity(handle)).id, customer);
    await work(here);
    const { customer: shown } = await here.client.data(
      `query ($id: ID!) { customer(id: $id) { influence { ${INFLUENCE} } } }`,
      { id: customer },
    );
    expect(shown.influence).toMatchObject({ distinctEngagers: 2, percentile: 100 });
    expect((await influencers(here, { ofCustomers: true })).map(({ node }) => node.handle).sort()).toEqual([
      'ana',
      'anita',
    ]);
    expect((await influencers(here, { ofCustomers: false })).map(({ node }) => node.handle)).not.toContain('ana');
  });

  test('is asked for by topic, segment, network, time and community', async () => {
    const here = await place();
    await here.social.say('1', { handle: 'x', text: 'the bread of @baker' } as never);
    await here.social.say('2', { handle: 'y', text: 'bread by @baker' } as never);
    await here.social.say('3', { handle: 'z', text: 'a loan from @bank' } as never);
    await acts(here, ['p1', 'bank'], ['p2', 'bank'], ['p3', 'bank'], ['p1', 'p2'], ['p2', 'p3'], ['q', 'old', 300]);
    const { id } = await here.social.identity('baker');
    const customer = await here.social.customer('Panadería');
    await here.social.link(id, customer);
    await here.client.data(
      'mutation ($id: ID!) { updateCustomer(input: { id: $id, tags: ["vip"] }) { userErrors { message } } }',
      { id: customer },
    );
    await work(here);
    expect(ranked(await influencers(here)).slice(0, 2)).toEqual(['1 bank', '2 baker']);
    const [baker] = await influencers(here, { topic: 'bread' });
    expect(baker).toMatchObject({ rank: 1, node: { handle: 'baker', influence: { topics: ['bread'] } } });
    expect(ranked(await influencers(here, { segment: 'vip' }))).toEqual(['1 baker']);
    expect(await influencers(here, { network: 'BLUESKY' })).toEqual([]);
    expect(ranked(await influencers(here, { since: '2026-10-01T00:00:00Z' }))).not.toContain('old');
    const { communities } = await here.client.data(
      '{ communities(first: 5) { edges { node { id name size cohesion members(first: 5) { edges { node { handle community { id } } } } } } } }',
    );
    const bank = communities.edges.find(({ node }: Answer) => node.members.edges[0].node.handle === 'bank');
    expect(bank.node).toMatchObject({ size: 5, cohesion: 1 });
    expect(bank.node.members.edges[0].node.community.id).toBe(bank.node.id);
    expect(ranked(await influencers(here, { community: bank.node.id }))).toContain('1 bank');
    expect(await influencers(here, { community: 'nonsense' })).toEqual([]);
    // It stays the same community while most of its members stay.
    await acts(here, ['p4', 'bank']);
    await work(here);
    const again = await here.client.data('{ communities(first: 5) { edges { node { id size } } } }');
    expect(again.communities.edges.map(({ node }: Answer) => node)).toContainEqual({ id: bank.node.id, size: 6 });
  });

  test('follows what is done since the last run, and the next run agrees', async () => {
    const here = await place();
    await acts(here, ['a', 'hub'], ['b', 'hub'], ['c', 'hub'], ['d', 'small']);
    await work(here);
    await acts(here, ['a', 'small'], ['b', 'small'], ['c', 'small'], ['e', 'small'], ['a', 'newcomer']);
    await caughtUp();
    const between = await influencers(here);
    expect(ranked(between)).toEqual(['1 small', '2 hub', '3 newcomer']);
    expect(between[0].node.influence).toMatchObject({ distinctEngagers: 5, percentile: 100 });
    await work(here);
    const afterwards = await influencers(here);
    expect(ranked(afterwards)).toEqual(ranked(between));
    expect(afterwards[0].node.influence.engagers).toBeCloseTo(between[0].node.influence.engagers, 6);
  });

  test('pages keep their ranks', async () => {
    const here = await place();
    const told = Array.from({ length: 7 }, (_, hub) =>
      Array.from({ length: hub + 1 }, (_, at): [string, string] => [`p${at}`, `hub${hub}`]),
    );
    await acts(here, ...told.flat());
    await work(here);
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { influencers: page }: Answer = await here.client.data(
        'query ($after: String) { influencers(first: 3, after: $after) { pageInfo { hasNextPage endCursor } edges { rank node { handle } } } }',
        { after },
      );
      seen.push(...page.edges.map(({ rank, node }: Answer) => `${rank} ${node.handle}`));
      after = page.pageInfo.endCursor;
      more = page.pageInfo.hasNextPage;
    }
    expect(seen.slice(0, 7)).toEqual(Array.from({ length: 7 }, (_, at) => `${at + 1} hub${6 - at}`));
    expect(seen).toHaveLength(14);
  });
});

describe('whom to speak to first', () => {
  const SEEDS = `query ($k: Int!, $within: InfluencerFilter) { seedSet(k: $k, within: $within) { reach guarantee people seeds { rank reach gain identity { handle } } } }`;

  test('is who reaches most, and then who adds most to that', async () => {
    const here = await place();
    const around = (hub: string, count: number) =>
      Array.from({ length: count }, (_, at): [string, string] => [`${hub}${at}`, hub]);
    // The second hub's people are the first one's too; the third is small and far away.
    await acts(
      here,
      ...around('big', 20),
      ...around('big', 20).map(([from]): [string, string] => [from, 'twin']),
      ...around('far', 4),
    );
    await work(here);
    const { seedSet } = await here.client.data(SEEDS, { k: 2 });
    expect(seedSet.people).toBe(27);
    const [first, second] = seedSet.seeds;
    expect(['big', 'twin']).toContain(first.identity.handle);
    expect(second.identity.handle).toBe(first.identity.handle === 'big' ? 'twin' : 'big');
    expect(first.reach).toBeCloseTo(11, 0);
    expect(seedSet.reach).toBeCloseTo(first.gain + second.gain, 6);
    expect(seedSet.guarantee).toBeGreaterThan(0.5);
  });

  test('is only among those asked for', async () => {
    const here = await place();
    await acts(here, ['a', 'big'], ['b', 'big'], ['c', 'ana']);
    const customer = await here.social.customer('Ana');
    await here.social.link((await here.social.identity('ana')).id, customer);
    await work(here);
    const { seedSet } = await here.client.data(SEEDS, { k: 5, within: { ofCustomers: true } });
    expect(seedSet.seeds.map(({ identity }: Answer) => identity.handle)).toEqual(['ana']);
    expect((await here.client.data(SEEDS, { k: 3, within: { network: 'BLUESKY' } })).seedSet).toMatchObject({
      seeds: [],
      reach: 0,
    });
  });

  test('is nobody without ties, and a clear error for what cannot be', async () => {
    const here = await place();
    expect((await here.client.data(SEEDS, { k: 3 })).seedSet).toMatchObject({ seeds: [], reach: 0, people: 0 });
    for (const variables of [{ k: 0 }, { k: -1 }, { k: 1000 }, { k: 1, within: { topic: 'pan' } }]) {
      const { errors } = await here.client.send(SEEDS, variables);
      expect(errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
    }
  });
});

describe('an export', () => {
  const get = async (path: string, authorization: string) =>
    app.app.server.fastify.inject({ method: 'GET', url: path, headers: { authorization } });

  test('has everybody with ties and every tie, as CSV, GraphML and GEXF', async () => {
    const here = await place();
    await acts(here, ['ana', 'luis'], ['ana', 'luis'], ['eva', 'ana']);
    await here.social.say('1', {
      handle: 'luis',
      author: { handle: 'luis', displayName: 'Luis <&"> \u{1f35e}' },
      text: 'hola @eva',
    } as never);
    await work(here);
    const csv = await get('/graph.csv', here.client.authorization);
    expect(csv.headers['content-type']).toContain('text/csv');
    const lines = csv.body.trim().split('\n');
    expect(lines[0]).toBe('from,to,kinds,count,weight,lastAt');
    expect(lines).toHaveLength(4);
    const ana = (await here.social.identity('ana')).id;
    const luis = (await here.social.identity('luis')).id;
    expect(lines.find(line => line.startsWith(`${ana},${luis},MENTION,2,`))).toBeDefined();
    for (const format of ['graphml', 'gexf']) {
      const { body, statusCode } = await get(`/graph.${format}`, here.client.authorization);
      expect(statusCode).toBe(200);
      expect(body.match(/<node /g)).toHaveLength(3);
      expect(body.match(/<edge /g)).toHaveLength(3);
      expect(body).toContain('Luis &lt;&amp;&quot;&gt;');
      expect(XMLValidator.validate(body)).toBe(true);
    }
  });

  test('comes in batches that leave nothing out', async () => {
    const here = await place();
    const told = Array.from({ length: 6000 }, (_, at): [string, string] => [`p${at}`, `q${at % 7}`]);
    await acts(here, ...told);
    await work(here);
    const { body } = await get('/graph.csv', here.client.authorization);
    expect(new Set(body.trim().split('\n')).size).toBe(6001);
  });

  test('is for staff, of what they may see, in a format there is', async () => {
    const here = await place();
    await acts(here, ['a', 'b']);
    expect((await get('/graph.csv', '')).statusCode).toBe(401);
    expect((await get('/graph.exe', here.client.authorization)).statusCode).toBe(400);
    const partner = await here.organization.as('PARTNER');
    expect((await get('/graph.csv', partner.authorization)).statusCode).toBe(403);
    const elsewhere = await place();
    expect((await get('/graph.csv', elsewhere.client.authorization)).body).toBe('from,to,kinds,count,weight,lastAt\n');
  });
});

test('runs start by themselves where ties have changed', async () => {
  const kept = await openTestApp();
  try {
    const organization = await kept.organization();
    const client = await organization.as('OWNER');
    await ingestInteractions(
      kept.app.database,
      { organizationId: organization.id, actor: 'system:test', requestId: 'test' },
      [{ from: 'a', to: 'b', kind: InteractionKind.LIKE, occurredAt: new Date(NOW) }],
      { network: Network.TWITTER },
    );
    await eventually(async () => (await client.data(RUN)).graphRuns.edges[0]?.node.state === 'DONE');
    expect((await client.data('{ influencers(first: 1) { edges { node { handle } } } }')).influencers.edges).toEqual([
      { node: { handle: 'b' } },
    ]);
  } finally {
    await kept.close();
  }
});
