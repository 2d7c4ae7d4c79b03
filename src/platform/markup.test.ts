import { expect, test } from '@jest/globals';
import { linksIn, sanitiseHtml } from './markup.js';

test('nothing of somebody’s markup runs, loads or hides', () => {
  const clean = sanitiseHtml(
    `<title>t</title><style>p{display:none}</style><script>alert(1)</script><p style="display:none" onclick="x()">Hola
     <img src="https://spy.example/pixel.gif"><a href="javascript:alert(1)">uno</a><a href="https://example.com/a">dos</a>
     <svg><script>1</script></svg><iframe src="https://example.com"></iframe><table><tr><td background="https://spy.example/b">celda</td></tr></table></p>`,
  );
  expect(clean).not.toMatch(/script|style|img|iframe|svg|javascript|spy\.example|onclick|alert|display/);
  expect(clean).toContain('<a href="https://example.com/a" rel="nofollow ugc noopener noreferrer">dos</a>');
  expect(clean).toContain('<td>celda</td>');
});

test('markup that is too long is cut without leaving half a tag, and made harmless again it stays as it is', () => {
  const clean = sanitiseHtml(`${'<p>🥐</p>'.repeat(30_000)}`);
  expect(clean.length).toBeLessThanOrEqual(200_000);
  expect(clean.isWellFormed()).toBe(true);
  expect(clean).toMatch(/(<p>|<\/p>|🥐)$/);
  const once = sanitiseHtml('<p>a &amp; b <b>c</b> <a href="https://example.com/?a=1&amp;b=2">d</a></p>');
  expect(sanitiseHtml(once)).toBe(once);
});

test('every link says that we do not vouch for it, whatever its writer says of it', () => {
  const clean = sanitiseHtml(
    '<a href="https://example.com/a" rel="opener dofollow" target="_blank">a</a><a rel="me" href="mailto:a@example.com">b</a>',
  );
  expect(clean).toBe(
    '<a href="https://example.com/a" rel="nofollow ugc noopener noreferrer">a</a>' +
      '<a rel="nofollow ugc noopener noreferrer" href="mailto:a@example.com">b</a>',
  );
  expect(sanitiseHtml(clean)).toBe(clean);
  expect(linksIn(clean, undefined)).toEqual(['https://example.com/a']);
});
