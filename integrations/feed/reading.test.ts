import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { collect, type FeedServer, fixture, NOW, openFeedServer, rss } from './test.server.js';

let server: FeedServer;
beforeAll(async () => {
  server = await openFeedServer();
});
afterAll(() => server.close());

describe('posts', () => {
  test('of a WordPress blog come oldest first, with text, language, author and media', async () => {
    const [first, second] = await server.read(fixture('posts-rss2.xml'));
    expect(first).toMatchObject({
      ref: { id: 'https://panaderia.example/?p=1', url: 'https://panaderia.example/hola/' },
      title: '¡Hola!',
      text: 'Bienvenidos a nuestro blog.',
      occurredAt: new Date('2026-03-09T09:00:00Z'),
    });
    expect(first!.html).toBeUndefined();
    expect(second).toMatchObject({
      op: 'upsert',
      ref: { id: 'https://panaderia.example/?p=12', url: 'https://panaderia.example/horario/' },
      kind: 'POST',
      title: 'Nuevo horario ’de verano’ & descuentos',
      text: 'Abrimos antes\n\nDesde el lunes abrimos a las 7. Escríbanos.',
      language: 'es-AR',
      author: { id: 'panaderia.example/redacción', handle: 'panaderia.example/redacción', displayName: 'Redacción' },
      occurredAt: new Date('2026-03-10T18:30:00Z'),
      media: [{ url: 'https://panaderia.example/media/horario.mp3', kind: 'audio' }],
      own: false,
      auto: false,
    });
    expect(second!.html).toContain('<strong>7</strong>');
    expect(second!.parent).toBeUndefined();
  });

  test('of a JSON Feed are read, careless fields aside', async () => {
    const [first, second, ...others] = await server.read(fixture('posts.json'));
    expect(others).toEqual([]);
    expect(first).toMatchObject({
      ref: { id: 'news.mobile.example#17' },
      text: 'Coverage in the south: 4 < 5, says the map.\nMore to come.',
      language: 'en-GB',
      author: {
        id: 'news.mobile.example/network team',
        displayName: 'Network team',
        avatarUrl: 'https://news.mobile.example/network.png',
      },
      media: [],
    });
    expect(second).toMatchObject({
      title: 'Roaming without surprises',
      text: 'From today, roaming costs what it costs at home.',
      language: 'en',
      occurredAt: new Date('2026-03-02T13:00:00Z'),
      editedAt: new Date('2026-03-02T15:30:00Z'),
      author: {
        id: 'news.mobile.example/https://news.mobile.example/about',
        displayName: 'Newsroom',
        url: 'https://news.mobile.example/about',
      },
      media: [
        { url: 'https://news.mobile.example/roaming.jpg', kind: 'image' },
        { url: 'https://news.mobile.example/roaming.mp4', kind: 'video', description: 'The film' },
      ],
    });
  });

  test('of an old RSS feed, whose document type declares nothing, are read', async () => {
    const [only] = await server.read(fixture('netscape-rss091.xml'));
    expect(only).toMatchObject({
      ref: { id: 'https://old.example/1' },
      text: 'First & only',
      author: { id: 'old.example', displayName: 'Old news' },
    });
  });

  test('keep the tags of their plain text, and lose what no text has', async () => {
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Notas</title><author><name>Equipo</name></author>
      <entry xml:lang="pt"><id>urn:x:1</id><title>a</title><content>se a &lt;b então&#7; fim</content></entry></feed>`;
    const [only] = await server.read(atom);
    expect(only).toMatchObject({ text: 'se a <b então fim', language: 'pt', author: { displayName: 'Equipo' } });
    expect(only!.html).toBeUndefined();
  });

  test('with XHTML, an author by e-mail or a film are read as well', async () => {
    const atom = `<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>Notas</a:title><a:entry><a:id>urn:x:1</a:id>
      <a:link rel="enclosure" type="video/mp4" href="https://x.example/film.mp4"/><a:link href="https://x.example/1"/>
      <a:content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Um <b>filme</b></p></div></a:content>
      </a:entry></a:feed>`;
    const [film] = await server.read(atom);
    expect(film).toMatchObject({
      ref: { id: 'urn:x:1', url: 'https://x.example/1' },
      text: 'Um filme',
      media: [{ url: 'https://x.example/film.mp4', kind: 'video' }],
    });
    const signed = await server.read(
      rss(
        '<guid>1</guid><author>prensa@blog.example (Prensa)</author>',
        '<guid>2</guid><author>ventas@blog.example</author>',
        '<guid>3</guid><author>Equipo de ventas</author>',
      ),
    );
    expect(signed.map(({ author }) => [author.id, author.displayName])).toEqual([
      ['blog.example/equipo de ventas', 'Equipo de ventas'],
      ['blog.example/ventas@blog.example', 'ventas'],
      ['blog.example/prensa', 'Prensa'],
    ]);
  });

  test('made of unclosed tags take no longer than others', async () => {
    const tags = '<a href="'.repeat(100_000);
    const events = await server.read(
      rss(`<title><![CDATA[${tags}]]></title><description><![CDATA[<p>${tags}]]></description>`),
    );
    expect(events).toHaveLength(1);
  });

  test.each([
    ['ISO-8859-1', 'latin1', 'ISO-8859-1'],
    ['UTF-16', 'utf16le', undefined],
    ['UTF-8', 'utf8', undefined],
  ] as const)('in %s are read in the right letters', async (declared, encoding, header) => {
    const xml = `<?xml version="1.0" encoding="${declared}"?>${rss('<guid>1</guid><title>Señal y ação</title>').slice(21)}`;
    const [only] = await server.read((_, response) => {
      if (header) response.setHeader('content-type', 'text/xml');
      response.end(Buffer.from(encoding === 'utf16le' ? `\ufeff${xml}` : xml, encoding));
    });
    expect(only!.title).toBe('Señal y ação');
  });
});

