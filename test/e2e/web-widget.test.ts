import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openTestApp, type TestApp } from '../support/app.js';
import { type Browser, hasBrowser, openBrowser, type Page } from '../support/browser.js';
import { ReplyStateDocument, ReplyToPostDocument } from '../support/operations.generated.js';
import { listen } from '../support/posts.js';
import { inboxOf, SITE_CONFIG, siteOf, type TestSite } from '../support/site.js';
import { eventually } from '../support/subscriber.js';

if (!hasBrowser)
  console.warn('The widget is not tried in a browser: /usr/bin/chromium is missing (apt-get install chromium).');

const SHADOW = 'document.querySelector("body > div:last-of-type").shadowRoot';
let app: TestApp;
let browser: Browser;
let pages: Server;
let origin: string;
let crm: string;
let site: TestSite;
let page: Page;

/** A page of the owner's, whose policy lets in nothing but the chat, and whose own styles are loud. */
const html = (key: string, language: string): string => `<!doctype html><html lang="${language}">
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<style nonce="x">button, p, div { color: red; font-size: 40px }</style>
<title>Horno San Blas</title><h1>Horno San Blas</h1>
<script src="${crm}/chat/${key}.js" defer data-title="Horno San Blas" data-colour="#7a3b0b" data-patience="0.2"></script></html>`;

const useBrowser = hasBrowser ? describe : describe.skip;

useBrowser('the chat in a browser', () => {
  beforeAll(async () => {
    app = await openTestApp(SITE_CONFIG);
    crm = new URL(await listen(app)).origin;
    pages = createServer((request, response) => {
      const { searchParams } = new URL(request.url!, 'http://pages');
      response.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': `default-src 'none'; style-src 'nonce-x'; script-src ${crm}; connect-src ${crm}`,
      });
      response.end(request.url === '/favicon.ico' ? '' : html(site.key, searchParams.get('language') ?? 'es'));
    });
    await new Promise<void>(done => pages.listen(0, '127.0.0.1', done));
    origin = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`;
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    pages?.closeAllConnections();
    pages?.close();
    await app?.close();
  });
  beforeEach(async () => {
    site = await siteOf(app, origin);
    page = await browser.page();
    await page.resize(1200, 800);
  });

  const inWidget = <Result>(expression: string): Promise<Result> =>
    page.evaluate<Result>(`(root => ${expression})(${SHADOW})`);
  const messages = (): Promise<string[]> => inWidget('[...root.querySelectorAll(".m")].map(it => it.innerText)');
  const focused = (): Promise<string> => inWidget('root.activeElement?.className || root.activeElement?.tagName');
  const openChat = async (language = 'es') => {
    await page.goto(`${origin}/?language=${language}`);
    await eventually(() => page.evaluate(`Boolean(${SHADOW})`));
    await inWidget('root.querySelector(".open").focus()');
    await page.press('Enter');
  };
  const heard = (text: string) =>
    eventually(async () => (await inboxOf(site)).find(post => post.text === text) ?? null);
  const reply = async (postId: string, text: string) =>
    (await site.owner.data(ReplyToPostDocument, { input: { postId, text } })).replyToPost.reply!.id;

  test('is opened, written in, answered and closed by the keyboard alone', async () => {
    await openChat();
    expect(await focused()).toBe('TEXTAREA');
    expect(await messages()).toEqual(['¡Hola! ¿En qué podemos ayudarte?']);
    await page.type('¿Hay <b>pan</b> sin gluten?');
    await page.press('Enter');
    const post = await heard('¿Hay <b>pan</b> sin gluten?');
    await eventually(async () => (await inWidget<string>('root.querySelector(".note").textContent')).includes('nadie'));
    const id = await reply(post.id, 'Sí, <img src=x onerror=alert(1)> cada martes.');
    await eventually(async () => (await messages()).length === 3);
    expect((await messages())[2]).toContain('Horno San Blas\nSí, <img src=x onerror=alert(1)> cada martes.');
    await eventually(async () => (await site.owner.data(ReplyStateDocument, { id })).reply!.state === 'READ');
    if (process.env.SCREENSHOTS) await keepPictures(process.env.SCREENSHOTS);
    await page.press('Escape');
    expect(await focused()).toBe('open');
    expect(page.complaints).toEqual([]);
  });

  test('knows its visitor again, and counts what came while the page was closed', async () => {
    await openChat('en');
    await page.type('Open on Sunday?');
    await page.press('Enter');
    const post = await heard('Open on Sunday?');
    await eventually(async () =>
      (await inWidget<string>('root.querySelector(".mine time").textContent')).includes(':'),
    );
    await page.goto('about:blank');
    await reply(post.id, 'From 8 to 2.');
    await eventually(async () => (await inboxOf(site)).length === 2);
    await page.goto(`${origin}/?language=en`);
    await eventually(async () => (await inWidget<string>('root.querySelector(".count").textContent')) === '1');
    expect(await inWidget('root.querySelector(".open").ariaLabel')).toBe('Open chat (1 new messages)');
    expect(await messages()).toHaveLength(3);
  });

  test('sends what it could not send before, once, when there is a connection again', async () => {
    await openChat('pt');
    await page.evaluate('void (self.fetchBefore = fetch, fetch = () => Promise.reject(new TypeError("offline")))');
    await page.type('Têm broa?');
    await page.press('Enter');
    await eventually(async () =>
      (await inWidget<string>('root.querySelector(".note").textContent')).includes('ligação'),
    );
    await page.goto(`${origin}/?language=pt`);
    await heard('Têm broa?');
    await page.goto(`${origin}/?language=pt`);
    await eventually(async () => (await messages()).length === 2);
    expect(await inboxOf(site)).toHaveLength(1);
  });

  test('is untouched by the styles of the page', async () => {
    await openChat();
    for (const [part, size] of Object.entries({ '.m': '16px', textarea: '16px', '.send': '16px', h2: '17px' })) {
      const style = await inWidget<string[]>(
        `(it => [it.fontSize, it.color])(getComputedStyle(root.querySelector(${JSON.stringify(part)})))`,
      );
      expect(style[0]).toBe(size);
      expect(style[1]).not.toBe('rgb(255, 0, 0)');
    }
  });

  async function keepPictures(folder: string): Promise<void> {
    const { writeFile } = await import('node:fs/promises');
    for (const [width, height] of [
      [1200, 800],
      [360, 640],
    ] as const) {
      await page.resize(width, height);
      await writeFile(`${folder}/widget-${width}.png`, await page.screenshot());
    }
  }
});
