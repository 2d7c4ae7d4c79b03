import { describe, expect, test } from '@jest/globals';
import { renderMarkdown, tangleOf } from './markdown.rules.js';

describe('Markdown', () => {
  test('becomes structure, links and text', () => {
    const { html, text } = renderMarkdown(
      '# Devolver\n\nEscribe a [nosotros](https://example.com "x") **hoy**.\n\n- uno\n- dos',
    );
    expect(html).toContain('<h1>Devolver</h1>');
    expect(html).toContain('<a href="https://example.com" rel="nofollow ugc noopener noreferrer">nosotros</a>');
    expect(html).toContain('<strong>hoy</strong>');
    expect(text).toContain('Escribe a nosotros hoy.');
    expect(text).not.toContain('<');
  });

  test.each([
    ['a script', 'Hola <script>alert(1)</script>'],
    ['a handler', '<img src=x onerror=alert(1)>'],
    ['a link that runs', '[x](javascript:alert(1))'],
    ['a link that runs, disguised', '[x](jAvAsCrIpT&#58;alert(1))'],
    ['a link with a body of its own', '[x](data:text/html;base64,PHNjcmlwdD4=)'],
    ['a picture that runs', '![x](javascript:alert(1))'],
    ['a quote that ends an attribute', '[x](https://example.com/"onmouseover="alert(1))'],
    ['a picture whose name ends an attribute', '![" onerror="alert(1)](https://example.com/a.png)'],
    ['markup in code', '`<script>alert(1)</script>`'],
    ['a frame', '<iframe src="https://example.com"></iframe>'],
    ['a reference that runs', '[x][y]\n\n[y]: javascript:alert(1)'],
    ['an address that runs', '<javascript:alert(1)>'],
  ])('with %s runs and loads nothing', (_what, source) => {
    const { html } = renderMarkdown(source);
    expect(html).not.toMatch(/<(script|img|iframe|svg|object|style|form)/i);
    for (const [, href] of html.matchAll(/href="([^"]*)"/g)) expect(href).toMatch(/^(https?:|mailto:)/);
    for (const [tag] of html.matchAll(/<[^>]*>/g)) expect(tag).not.toMatch(/\son\w+=/i);
  });

  test.each([
    ['quotes in quotes', '>'.repeat(2000)],
    ['lists in lists', `${'1. '.repeat(1000)}x`],
    ['quotes and lists in one another', `${'> - '.repeat(1000)}x`],
    ['emphasis without an end', '_a'.repeat(50_000)],
  ])('of %s is refused, because it would hold up everybody', (_what, source) => {
    expect(tangleOf(source)).not.toBeNull();
  });

  test('of what people write is not', () => {
    for (const fine of ['-'.repeat(200), '***', '> > > said', '- a\n  - b\n    1. c', '**b** '.repeat(2000)])
      expect(tangleOf(fine)).toBeNull();
  });
});
