import { z } from 'zod';
import type { Draft, ParentPost, Rendered, RenderFault, RenderNote } from '../../src/ingest/connector.js';
import type { MastodonConfig } from './source.config.js';
import { VISIBILITIES, type Visibility } from './status.shape.js';

const MOST_MEDIA = 4;
const LARGEST_IMAGE = 16 * 1024 * 1024;
const LARGEST_FILM = 99 * 1024 * 1024;
export const LONGEST_TEXT = 500;

/** What is kept with a message until it is sent. */
export const statusPayload = z.object({
  status: z.string(),
  visibility: z.enum(VISIBILITIES),
  spoilerText: z.string(),
  language: z.string().optional(),
});
export type StatusPayload = z.infer<typeof statusPayload>;

/** What is read of `ParentPost.replyTo`; a post that came without is taken for a public one. */
export const replyTo = z.object({
  id: z.string(),
  visibility: z.enum(VISIBILITIES),
  spoilerText: z.string(),
  acct: z.string(),
  instance: z.string(),
});

export interface TextRules {
  maxCharacters: number;
  charactersPerUrl: number;
}

/**
 * A status as it would be published: the author is named, or would not be told; nobody sees more than could see what is answered; and
 * its content warning stays.
 */
export function render(
  config: MastodonConfig,
  rules: TextRules,
  draft: Draft,
  parent: ParentPost | null,
): Rendered | RenderFault {
  const media = draft.media ?? [];
  const written = draft.text.toWellFormed().replaceAll('\0', '').trim();
  if (!config.accessToken) return refuse('NOT_POSSIBLE', 'Without an access token nothing can be sent');
  if (written === '' && media.length === 0) return refuse('EMPTY', 'There is nothing to send');
  const refusal = refuseMedia(media);
  if (refusal) return refusal;
  const notes: RenderNote[] = [];
  const known = replyTo.safeParse(parent?.replyTo).data;
  const visibility = visibilityOf(
    draft,
    known?.visibility ?? (parent?.kind === 'DIRECT_MESSAGE' ? 'direct' : 'public'),
  );
  if (parent && draft.visibility === 'public' && visibility !== 'public') {
    notes.push({ code: 'VISIBILITY_KEPT', parameters: { visibility } });
  }
  const spoilerText = known?.spoilerText ?? '';
  if (spoilerText) notes.push({ code: 'WARNING_KEPT', parameters: { warning: spoilerText.slice(0, 200) } });
  const acct = parent && !parent.own ? (known?.acct ?? parent.author.handle) : undefined;
  const isNamed = !acct || names(written, acct, config.instance);
  if (!isNamed) notes.push({ code: 'MENTION_ADDED', parameters: { handle: `@${acct}` } });
  const text = isNamed ? written : `@${acct} ${written}`.trim();
  if (linksIn(text).some(link => link.length > rules.charactersPerUrl)) {
    notes.push({ code: 'LINKS_COUNT_SHORT', parameters: { length: rules.charactersPerUrl } });
  }
  const length = countGraphemes(spoilerText) + countCharacters(text, rules.charactersPerUrl);
  if (length > rules.maxCharacters) {
    return refuse('TEXT_TOO_LONG', 'Too many characters', { length, max: rules.maxCharacters });
  }
  const payload: StatusPayload = {
    status: text,
    visibility,
    spoilerText,
    ...(draft.language && { language: draft.language }),
  };
  return { text, length, payload, ...(notes.length > 0 && { notes }) };
}

/** As wide as what is answered at most. */
function visibilityOf(draft: Draft, ofParent: Visibility): Visibility {
  return draft.visibility === 'private' ? 'direct' : ofParent;
}

function refuseMedia(media: NonNullable<Draft['media']>): RenderFault | undefined {
  if (media.some(({ kind }) => kind === 'file'))
    return refuse('MEDIA_NOT_POSSIBLE', 'Pictures, films and sound can be sent');
  const most = media.some(({ kind }) => kind !== 'image') ? 1 : MOST_MEDIA;
  if (media.length > most) return refuse('TOO_MANY_MEDIA', 'Too many files', { count: media.length, max: most });
  const tooLarge = media.find(({ kind, bytes }) => bytes > largestOf(kind));
  return (
    tooLarge &&
    refuse('MEDIA_TOO_LARGE', 'A file is too large', { bytes: tooLarge.bytes, max: largestOf(tooLarge.kind) })
  );
}

function largestOf(kind: string): number {
  return kind === 'image' ? LARGEST_IMAGE : LARGEST_FILM;
}

const MENTION = /(?<![\p{L}\p{N}_@/])@([a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?)(@[a-z0-9](?:[a-z0-9.:-]*[a-z0-9])?)?/giu;
const LINK = /https?:\/\/[^\s<>]*[^\s<>.,;:!?'"»”’)]/giu;

/** Whether a text already names the account, as its instance writes it or with its whole name. */
export function names(text: string, acct: string, instance: string): boolean {
  const wanted = acct.toLowerCase();
  const spellings = wanted.includes('@') ? [wanted] : [wanted, `${wanted}@${instance}`];
  return [...text.matchAll(MENTION)].some(([found]) => spellings.includes(found.slice(1).toLowerCase()));
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** As instances count: a link is so many characters whatever its length, and of a name only what stands before its host. */
export function countCharacters(text: string, charactersPerUrl: number): number {
  const counted = text.replace(LINK, 'x'.repeat(charactersPerUrl)).replace(MENTION, '@$1');
  return countGraphemes(counted);
}

function countGraphemes(text: string): number {
  return [...graphemes.segment(text)].length;
}

function linksIn(text: string): string[] {
  return text.match(LINK) ?? [];
}

function refuse(code: RenderFault['code'], message: string, parameters?: Record<string, string | number>): RenderFault {
  return { class: 'invalid', scope: 'message', code, message, ...(parameters && { parameters }) };
}