describe('comments', () => {
  test('of an Atom feed hang below what they answer', async () => {
    const [first, second] = await server.read(fixture('comments-atom.xml'));
    expect(first).toMatchObject({
      kind: 'COMMENT',
      ref: { id: 'https://banco.example/?p=3#comment-4', url: 'https://banco.example/aplicativo/#comment-4' },
      parent: { id: 'https://banco.example/?p=3', url: 'https://banco.example/aplicativo/' },
      root: { id: 'https://banco.example/?p=3', url: 'https://banco.example/aplicativo/' },
      text: 'O aplicativo não abre — que péssimo 😡',
      author: {
        id: 'banco.example/https://loja.example/sobre',
        displayName: 'Cliente',
      },
    });
    expect(second).toMatchObject({
      kind: 'COMMENT',
      parent: { id: 'https://banco.example/?p=3#comment-4' },
      root: { id: 'https://banco.example/?p=3' },
      text: 'Já estamos verificando.',
      author: { id: 'banco.example/atendimento' },
    });
    expect(second!.html).toContain('Em resposta a');
  });

  test("do not pass on the blog's language and an address anybody could have typed", async () => {
    const [first] = await server.read(fixture('comments-atom.xml'));
    expect(first!.language).toBeUndefined();
    expect(first!.author.url).toBeUndefined();
  });

  test('of an RSS feed hang below their post, or the comment their first line names', async () => {
    const [first, second] = await server.read(fixture('comments-rss2.xml'));
    const post = { id: 'https://panaderia.example/?p=1', url: 'https://panaderia.example/hola/' };
    expect(first).toMatchObject({
      kind: 'COMMENT',
      parent: post,
      root: post,
      text: 'El pan llegó quemado.\n¿Me lo cambian?',
    });
    expect(second).toMatchObject({
      kind: 'COMMENT',
      parent: { id: 'https://panaderia.example/?p=1#comment-7', url: 'https://panaderia.example/hola/#comment-7' },
      root: post,
      text: 'Lo sentimos, la llamamos hoy.',
    });
  });

  test('without a name are the anonymous of their site', async () => {
    const [only] = await server.read(
      rss('<guid>https://blog.example/?p=1#comment-2</guid><description>Hola</description>'),
    );
    expect(only).toMatchObject({ kind: 'COMMENT', author: { id: 'blog.example/' } });
  });
});

