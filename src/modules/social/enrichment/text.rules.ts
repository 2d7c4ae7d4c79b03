import { domainToASCII } from 'node:url';
import { decodeHTMLStrict } from 'entities';
import { Network } from '../networks.js';

/** The longest text kept, in UTF-16 units. */
export const MOST_TEXT = 100_000;
/** More handles, hashtags or links than this in one post are not people talking; the rest is left out. */
export const MOST_MENTIONS = 200;

const CONTROLS = /[^\P{Cc}\n\t]|[\ufeff\ufff9-\ufffb]/gu;
// Embeddings, overrides and isolates can make a text read as another one than is stored; the plain marks U+200E and U+200F cannot.
const BIDI_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;
const LONE_SURROGATES = /(?<![\ud800-\udbff])[\udc00-\udfff]|[\ud800-\udbff](?![\udc00-\udfff])/g;

/** What is kept of a text as a network sent it: HTML references decoded once, controls and spoofing marks dropped, NFC, trimmed, capped. */
export function standardiseText(raw: string): string {
  const decoded = raw.includes('&') ? decodeHTMLStrict(raw) : raw;
  const clean = decoded
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(CONTROLS, '')
    .replace(BIDI_CONTROLS, '')
    .replace(LONE_SURROGATES, '')
    .normalize('NFC')
    .trim();
  return clean.length <= MOST_TEXT ? clean : cutAt(clean, MOST_TEXT).trimEnd();
}

function cutAt(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}

const AT = '(?<![\\p{L}\\p{N}_@＠])[@＠]';
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const HOST = `(?:${LABEL}\\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]`;

// Each network's own rule for a handle in running text. Networks that are not here have none.
const HANDLES: Partial<Record<Network, RegExp>> = {
  [Network.TWITTER]: new RegExp(`${AT}([A-Za-z0-9_]{1,15})(?![A-Za-z0-9_@])`, 'gu'),
  [Network.BLUESKY]: new RegExp(`${AT}(${HOST})(?![A-Za-z0-9@])`, 'gu'),
  [Network.MASTODON]: new RegExp(
    `${AT}([A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,62}[A-Za-z0-9_])?(?:@${HOST})?)(?![A-Za-z0-9_@])`,
    'gu',
  ),
  [Network.INSTAGRAM]: new RegExp(`${AT}([A-Za-z0-9_](?:[A-Za-z0-9_.]{0,28}[A-Za-z0-9_])?)(?![A-Za-z0-9_@])`, 'gu'),
  [Network.FACEBOOK]: new RegExp(`${AT}([A-Za-z0-9](?:[A-Za-z0-9.]{3,48}[A-Za-z0-9]))(?![A-Za-z0-9_@])`, 'gu'),
  [Network.TELEGRAM]: new RegExp(`${AT}([A-Za-z][A-Za-z0-9_]{3,31})(?![A-Za-z0-9_@])`, 'gu'),
  [Network.YOUTUBE]: new RegExp(
    `${AT}([\\p{L}\\p{N}_](?:[\\p{L}\\p{N}_.·-]{1,28}[\\p{L}\\p{N}_]))(?![\\p{L}\\p{N}_@])`,
    'gu',
  ),
  [Network.LINKEDIN]: new RegExp(
    `${AT}([\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{1,98}[\\p{L}\\p{N}]))(?![\\p{L}\\p{N}_@])`,
    'gu',
  ),
  [Network.DISCOURSE]: new RegExp(
    `${AT}([\\p{L}\\p{N}_](?:[\\p{L}\\p{N}_.-]{0,58}[\\p{L}\\p{N}]))(?![\\p{L}\\p{N}_@])`,
    'gu',
  ),
  [Network.HACKER_NEWS]: new RegExp(`${AT}([A-Za-z0-9_-]{2,15})(?![A-Za-z0-9_@-])`, 'gu'),
  [Network.WHATSAPP]: new RegExp(`${AT}(\\d{7,15})(?![\\p{L}\\p{N}_@])`, 'gu'),
  [Network.REDDIT]: /(?<![\p{L}\p{N}_/])\/?u\/([A-Za-z0-9_-]{3,20})(?![A-Za-z0-9_-])/gu,
};

