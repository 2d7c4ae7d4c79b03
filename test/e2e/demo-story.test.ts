import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DEMO_DESK, DEMO_QUERY, DEMO_STORY } from '../../src/cli/demo.documents.js';
import { analyseExample, loadExample } from '../../src/demo/load.js';
import { Role } from '../../src/modules/access/index.js';
import { openTestApp, type TestApp } from '../support/app.js';
import { authorizationFor } from '../support/callers.js';
import { eventually } from '../support/subscriber.js';

type Answer = any;

let app: TestApp;
let authorization: string;

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'inline' });
  const loaded = await loadExample(app.app.database, new Date());
  await analyseExample(loaded, app.app.database, AbortSignal.timeout(20_000));
  authorization = await authorizationFor(app.app, loaded.scope.organizationId, Role.OWNER, {});
}, 120_000);
afterAll(() => app?.close());

async function ask(query: string, variables?: object): Promise<Answer> {
  const response = await app.app.server.fastify.inject({
    method: 'POST',
    url: '/graphql',
    headers: { authorization },
    payload: { query, variables },
  });
  const { data, errors } = response.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

test('the example tells of a customer, whom she moves, and what else is probably hers', async () => {
  const she = await eventually(async () => {
    const { customers } = await ask(DEMO_STORY);
    const { node } = customers.edges[0];
    // What is suggested while she is still being loaded is looked at again.
    const isComplete =
      node.linkSuggestions.edges.length === 2 && node.influences.totalCount === 10 && node.influence?.percentile >= 95;
    return isComplete ? node : undefined;
  });
  expect(she.identities).toMatchObject([{ network: 'BLUESKY', handle: 'lolavaldecasas.example.com' }]);
  expect(she.influence.distinctEngagers).toBeGreaterThan(15);
  for (const { share, evidence } of she.influences.edges) {
    expect(share).toBeGreaterThan(0.1);
    expect(evidence.length).toBeGreaterThan(0);
  }
  const suggested = she.linkSuggestions.edges.map(({ node }: Answer) => node);
  expect(suggested.map(({ identity }: Answer) => identity.network).sort()).toEqual(['INSTAGRAM', 'TWITTER']);
  for (const { confidence, evidence } of suggested) {
    expect(confidence).toBeGreaterThan(0.95);
    expect(evidence.map(({ kind }: Answer) => kind)).toEqual(
      expect.arrayContaining(['NAME', 'PLACE', 'POSTING_HOURS']),
    );
  }
  const complaint = she.posts.edges.find(({ node }: Answer) => node.text.startsWith('Tercera semana'));
  expect(complaint.node.sentiment.label).toBe('NEGATIVE');
  const { conversationTree, interactionGraph } = await ask(
    `query ($post: ID!, $she: ID!) {
      conversationTree(post: $post) { nodes { depth } }
      interactionGraph(center: $she, depth: 2, limit: 60) { nodes { distance } }
    }`,
    { post: complaint.node.id, she: she.id },
  );
  expect(Math.max(...conversationTree.nodes.map(({ depth }: Answer) => depth))).toBeGreaterThanOrEqual(4);
  expect(interactionGraph.nodes.filter(({ distance }: Answer) => distance === 1).length).toBeGreaterThan(20);
  const { influencers } = await ask(
    '{ influencers(filter: { ofCustomers: true }, first: 5) { edges { node { handle } } } }',
  );
  expect(influencers.edges.map(({ node }: Answer) => node.handle)).toContain('lolavaldecasas.example.com');
}, 60_000);

test('the other document of the demo is answered too', async () => {
  const { posts } = await ask(DEMO_QUERY);
  expect(posts.edges).toHaveLength(5);
});

test('her complaint is a ticket: what she and the brand said in public, and what colleagues are told', async () => {
  const { tickets } = await ask(DEMO_DESK.slice(0, DEMO_DESK.indexOf('subscription')));
  expect(tickets.totalCount).toBe(1);
  const { node } = tickets.edges[0];
  expect(node).toMatchObject({
    priority: 'URGENT',
    channel: 'SOCIAL',
    customer: { displayName: 'Dolores Valdecasas Ibarra' },
    assignee: { name: expect.any(String) },
    sla: { resolutionDueAt: expect.any(String) },
  });
  const said = node.messages.edges.map(({ node: { kind, visibility } }: Answer) => [kind, visibility]);
  expect(said[0]).toEqual(['CUSTOMER', 'PUBLIC']);
  expect(said.filter(([kind]: string[]) => kind === 'AGENT')).toHaveLength(2);
  expect(said).toContainEqual(['NOTE', 'INTERNAL']);
});
