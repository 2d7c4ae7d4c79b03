import twitter from 'twitter-text';
import type { Draft, HookContext, ParentPost, RenderCode, Rendered, RenderFault } from '../../src/ingest/connector.js';
import type { XConfig } from './account.config.js';

/** What is kept with a message until it is sent. */
export interface XPayload {
  text: string;
}

export const TEXT_LIMIT = 280;
export const PREMIUM_TEXT_LIMIT = 25_000;
const MESSAGE_LIMIT = 10_000;
const MEBIBYTE = 1024 * 1024;
const LARGEST = { image: 5 * MEBIBYTE, gif: 15 * MEBIBYTE, video: 512 * MEBIBYTE };
const TYPES: Record<string, keyof typeof LARGEST> = {
  'image/jpeg': 'image',
  'image/png': 'image',
  'image/webp': 'image',
  'image/bmp': 'image',
  'image/tiff': 'image',
  'image/gif': 'gif',
  'video/mp4': 'video',
  'video/quicktime': 'video',
  'video/webm': 'video',
};

export function render(
  { config }: HookContext<XConfig>,
  draft: Draft,
  parent: ParentPost | null,
): Rendered | RenderFault {
  // X takes none of these three: a byte order mark and two that are no characters.
  const text = draft.text
    .replace(/[\uFFFE\uFEFF\uFFFF]/g, '')
    .normalize('NFC')
    .trim();
  const media = draft.media ?? [];
  if (text === '' && media.length === 0) return refuse('EMPTY', 'There is nothing to send.');
  const unfit = judgeMedia(media, draft.visibility);
  if (unfit) return unfit;
  const payload: XPayload = { text };
  if (draft.visibility === 'private') {
    const length = [...text].length;
    return length > MESSAGE_LIMIT ? tooLong(length, MESSAGE_LIMIT) : { text, length, payload };
  }
  if (parent && !config.isEnterprise && !parent.own && parent.replyability?.public === false)
    return refuse('NOT_SUMMONED', 'X lets us answer only who mentioned or quoted us.');
  const cashtags = twitter.extractCashtags(text).length;
  if (cashtags > 1) return refuse('TOO_MANY_TAGS', 'X takes one cashtag a post.', { count: cashtags, max: 1 });
  const max = config.isPremium ? PREMIUM_TEXT_LIMIT : TEXT_LIMIT;
  const length = twitter.parseTweet(withoutAddressees(text, parent)).weightedLength;
  if (length > max) return tooLong(length, max);
  const links = linksIn(text);
  return {
    text,
    length,
    payload,
    ...(links > 0 && { notes: [{ code: 'LINKS_COUNT_SHORT' as const, parameters: { count: links, length: 23 } }] }),
  };
}

export function linksIn(text: string): number {
  return twitter.extractUrls(text).length;
}

/** Handles at the beginning of a reply do not count, as long as they are of those who are in the conversation. */
function withoutAddressees(text: string, parent: ParentPost | null): string {
  if (!parent) return text;
  const there = [parent.author, ...(parent.mentions ?? [])].map(({ handle }) => handle?.toLowerCase());
  let rest = text;
  for (let found = /^@(\w{1,15})\s+/.exec(rest); found; found = /^@(\w{1,15})\s+/.exec(rest)) {
    if (!there.includes(found[1]!.toLowerCase())) break;
    rest = rest.slice(found[0].length);
  }
  return rest;
}

function judgeMedia(media: NonNullable<Draft['media']>, visibility: Draft['visibility']): RenderFault | undefined {
  const kinds = media.map(({ type }) => TYPES[type.toLowerCase()]);
  const odd = media.find((_, index) => !kinds[index]);
  if (odd) return refuse('MEDIA_NOT_POSSIBLE', `X takes no ${odd.type}.`, { type: odd.type });
  const max = visibility === 'private' || kinds.some(kind => kind !== 'image') ? 1 : 4;
  if (media.length > max)
    return refuse('TOO_MANY_MEDIA', `At most ${max} may be attached.`, { count: media.length, max });
  for (const [index, { bytes }] of media.entries()) {
    const largest = LARGEST[kinds[index]!];
    if (bytes > largest) return refuse('MEDIA_TOO_LARGE', 'An attachment is too large.', { bytes, max: largest });
  }
  return undefined;
}

function tooLong(length: number, max: number): RenderFault {
  return refuse('TEXT_TOO_LONG', `The text counts ${length}, and ${max} is the most.`, { length, max });
}

function refuse(code: RenderCode, message: string, parameters?: Record<string, string | number>): RenderFault {
  return { class: 'invalid', scope: 'message', code, message, ...(parameters && { parameters }) };
}
