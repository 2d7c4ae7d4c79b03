import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Network, PostKind } from '../../src/modules/social/index.js';
import { answeringOn } from '../support/answering.js';
import { openTestApp, type TestApp } from '../support/app.js';
import { type EchoNetwork, openEchoNetwork } from '../support/echo-network.js';
import { listen } from '../support/posts.js';
import { eventually, subscribe } from '../support/subscriber.js';

let app: TestApp;
let echo: EchoNetwork;
let ours: Awaited<ReturnType<typeof answeringOn>>;

beforeAll(async () => {
  echo = await openEchoNetwork({ max: 500 });
  app = await openTestApp(
    // It asks again and again until a flood is found, which a busy machine does later.
    { ALLOW_PRIVATE_ADDRESSES: 'true', COST_PER_MINUTE: '1000000000' },
    { adapters: [echo.connector], sending: { lookUpAfterMs: 20 } },
  );
});
afterAll(async () => {
  await app?.close();
  await echo?.close();
});
beforeEach(async () => {
  echo.messages.length = 0;
  ours = await answeringOn(app, { network: Network.TELEGRAM });
});
afterEach(() => {
  echo.trouble = undefined;
});

const INCIDENT =
  `incident { id title status stage version signatureWords: words posts { totalCount } tickets { totalCount edges { node { id status } } }
  progress { people waiting answered refused } }`.replace('signatureWords: ', '');

async function act(name: string, input: object, answer = INCIDENT): Promise<any> {
  const types: Record<string, string> = {
    confirmIncident: 'IncidentInput',
    solveIncident: 'IncidentInput',
    endIncident: 'IncidentInput',
    addPostsToIncident: 'IncidentPostsInput',
    removePostsFromIncident: 'IncidentPostsInput',
  };
  const type = types[name] ?? `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const data = await ours.client.data<any>(
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${answer} userErrors { field code message } } }`,
    { input },
  );
  return data[name];
}
const settings = (given: object) => act('updateCareSettings', given, 'settings { version }');
const incidents = async (): Promise<any[]> =>
  (await ours.client.data<any>(`{ incidents { edges { node { ${INCIDENT.slice(11, -2)} } } } }`)).incidents.edges.map(
    (edge: any) => edge.node,
  );
const incident = async (id: string): Promise<any> =>
  (await ours.client.data<any>(`query ($id: ID!) { incident(id: $id) { ${INCIDENT.slice(11, -2)} } }`, { id }))
    .incident;

const COMPLAINTS = [
  'La web de la panadería no carga y no puedo pagar mi pedido',
  '¿Alguien más? La web no carga, imposible pagar el pedido',
  'Llevo una hora: la WEB no me deja pagar el pedido, no carga',
  'No puedo pagar, el pedido no carga en la página',
];
/** Each by somebody else. */
async function complain(mark: string, texts = COMPLAINTS): Promise<string[]> {
  const ids: string[] = [];
  for (const [at, text] of texts.entries())
    ids.push(await ours.hear(`${mark}${at}`, { text, handle: `${mark}${at}`, root: { id: `${mark}${at}` } }));
  return ids;
}

