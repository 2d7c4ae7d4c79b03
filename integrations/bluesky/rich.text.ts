import { isHandle } from './post.record.js';

/** Where something stands in a text, in bytes of UTF-8. */
export interface ByteRange {
  byteStart: number;
  byteEnd: number;
}

/** A marked part of a text, as the `app.bsky.richtext.facet` lexicon has it. */
export interface Facet {
  index: ByteRange;
  features: [{ $type: string; did?: string; uri?: string; tag?: string }];
}

/** What a text marks: links and hashtags are facets at once, handles are once somebody says whose they are. */
export interface Marks {
  facets: Facet[];
  handles: { handle: string; index: ByteRange }[];
}

const LONGEST_TAG = 64;
const LINK = /(?<=^|[\s(])https?:\/\/\S+/giu;
const HANDLE = /(?<=^|[\s(])@[a-z0-9.-]+/giu;
const TAG = /(?<=^|[\s(])[#＃][^\s#＃]+/giu;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Characters as people count them; the network's limits are in these. */
export function countGraphemes(text: string): number {
  return [...graphemes.segment(text)].length;
}

/** Links, hashtags and handles of a text, in order. What the author did not mean is left out: punctuation behind a link, `#1`. */
export function marksOf(text: string): Marks {
  const links = findIn(text, LINK).map(({ at, found }) => ({ at, found: withoutTail(found) }));
  const isFree = (at: number) => links.every(link => at < link.at || at >= link.at + link.found.length);
  const facets: Facet[] = links
    .filter(({ found }) => URL.canParse(found))
    .map(({ at, found }) => facet(rangeOf(text, at, found), { $type: 'app.bsky.richtext.facet#link', uri: found }));
  for (const { at, found } of findIn(text, TAG)) {
    const whole = found.replace(/\p{P}+$/u, '');
    const tag = whole.slice(1);
    if (!isFree(at) || !/[^\d\p{P}\p{S}]/u.test(tag) || countGraphemes(tag) > LONGEST_TAG) continue;
    facets.push(facet(rangeOf(text, at, whole), { $type: 'app.bsky.richtext.facet#tag', tag }));
  }
  const handles = findIn(text, HANDLE)
    .map(({ at, found }) => ({ at, found: found.replace(/[.-]+$/, '') }))
    .filter(({ at, found }) => isFree(at) && isHandle(found.slice(1)))
    .map(({ at, found }) => ({ handle: found.slice(1).toLowerCase(), index: rangeOf(text, at, found) }));
  return { facets: inOrder(facets), handles };
}

export function mentionFacet(index: ByteRange, did: string): Facet {
  return facet(index, { $type: 'app.bsky.richtext.facet#mention', did });
}

export function inOrder(facets: Facet[]): Facet[] {
  return facets.toSorted((one, other) => one.index.byteStart - other.index.byteStart);
}

function facet(index: ByteRange, feature: Facet['features'][0]): Facet {
  return { index, features: [feature] };
}

function findIn(text: string, pattern: RegExp): { at: number; found: string }[] {
  return [...text.matchAll(pattern)].map(match => ({ at: match.index, found: match[0] }));
}

/** A sentence's end is not the link's; a closing bracket is only where the link opens one. */
function withoutTail(link: string): string {
  const bare = link.replace(/[.,;:!?'"»”’]+$/u, '');
  return bare.endsWith(')') && !bare.includes('(') ? withoutTail(bare.slice(0, -1)) : bare;
}

function rangeOf(text: string, at: number, found: string): ByteRange {
  const byteStart = Buffer.byteLength(text.slice(0, at));
  return { byteStart, byteEnd: byteStart + Buffer.byteLength(found) };
}