describe('entries that lack something', () => {
  test.each([
    ['no date', ''],
    ['a date that is none', '<pubDate>ayer por la tarde</pubDate>'],
    ["a machine's zero", '<pubDate>0001-01-01T00:00:00Z</pubDate>'],
    ['a date still to come', '<pubDate>Sat, 12 Mar 2039 08:00:00 GMT</pubDate>'],
  ])('with %s happened when they were first seen', async (_, date) => {
    const [only] = await server.read(rss(`<guid>1</guid><title>Hola</title>${date}`));
    expect(only).toMatchObject({ occurredAt: NOW });
  });

  test('keep that moment when they are edited later', async () => {
    const url = server.serve('/undated', rss('<guid>1</guid><title>Hola</title>'));
    const [first] = await server.poll(url);
    server.serve('/undated', rss('<guid>1</guid><title>Hola otra vez</title>'));
    const later = new Date('2026-03-13T00:00:00Z');
    const [second] = await collect(server.connector.poll!(server.context(url, { now: () => later }), first!.cursor));
    expect(second!.events).toMatchObject([{ occurredAt: NOW, editedAt: later, title: 'Hola otra vez' }]);
  });

  test('have an id even without a guid', async () => {
    const events = await server.read(
      rss('<title>Uno</title><link>https://blog.example/uno</link>', '<description>Sin nada más</description>'),
    );
    expect(events.map(event => event.ref.id)).toEqual([
      expect.stringMatching(/^blog\.example#[\w-]{16}$/),
      'https://blog.example/uno',
    ]);
  });

  test('with one id are one, in its latest version', async () => {
    const events = await server.read(
      rss(
        '<guid>1</guid><title>Viejo</title><pubDate>Mon, 09 Mar 2026 09:00:00 GMT</pubDate>',
        '<guid>1</guid><title>Nuevo</title><pubDate>Mon, 09 Mar 2026 10:00:00 GMT</pubDate>',
        '<guid>2</guid><title>Otro</title><pubDate>Mon, 09 Mar 2026 11:00:00 GMT</pubDate>',
      ),
    );
    expect(events.map(event => event.title)).toEqual(['Nuevo', 'Otro']);
  });

  test('an empty feed is no fault', async () => {
    expect(await server.read(rss())).toEqual([]);
  });

  test('an author cannot pass for another by typing an address as a name', async () => {
    const [only] = await server.read(
      rss('<guid>1</guid><title>Hola</title><dc:creator>https://blog.example/author/1</dc:creator>'),
    );
    expect(only!.author.id).toBe('blog.example/https blog.example author 1');
  });
});

const recorded = new URL('../../../shared/fixtures/wordpress/', import.meta.url);
const onRecorded = existsSync(recorded) ? test : test.skip;

describe(`a recorded WordPress${existsSync(recorded) ? '' : ' (skipped: its recordings are not here)'}`, () => {
  const recording = (name: string) => readFileSync(new URL(name, recorded), 'utf8');

  onRecorded('gives the same comments with the same parents as Atom', async () => {
    const events = await server.read(recording('comments-atom.xml'));
    expect(
      events.map(({ ref, parent, root }) => [ref.id, parent?.id, root?.id].map(id => id?.replace(/^.*\?/, ''))),
    ).toEqual([
      ['p=1#comment-1', 'p=1', 'p=1'],
      ['p=1#comment-3', 'p=1#comment-2', 'p=1'],
    ]);
    expect(events[1]).toMatchObject({ text: 'Ci scusiamo, la contattiamo subito.', author: { displayName: 'admin' } });
  });

  onRecorded('and as RSS', async () => {
    const atom = await server.read(recording('comments-atom.xml'));
    const rss2 = await server.read(recording('comments-rss2.xml'));
    const placed = (events: typeof atom) => events.map(({ ref, parent, root, text }) => ({ ref, parent, root, text }));
    expect(placed(rss2)).toEqual(placed(atom));
  });

  onRecorded('has the post that its comments answer', async () => {
    const [post] = await server.read(recording('posts-rss2.xml'));
    const [comment] = await server.read(recording('comments-rss2.xml'));
    expect(post).toMatchObject({ kind: 'POST', title: 'Hello world!', language: 'en-US' });
    expect(comment!.root).toEqual(post!.ref);
  });
});