test('a flood of posts that are alike is suggested as an incident, and its tickets belong to it once it is confirmed', async () => {
  await settings({ floodMode: 'SUGGEST', floodPosts: 4, floodMinutes: 30 });
  await act('createIntakeRule', { name: 'Todo' }, 'rule { id }');
  await ours.hear('other', {
    text: '¡Qué rico el pan de centeno de esta mañana!',
    handle: 'leo',
    root: { id: 'other' },
  });
  await complain('a');
  const [seen] = await eventually(async () => {
    const found = await incidents();
    return found.length > 0 ? found : null;
  });
  expect(seen).toMatchObject({
    status: 'OPEN',
    stage: 'SUGGESTED',
    posts: { totalCount: 4 },
    tickets: { totalCount: 0 },
  });
  const confirmed = await act('confirmIncident', { id: seen.id, version: seen.version });
  expect(confirmed.incident).toMatchObject({ stage: 'CONFIRMED', tickets: { totalCount: 4 } });

  const [late] = await complain('b', ['Sigue igual: la web no carga y no puedo pagar mi pedido']);
  await eventually(async () => (await incident(seen.id)).posts.totalCount === 5);
  const { post } = await ours.client.data<any>('query ($id: ID!) { post(id: $id) { ticket { id incident { id } } } }', {
    id: late,
  });
  expect(post.ticket.incident.id).toBe(seen.id);

  const out = await act('removeTicketFromIncident', { ticketId: post.ticket.id }, 'ticket { incident { id } }');
  expect(out).toMatchObject({ userErrors: [], ticket: { incident: null } });
  expect(await incident(seen.id)).toMatchObject({ posts: { totalCount: 4 }, tickets: { totalCount: 4 } });
});

test('an incident is opened by itself where that is set', async () => {
  await settings({ floodMode: 'AUTOMATIC', floodPosts: 4, floodMinutes: 30 });
  await complain('a');
  const [opened] = await eventually(async () => {
    const found = await incidents();
    return found.length > 0 ? found : null;
  });
  expect(opened.stage).toBe('CONFIRMED');
});

test('praise makes no incident, however much alike it is', async () => {
  await settings({ floodMode: 'AUTOMATIC', floodPosts: 4, floodMinutes: 30 });
  const praise = Array.from({ length: 5 }, () => '¡Me encanta el pan de centeno de la panadería, buenísimo!');
  await complain('p', praise);
  await complain('a');
  const found = await eventually(async () => {
    const all = await incidents();
    return all.length > 0 ? all : null;
  });
  expect(found).toMatchObject([{ posts: { totalCount: 4 } }]);
});

test('everybody who speaks of an incident is answered once, however often it is asked and wherever it stops', async () => {
  await act('createIntakeRule', { name: 'Todo' }, 'rule { id }');
  const posts = await complain('a');
  // Who says it twice, in the open and to us alone.
  posts.push(
    await ours.hear('again', {
      text: 'Nada, no carga la web, no puedo pagar',
      handle: 'a0',
      kind: PostKind.DIRECT_MESSAGE,
      root: { id: 'dm' },
    }),
  );
  const { incident: opened, userErrors } = await act('openIncident', {
    title: 'Web caída',
    postIds: posts,
    words: ['caída'],
  });
  expect(userErrors).toEqual([]);
  expect(opened).toMatchObject({ stage: 'CONFIRMED', posts: { totalCount: 5 }, progress: { people: 4, waiting: 0 } });
  expect((await act('answerIncident', { id: opened.id, visibility: 'PUBLIC' })).userErrors).toMatchObject([
    { code: 'REQUIRED' },
  ]);
  await act('updateIncident', { id: opened.id, answers: { es: 'Estamos en ello.', en: 'We are on it.' } });
  await Promise.all([1, 2, 3].map(() => act('answerIncident', { id: opened.id, visibility: 'PUBLIC' })));
  const done = await eventually(async () => {
    const now = await incident(opened.id);
    return now.progress.answered === 4 && now.progress.waiting === 0 ? now : null;
  });
  expect(done).toMatchObject({ status: 'ANSWERED' });
  await eventually(() => echo.messages.length === 4);
  expect(echo.messages.every(({ text }) => text.includes('Estamos en ello.'))).toBe(true);
  // Whoever comes later is answered when it is asked again; the others are not.
  const [late] = await complain('b', ['La web caída otra vez']);
  await eventually(async () => (await incident(opened.id)).posts.totalCount === 6);
  expect(late).toBeDefined();
  await act('answerIncident', { id: opened.id, visibility: 'PUBLIC' });
  await eventually(() => echo.messages.length === 5);
  expect((await incident(opened.id)).tickets.edges.every(({ node }: any) => node.status === 'PENDING')).toBe(true);

  await act('solveIncident', { id: opened.id });
  await eventually(async () =>
    (await incident(opened.id)).tickets.edges.every(({ node }: any) => node.status === 'SOLVED'),
  );
  await act('endIncident', { id: opened.id });
  expect(await incident(opened.id)).toMatchObject({ status: 'ENDED' });
});

