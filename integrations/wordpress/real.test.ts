import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SendCommand, UpsertEvent } from '../../src/ingest/connector.js';
import { contextFor } from '../../test/support/connector-context.js';
import { hasWordPress, openWordPress, type WordPressServer } from '../../test/support/wordpress-server.js';
import type { WordPressCursor } from './comment.reader.js';
import { wordpressConnector } from './connector.js';

const isHere = hasWordPress();
if (!isHere) console.warn('WordPress, PHP or MariaDB is not installed, so the test of a real blog is skipped.');

const connector = wordpressConnector();
let blog: WordPressServer;
beforeAll(async () => {
  if (isHere) blog = await openWordPress();
}, 60_000);
afterAll(() => blog?.close());

const context = () =>
  contextFor(connector, {
    kind: 'ACCOUNT',
    query: blog.url,
    settings: { username: blog.username },
    credentials: { applicationPassword: blog.applicationPassword },
  });
async function read(cursor: WordPressCursor | null) {
  const batches = await Array.fromAsync(connector.poll!(context(), cursor));
  return { events: batches.flatMap(batch => batch.events), cursor: batches.at(-1)!.cursor };
}
const comment = (events: unknown[], text: string) =>
  (events as UpsertEvent[]).find(event => event.text?.includes(text));

(isHere ? test : test.skip)(
  'a comment under a real blog waits, is approved, answered in its thread, edited, and thrown away',
  async () => {
    expect(await connector.check(context())).toMatchObject({
      ok: true,
      account: { displayName: 'Blog ACME' },
      grants: { reply: { public: true } },
    });
    const before = await read(null);
    await blog.comment({ name: 'Carla', email: 'carla@customer.example' }, 'El pan llegó duro 😞');
    const waiting = await read(before.cursor);
    const question = comment(waiting.events, 'El pan llegó duro 😞')!;
    expect(question).toMatchObject({ replyTo: { status: 'hold' }, own: false, parent: { id: `${blog.url}/?p=1` } });
    expect(await blog.page()).not.toContain('llegó duro');

    await connector.hide!(context(), question.ref, false);
    const approved = await read(waiting.cursor);
    expect(comment(approved.events, 'llegó duro')).toMatchObject({ replyTo: { status: 'approved' } });

    const text = 'Lo sentimos, "Carla": se lo cambiamos & <hoy> 😀';
    const rendered = connector.render!(context(), { text, visibility: 'public' }, question);
    if (!('payload' in rendered)) throw new Error(rendered.code);
    const command: SendCommand = {
      key: 'k',
      kind: 'reply',
      visibility: 'public',
      parent: question,
      rendered,
      media: [],
      firstTriedAt: new Date(),
    };
    expect(await connector.findSent!(context(), command)).toBeNull();
    const sent = await connector.send!(context(), command);
    expect(sent).toMatchObject({ state: 'sent' });
    expect(await connector.send!(context(), command)).toEqual(sent);
    expect(await connector.findSent!(context(), command)).toMatchObject({ ref: (sent as { ref: object }).ref });
    expect(await blog.page()).toMatch(/llegó duro[\s\S]*class="children"[\s\S]*Lo sentimos[^<]*&lt;hoy&gt;/);

    const answered = await read(approved.cursor);
    expect(comment(answered.events, 'Lo sentimos')).toMatchObject({
      own: true,
      ref: (sent as { ref: object }).ref,
      parent: { id: question.ref.id },
    });

    const id = String(question.replyTo!['comment']);
    await blog.api('POST', `/wp/v2/comments/${id}`, { content: 'El pan llegó duro dos veces' });
    const edited = await read(answered.cursor);
    expect(comment(edited.events, 'dos veces')).toMatchObject({ editedAt: expect.any(Date), ref: question.ref });

    await connector.delete!(context(), question.ref);
    await connector.delete!(context(), question.ref);
    const gone = await read(edited.cursor);
    expect(gone.events).toContainEqual(expect.objectContaining({ op: 'delete', ref: { id: question.ref.id } }));
    expect(await connector.refetch!(context(), question.ref)).toBe('gone');
    expect((await read(gone.cursor)).events).toEqual([]);
  },
  60_000,
);
