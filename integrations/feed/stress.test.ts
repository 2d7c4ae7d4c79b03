import { expect, test } from '@jest/globals';
import { readFeed } from './feed.reader.js';
import { entryEvent } from './entry.event.js';
import { rss, NOW } from './test.server.js';
const cases: Record<string,string> = {
  deepxml: rss('<a>'.repeat(1_000_000)),
  deephtml: rss(`<guid>1</guid><description><![CDATA[${'<div>'.repeat(900_000)}x]]></description>`),
  manyitems: rss(...Array.from({length:60_000},(_, i)=>`<guid>${i}</guid><title>a &amp; b ${i}</title>`)),
  manylinks: rss(...Array.from({length:1},()=>`<description><![CDATA[${'<a href="x">'.repeat(300_000)}]]></description>`)),
  lt: rss(`<description><![CDATA[${'<'.repeat(4_000_000)}]]></description>`),
  titlelt: rss(`<title><![CDATA[${'<a '.repeat(300_000)}]]></title>`),
  attrs: rss(`<b ${Array.from({length:200_000},(_, i)=>`a${i}="x"`).join(' ')}/>`),
  html: '<html><head>' + '<link '.repeat(50_000),
  html2: '<html><head>' + '<link rel="alternate" '.repeat(50_000)+'>',
  html3: '<html><head><link ' + 'href = '.repeat(50_000)+'>',
  comment: '<?xml version="1.0"?>' + '<!-- '.repeat(900_000),
  pi: '<?xml '.repeat(900_000),
  links: rss(`<link>http://x/</link>`.repeat(200_000)),
  author: rss(`<author>${'<('.repeat(500_000)}</author>`),
  reply: rss(`<guid>http://b/?p=1#comment-2</guid><description><![CDATA[<p>${'a<a href="'.repeat(400_000)}]]></description>`),
  ws: rss(`<guid>http://b/?p=1#comment-2</guid><description><![CDATA[${' '.repeat(4_000_000)}<p]]></description>`),
};
test.each(Object.keys(cases))('%s', async name => {
  const start = performance.now();
  let out = '';
  try { const feed = await readFeed(cases[name]!, 'https://x.example/f');
    const mid = performance.now();
    out = `read ${Math.round(mid-start)} `;
    let n = 0; for (const e of feed.entries) { entryEvent(e, {feed, feedUrl:'https://x.example/f', now: NOW}); n++; }
    out += `${n} events ${Math.round(performance.now()-mid)}`;
  } catch (e) { out += String((e as Error).message).slice(0,100) + ' ' + Math.round(performance.now()-start) + ' ' + ((e as Error).cause ?? (e as Error).stack?.slice(0,300)); }
  process.stderr.write(`${name}: ${out}\n`);
}, 120_000);
