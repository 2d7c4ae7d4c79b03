import { WIDGET_STYLE } from './widget.style.js';
import { WIDGET_WORDS } from './widget.words.js';

/**
 * The chat that runs on the owner's pages. It is a string because it is served as it stands, without a bundler; it lives in a
 * shadow tree, and what others wrote only ever becomes text. Letters are white
 * on the owner's colour, so one that is too light is not taken. Nothing is kept in a browser before its visitor writes.
 */
export const widgetScript = `(() => {
'use strict';
const script = document.currentScript;
if (!script || self.vinculoChat) return;
self.vinculoChat = true;
const base = script.src.replace(/\\.js([?#].*)?$/, '');
const given = script.dataset;
const WORDS = ${JSON.stringify(WIDGET_WORDS)};
const language = (given.language || document.documentElement.lang || navigator.language || 'en').slice(0, 2).toLowerCase();
const words = WORDS[language] || WORDS.en;
const place = 'vinculo:' + base;
const patient = (Number(given.patience) || 45) * 1000;

let kept = { visitor: null, unsent: [] };
const recall = () => {
  try { kept = { ...kept, ...JSON.parse(localStorage.getItem(place)) }; } catch {}
};
const keep = () => {
  try { localStorage.setItem(place, JSON.stringify(kept)); } catch {}
};
recall();

const el = (tag, its, ...children) => {
  const made = Object.assign(document.createElement(tag), its);
  made.append(...children);
  return made;
};
const host = el('div', { lang: WORDS[language] ? language : 'en' });
const root = host.attachShadow({ mode: 'open' });
const sheet = new CSSStyleSheet();
sheet.replaceSync(${JSON.stringify(WIDGET_STYLE)});
root.adoptedStyleSheets = [sheet];
const colour = /^#[0-9a-f]{6}$/i.exec(given.colour);
if (colour && [1, 3, 5].reduce((sum, at, n) => sum + parseInt(given.colour.slice(at, at + 2), 16) * [0.2, 0.7, 0.1][n], 0) < 110) host.style.setProperty('--c', given.colour);

const svg = (name, its) => {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const key in its) made.setAttribute(key, its[key]);
  return made;
};
const icon = svg('svg', { width: 28, height: 28, viewBox: '0 0 24 24', 'aria-hidden': 'true' });
icon.append(svg('path', { fill: 'currentColor', d: 'M4 3h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H9l-5 4v-4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z' }));
const count = el('span', { className: 'count', hidden: true });
const opener = el('button', { className: 'open', ariaLabel: words.open, ariaExpanded: 'false' }, icon, count);
const title = el('h2', { id: 'title' }, given.title || words.title);
const closer = el('button', { className: 'close', ariaLabel: words.close }, '\\u00d7');
const log = el('div', { className: 'log', role: 'log', ariaLive: 'polite', ariaLabel: words.title, tabIndex: 0 });
const note = el('p', { className: 'note', role: 'status', hidden: true });
const field = el('textarea', { ariaLabel: words.label, placeholder: words.label, maxLength: 4000, rows: 2 });
const sender = el('button', { className: 'send', disabled: true }, words.send);
const form = el('form', {}, field, sender);
const panel = el('section', { className: 'panel', role: 'dialog', hidden: true }, el('header', {}, title, closer), log, note, form);
panel.setAttribute('aria-labelledby', 'title');
root.append(opener, panel);
const greeting = el('p', { className: 'm' }, given.greeting || words.greeting);
log.append(greeting);

const shown = new Map();
const draw = (message, by) => {
  let item = shown.get(message.id);
  const key = JSON.stringify([message, by]);
  if (item && item.key === key) return;
  const body = message.deleted ? words.deleted : message.text;
  const state = message.state ? words[message.state] : '';
  const when = message.at ? new Date(message.at) : new Date();
  const time = el('time', { dateTime: when.toISOString() }, state || when.toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' }));
  const parts = [el('span', { className: 'by' }, message.own ? by : words.you + ': '), body, time];
  const isNew = !item;
  if (isNew) {
    const unsent = [...shown.values()].find(({ message }) => message.state);
    item = { box: el('div', {}) };
    shown.set(message.id, item);
    log.insertBefore(item.box, message.state || !unsent ? null : unsent.box);
  }
  item.key = key;
  item.message = message;
  item.box.className = 'm' + (message.own ? '' : ' mine') + (message.deleted ? ' away' : '') + (message.state === 'failed' ? ' failed' : '');
  item.box.replaceChildren(...parts);
  if (isNew) log.scrollTop = log.scrollHeight;
};
const all = () => [...shown.values()].map(item => item.message);
const say = text => {
  if (note.textContent !== text) note.textContent = text;
  note.hidden = !text;
};

let version = '';
let timer;
const isOpen = () => !panel.hidden;
const told = new Set();
const attend = () => {
  const unread = all().filter(({ own, read, deleted, id }) => own && !read && !deleted && !told.has(id)).map(({ id }) => id);
  count.textContent = unread.length;
  count.hidden = unread.length === 0 || isOpen();
  opener.ariaLabel = words.open + (count.hidden ? '' : ' (' + unread.length + ' ' + words.unread + ')');
  if (!isOpen() || document.hidden || unread.length === 0) return;
  for (const id of unread) told.add(id);
  ask('/seen', { ids: unread }).then(({ ok }) => ok || unread.forEach(id => told.delete(id)), () => unread.forEach(id => told.delete(id)));
};
const remind = () => {
  clearTimeout(timer);
  const last = all().filter(({ deleted, state }) => !deleted && state !== 'failed').pop();
  if (!last || last.own) return say('');
  if (!last.state) timer = setTimeout(() => say(words.later), Math.max(0, patient - (Date.now() - Date.parse(last.at))));
};

const ask = (path, body, signal) => fetch(base + path, {
  method: body === undefined ? 'GET' : 'POST',
  headers: { ...(kept.visitor && { authorization: 'Bearer ' + kept.visitor }), ...(body !== undefined && { 'content-type': 'application/json' }) },
  body: body === undefined ? undefined : JSON.stringify(body),
  credentials: 'omit', referrerPolicy: 'origin', signal,
});
const pause = ms => new Promise(done => setTimeout(done, ms));

let isSending = false;
async function sendAll() {
  if (isSending) return;
  isSending = true;
  let tries = 0;
  while (kept.unsent.length > 0) {
    const [next] = kept.unsent;
    const drop = state => {
      recall();
      kept.unsent = kept.unsent.filter(({ id }) => id !== next.id);
      keep();
      draw({ ...next, state });
    };
    let answer;
    try {
      if (!kept.visitor) {
        answer = await ask('/visitor', {});
        if (answer.ok) { kept.visitor = (await answer.json()).visitor; keep(); }
      }
      if (kept.visitor) {
        answer = await ask('/messages', { kind: 'chat', visitor: kept.visitor, id: next.id, text: next.text, language, page: location.origin + location.pathname, name: given.name });
        if (answer.status === 401) { kept.visitor = null; keep(); }
      }
    } catch { answer = null; }
    const { ok, status } = answer || {};
    if (ok && kept.visitor) { tries = 0; say(''); drop(); remind(); follow(); }
    else if (status >= 400 && status < 500 && status !== 401 && status !== 429) drop('failed');
    else {
      if (tries > 0 || !answer) say(words.waiting);
      await pause(Math.min(60, 2 ** tries++) * 1000 * (0.7 + Math.random() * 0.6));
    }
  }
  isSending = false;
}

let following = null;
async function follow() {
  if (following || !kept.visitor || document.hidden) return;
  following = new AbortController();
  const { signal } = following;
  let tries = 0;
  while (!signal.aborted && kept.visitor) {
    const began = Date.now();
    try {
      const answer = await ask('/messages?after=' + version, undefined, signal);
      if (answer.status === 401) { kept.visitor = null; keep(); break; }
      if (!answer.ok) throw answer;
      const read = await answer.json();
      tries = 0;
      const isSame = read.version === version;
      version = read.version;
      for (const message of read.messages) draw(message, read.by);
      if (!isSame) { attend(); remind(); }
      else if (Date.now() - began < 2000) await pause(10000);
    } catch {
      if (!signal.aborted) await pause(Math.min(60, 2 ** ++tries) * 1000);
    }
  }
  if (following && following.signal === signal) following = null;
}

const open = () => {
  panel.hidden = false;
  opener.hidden = true;
  host.classList.add('is-open');
  opener.ariaExpanded = 'true';
  field.focus();
  log.scrollTop = log.scrollHeight;
  attend();
  follow();
};
const close = () => {
  panel.hidden = true;
  opener.hidden = false;
  host.classList.remove('is-open');
  opener.ariaExpanded = 'false';
  opener.focus();
};
opener.addEventListener('click', open);
closer.addEventListener('click', close);
panel.addEventListener('keydown', event => { if (event.key === 'Escape') close(); });
field.addEventListener('input', () => { sender.disabled = field.value.trim() === ''; });
field.addEventListener('keydown', event => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});
form.addEventListener('submit', event => {
  event.preventDefault();
  const text = field.value.trim();
  if (!text) return;
  const id = [...crypto.getRandomValues(new Uint8Array(12))].map(byte => byte.toString(16).padStart(2, '0')).join('');
  const message = { id, text, own: false, at: new Date().toISOString() };
  recall();
  kept.unsent.push(message);
  keep();
  draw({ ...message, state: 'sending' });
  field.value = '';
  sender.disabled = true;
  field.focus();
  sendAll();
});
document.addEventListener('visibilitychange', () => {
  if (document.hidden && following) { following.abort(); following = null; }
  else { attend(); follow(); }
});
self.addEventListener('online', () => { follow(); sendAll(); });

for (const message of kept.unsent) draw({ ...message, state: 'sending' });
const begin = () => { document.body.append(host); follow(); sendAll(); };
if (document.body) begin();
else document.addEventListener('DOMContentLoaded', begin);
})();
`
  .replace(/^ +/gm, '')
  .replace(/([;{},(])\n/g, '$1')
  .replace(/ (=>|=|===|&&|\|\||\?|\+|<) /g, '$1');