test('answering that is stopped goes on where it was, and two at it answer nobody twice', async () => {
  const posts = await complain('a');
  const { incident: opened } = await act('openIncident', { title: 'Web', postIds: posts, answers: { es: 'Ya.' } });
  const { sendAnswers } = await import('../../src/modules/support/care/incident-answering.service.js');
  const scope = { organizationId: ours.organization.id, actor: 'system:test', requestId: 'test' };
  const [row] = (
    await app.app.database.system.query<{ id: string }>('select id from incidents where organization_id = $1', [
      ours.organization.id,
    ])
  ).rows;
  const outbox = {
    channels: {},
    accountOf: async () => {
      throw new Error('The process dies right here.');
    },
  };
  await act('answerIncident', { id: opened.id, visibility: 'PUBLIC' });
  // Whatever dies in the middle leaves what it had not said yet.
  await sendAnswers(app.app.database, scope, outbox as never, row!.id, new AbortController().signal).catch(() => {});
  await eventually(async () => (await incident(opened.id)).progress.waiting === 0);
  expect((await incident(opened.id)).progress).toMatchObject({ answered: 4, refused: 0 });
  await eventually(() => echo.messages.length === 4);
});

test('who cannot be answered is counted, and does not stop the others', async () => {
  const posts = await complain('a');
  await app.app.database.system.query(
    `update posts set deleted_at = null, replyability = '{"public": false, "private": false, "reason": "NOT_POSSIBLE"}' where organization_id = $1 and external_id = 'a1'`,
    [ours.organization.id],
  );
  const { incident: opened } = await act('openIncident', { title: 'Web', postIds: posts, answers: { es: 'Ya.' } });
  await act('answerIncident', { id: opened.id, visibility: 'PUBLIC' });
  await eventually(async () => (await incident(opened.id)).progress.waiting === 0);
  expect((await incident(opened.id)).progress).toMatchObject({ people: 4, answered: 3, refused: 1 });
});

test('posts that were taken out stay out, and one post is in one incident', async () => {
  const posts = await complain('a');
  const { incident: one } = await act('openIncident', { title: 'Web', postIds: posts, words: ['pagar'] });
  await act('removePostsFromIncident', { id: one.id, postIds: [posts[0]] });
  await complain('b', ['Quiero pagar']);
  await eventually(async () => (await incident(one.id)).posts.totalCount === 4);
  const { incident: other } = await act('openIncident', { title: 'Otra', postIds: [posts[0]] });
  expect(other.posts.totalCount).toBe(0);
  expect((await act('addPostsToIncident', { id: other.id, postIds: [posts[0]] })).incident.posts.totalCount).toBe(1);
  expect((await act('addPostsToIncident', { id: one.id, postIds: [posts[0]] })).userErrors).toMatchObject([
    { field: 'postIds', code: 'TAKEN' },
  ]);
});

test('subscribers are told of incidents as they change, and a change of an old version is refused', async () => {
  const url = await listen(app);
  const stream = subscribe<any>(
    url,
    ours.client.authorization,
    'subscription { incidentChanged { cursor incident { title status } } }',
  );
  const { incident: opened } = await act('openIncident', { title: 'Web' });
  await eventually(async () => {
    await act('updateIncident', { id: opened.id, words: ['web'] });
    return stream.received.length > 0;
  });
  await act('endIncident', { id: opened.id });
  await stream.until((events: any[]) => events.some(event => JSON.stringify(event).includes('ENDED')));
  await stream.close();
  const stale = await act('updateIncident', { id: opened.id, title: 'No', version: 1 });
  expect(stale.userErrors).toMatchObject([{ code: 'CONFLICT' }]);
});