/** Handles mentioned in a text by the rules of its network, normalised, each once, in the order of the text. */
export function extractHandles(text: string, network: Network): string[] {
  const rule = HANDLES[network];
  if (!rule) return [];
  const handles = new Set<string>();
  // A link such as https://medium.com/@name mentions nobody.
  for (const match of withoutLinks(text).matchAll(rule)) {
    handles.add(normaliseHandle(network, match[1]!));
    if (handles.size >= MOST_MENTIONS) break;
  }
  return [...handles];
}

/**
 * The one spelling under which a handle is stored and compared: without @ or u/, in lower case; a Mastodon or e-mail host as ASCII.
 * It never rejects: what is left of a handle no network would give is its trimmed lower case, which can be empty.
 */
export function normaliseHandle(network: Network, handle: string): string {
  const plain = handle.normalize('NFC').replace(CONTROLS, '').replace(BIDI_CONTROLS, '').trim();
  if (network === Network.PHONE || network === Network.SMS || network === Network.FAX)
    return plain.replace(/[\s().\-/]/g, '');
  const bare = network === Network.REDDIT ? plain.replace(/^@|^\/?u\//i, '') : plain.replace(/^[@＠]+/, '');
  const lower = bare.replace(/\s+/g, ' ').toLowerCase();
  const at = lower.lastIndexOf('@');
  if (at > 0 && (network === Network.MASTODON || network === Network.EMAIL)) {
    const host = lower.slice(at + 1);
    return `${lower.slice(0, at)}@${domainToASCII(host) || host}`;
  }
  return lower;
}

const HASHTAG = /(?<![\p{L}\p{N}_&/#＃])[#＃]([\p{L}\p{M}\p{N}_]{1,100})/gu;

/** Hashtags of a text without their sign, in lower case, each once; a tag needs a letter, so «#1» is none. */
export function extractHashtags(text: string): string[] {
  const tags = new Set<string>();
  for (const match of withoutLinks(text).matchAll(HASHTAG)) {
    if (/\p{L}/u.test(match[1]!)) tags.add(match[1]!.toLowerCase());
    if (tags.size >= MOST_MENTIONS) break;
  }
  return [...tags];
}

const LINK = /(?<![\p{L}\p{N}@])(?:https?:\/\/|www\.(?=[\p{L}\p{N}]))[^\s<>"“”«»{}|\\^`]{1,2040}/giu;

/** Web links of a text as absolute http(s) addresses, each once. Case is kept: the paths of short links depend on it. */
export function extractLinks(text: string): string[] {
  const links = new Set<string>();
  for (const [found] of text.matchAll(LINK)) {
    const trimmed = withoutTrailingMarks(found);
    const url = URL.parse(/^www\./i.test(trimmed) ? `https://${trimmed}` : trimmed);
    if (url?.hostname.includes('.')) links.add(url.href);
    if (links.size >= MOST_MENTIONS) break;
  }
  return [...links];
}

export function withoutLinks(text: string): string {
  return text.includes('://') || /www\./i.test(text) ? text.replace(LINK, ' ') : text;
}

/** A sentence's own punctuation is not part of the link it ends with; a closing bracket is, when the link opened it. */
function withoutTrailingMarks(link: string): string {
  let end = link.length;
  while (end > 0) {
    const last = link[end - 1]!;
    const closes = last === ')' ? '(' : last === ']' ? '[' : undefined;
    if (closes) {
      const body = link.slice(0, end);
      if (body.split(closes).length >= body.split(last).length) break;
    } else if (!/[.,;:!?…'’*_~]/.test(last)) {
      break;
    }
    end--;
  }
  return link.slice(0, end);
}
