import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { whileHeld } from '../support/locks.js';
import { accept, mention } from '../support/posts.js';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const MINUTES: Record<string, number> = { a: 1, b: 2, c: 3, d: 4, e: 5 };
const said = (id: string, parent?: string) =>
  mention(id, {
    handle: `author_${id}`,
    occurredAt: new Date(Date.UTC(2026, 10, 1, 10, MINUTES[id])),
    ...(parent ? { parent: { id: parent } } : {}),
  });

async function threads(organization: TestOrganization) {
  const agent = await organization.as('MANAGER');
  const { conversations } = await agent.data(
    `{ conversations(first: 9, orderBy: [{ field: FIRST_POST_AT, direction: ASC }]) { edges { node {
         id assignee { name } firstPostAt lastPostAt posts(first: 9) { edges { node { externalId inReplyTo { externalId } } } } } } } }`,
  );
  return conversations.edges.map(({ node }: any) => ({
    id: node.id,
    assignee: node.assignee?.name ?? null,
    first: node.firstPostAt.slice(11, 16),
    last: node.lastPostAt.slice(11, 16),
    posts: node.posts.edges
      .map(({ node: post }: any) => post.externalId + (post.inReplyTo ? `>${post.inReplyTo.externalId}` : ''))
      .sort(),
  }));
}

const ONE = { first: '10:01', last: '10:03', posts: ['a', 'b>a', 'c>b'] };

describe('a thread', () => {
  test.each([
    ['backwards', ['c', 'b', 'a']],
    ['from the middle', ['b', 'c', 'a']],
    ['with its middle last', ['c', 'a', 'b']],
    ['forwards', ['a', 'b', 'c']],
  ])('that reaches us %s is one conversation', async (_how, order) => {
    const organization = await app.organization();
    const posts: Record<string, ReturnType<typeof said>> = { a: said('a'), b: said('b', 'a'), c: said('c', 'b') };
    for (const id of order) await accept(app, organization, [posts[id]!]);
    expect(await threads(organization)).toEqual([expect.objectContaining(ONE)]);
  });

  test('that reaches us backwards is one conversation however long it is', async () => {
    const organization = await app.organization();
    await accept(app, organization, [said('e', 'd'), said('d', 'c')]);
    await accept(app, organization, [said('c', 'b')]);
    await accept(app, organization, [said('b', 'a'), said('a')]);
    expect(await threads(organization)).toEqual([
      expect.objectContaining({ first: '10:01', last: '10:05', posts: ['a', 'b>a', 'c>b', 'd>c', 'e>d'] }),
    ]);
  });

  test('keeps whoever looks after its later part when its beginning comes', async () => {
    const organization = await app.organization();
    await accept(app, organization, [said('c', 'b')]);
    const manager = await organization.as('MANAGER');
    const assigneeId = organization.publicId('member', await organization.member('Alguien'));
    const [{ id: conversationId }] = await threads(organization);
    await manager.data(
      'mutation M($input: AssignConversationInput!) { assignConversation(input: $input) { userErrors { code } } }',
      { input: { conversationId, assigneeId } },
    );
    await accept(app, organization, [said('b', 'a')]);
    expect(await threads(organization)).toContainEqual(
      expect.objectContaining({ assignee: 'Alguien', posts: ['b', 'c>b'] }),
    );
  });

  test('is tied when an answer and what it answers are stored at the same time', async () => {
    const organization = await app.organization();
    await whileHeld(
      app,
      held => accept(app, organization, [said('c', 'b')], { finish: held }),
      () => accept(app, organization, [said('b', 'a')]),
    );
    await accept(app, organization, [said('a')]);
    expect(await threads(organization)).toEqual([expect.objectContaining(ONE)]);
  });

  test('is tied when what is answered is stored while its answer is', async () => {
    const organization = await app.organization();
    await whileHeld(
      app,
      held => accept(app, organization, [said('b', 'a')], { finish: held }),
      () => accept(app, organization, [said('c', 'b')]),
    );
    await accept(app, organization, [said('a')]);
    expect(await threads(organization)).toEqual([expect.objectContaining(ONE)]);
  });
});
