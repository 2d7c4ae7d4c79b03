import { z } from 'zod';
import type { Draft, ParentPost, Rendered, RenderFault } from '../../src/ingest/connector.js';
import { clean } from './post.record.js';
import { countGraphemes, inOrder, marksOf, mentionFacet } from './rich.text.js';
import type { BlueskyConfig } from './source.config.js';

export const LONGEST_TEXT = 300;
const MOST_BYTES = 3000;
const MOST_IMAGES = 4;
const LARGEST_IMAGE = 1_000_000;

const range = z.object({ byteStart: z.int(), byteEnd: z.int() });

/** What is kept with a message until it is sent. Handles become mentions when the network has said whose they are. */
export const postPayload = z.object({
  text: z.string(),
  langs: z.array(z.string()).optional(),
  facets: z.array(
    z.object({
      index: range,
      features: z.tuple([
        z.object({
          $type: z.string(),
          did: z.string().optional(),
          uri: z.string().optional(),
          tag: z.string().optional(),
        }),
      ]),
    }),
  ),
  handles: z.array(z.object({ handle: z.string(), index: range })),
});
export type PostPayload = z.infer<typeof postPayload>;

/** A post as it would be published, or why it cannot be. */
export function render(config: BlueskyConfig, draft: Draft, parent: ParentPost | null): Rendered | RenderFault {
  if (!config.access) return refuse('NOT_POSSIBLE', 'This account was connected for reading only');
  if (draft.visibility === 'private') return refuse('NOT_POSSIBLE', 'Direct messages are not sent on Bluesky');
  const text = clean(draft.text).trim();
  const media = draft.media ?? [];
  if (text === '' && media.length === 0) return refuse('EMPTY', 'There is nothing to send');
  const length = countGraphemes(text);
  if (length > LONGEST_TEXT) {
    return refuse('TEXT_TOO_LONG', 'Too many characters', { length, max: LONGEST_TEXT });
  }
  const bytes = Buffer.byteLength(text);
  if (bytes > MOST_BYTES) return refuse('TEXT_TOO_LONG', 'Too many bytes', { length: bytes, max: MOST_BYTES });
  if (media.some(({ kind, type }) => kind !== 'image' || !type.startsWith('image/'))) {
    return refuse('MEDIA_NOT_POSSIBLE', 'Only pictures can be sent');
  }
  if (media.length > MOST_IMAGES) {
    return refuse('TOO_MANY_MEDIA', 'Too many pictures', { count: media.length, max: MOST_IMAGES });
  }
  const largest = Math.max(0, ...media.map(each => each.bytes));
  if (largest > LARGEST_IMAGE) {
    return refuse('MEDIA_TOO_LARGE', 'A picture is too large', { bytes: largest, max: LARGEST_IMAGE });
  }
  return { text, length, payload: payloadOf(text, draft.language, parent) satisfies PostPayload };
}

function payloadOf(text: string, language: string | undefined, parent: ParentPost | null): PostPayload {
  const { facets, handles } = marksOf(text);
  const known = new Map<string, string>();
  for (const { handle, id } of [parent?.author ?? {}, ...(parent?.mentions ?? [])]) {
    if (handle && id?.startsWith('did:')) known.set(handle.toLowerCase(), id);
  }
  const mentions = handles.flatMap(({ handle, index }) => {
    const did = known.get(handle);
    return did ? mentionFacet(index, did) : [];
  });
  return {
    text,
    ...(language && { langs: [language] }),
    facets: inOrder([...facets, ...mentions]),
    handles: handles.filter(({ handle }) => !known.has(handle)),
  };
}

function refuse(code: RenderFault['code'], message: string, parameters?: Record<string, string | number>): RenderFault {
  return { class: 'invalid', scope: 'message', code, message, ...(parameters && { parameters }) };
}
