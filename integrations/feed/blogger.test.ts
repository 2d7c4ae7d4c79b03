import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type FeedServer, fixture, openFeedServer } from './test.server.js';

let server: FeedServer;
beforeAll(async () => {
  server = await openFeedServer();
});
afterAll(() => server.close());

test("a comment of Blogger's feed hangs on its post, and an answer on the comment it answers", async () => {
  const [question, answer] = await server.read(fixture('blogger-comments.xml'));
  const post = { id: 'tag:blogger.com,1999:blog-8070.post-590', url: 'https://panaderia.example/2026/03/horario.html' };
  expect(question).toMatchObject({ kind: 'COMMENT', parent: post, author: { displayName: 'Una clienta' } });
  expect(question!.author.displayName).not.toContain('noreply');
  expect(answer).toMatchObject({ kind: 'COMMENT', parent: { id: question!.ref.id }, root: post });
});
