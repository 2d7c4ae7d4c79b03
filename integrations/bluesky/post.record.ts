import { z } from 'zod';
import type { MediaRef } from '../../src/ingest/connector.js';
import { POST_COLLECTION } from './jetstream.frames.js';

/** What is read of an `app.bsky.feed.post` record; any part but the text may be broken without losing the post. */
export type PostRecord = z.infer<typeof postRecord>;

const reference = z.object({ uri: z.string().max(1000), cid: z.string().max(256).optional() });
const blob = z.object({ ref: z.object({ $link: z.string().max(256) }), mimeType: z.string().max(100).optional() });
const pictures = z.array(z.object({ image: blob, alt: z.string().optional() })).max(20);
const optional = <Shape extends z.ZodType>(shape: Shape) => shape.optional().catch(undefined);

const mediaEmbed = z.object({
  $type: z.string(),
  images: optional(pictures),
  video: optional(blob),
  alt: optional(z.string()),
});

/** The lexicon allows 3,000 bytes of text; a server that lets more through is not followed there. */
const postRecord = z.object({
  text: z.string().max(3000),
  createdAt: optional(z.string().max(64)),
  langs: optional(z.array(z.string().max(64)).max(20)),
  tags: optional(z.array(z.string().max(640)).max(50)),
  reply: optional(z.object({ root: reference, parent: reference })),
  labels: optional(z.object({ values: z.array(z.object({ val: z.string().max(128) })).max(50) })),
  facets: optional(
    z.array(
      z.object({
        index: z.object({ byteStart: z.int().nonnegative(), byteEnd: z.int().nonnegative() }),
        features: z.array(
          z.object({ $type: z.string(), did: z.string().max(300).optional(), tag: z.string().max(640).optional() }),
        ),
      }),
    ),
  ),
  embed: optional(
    mediaEmbed.extend({
      /** A quoted record; one level deeper when media stands beside it. */
      record: optional(z.union([reference, z.object({ record: reference })])),
      media: optional(mediaEmbed),
    }),
  ),
});

/** `undefined` when this is no post a reader of Bluesky would see. */
export function readPostRecord(record: unknown): PostRecord | undefined {
  const parsed = postRecord.safeParse(record);
  return parsed.success ? parsed.data : undefined;
}

export interface Mention {
  did: string;
  /** As the author wrote it: not proof that the account has this handle. */
  handle?: string;
}

const HANDLE = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/i;

export function isHandle(text: string): boolean {
  return text.length <= 253 && HANDLE.test(text);
}

/** The mentions the author's app marked in the text, each account once. Offsets count bytes of UTF-8, not characters. */
export function mentionsOf(record: PostRecord): Mention[] {
  const bytes = Buffer.from(record.text, 'utf8');
  const found = new Map<string, Mention>();
  for (const { index, features } of record.facets ?? []) {
    const did = features.find(feature => feature.$type === 'app.bsky.richtext.facet#mention')?.did;
    if (!did || found.has(did)) continue;
    const shown = bytes.subarray(index.byteStart, index.byteEnd).toString('utf8').replace(/^@/, '');
    found.set(did, { did, handle: isHandle(shown) ? shown.toLowerCase() : undefined });
  }
  return [...found.values()];
}

/** Hashtags without `#`: those marked in the text and those kept beside it. */
export function hashtagsOf(record: PostRecord): string[] {
  const marked = (record.facets ?? []).flatMap(facet => facet.features.flatMap(feature => feature.tag ?? []));
  return [...marked, ...(record.tags ?? [])];
}

/** The post this one quotes. Feeds, lists and starter packs are embedded the same way and are no posts. */
export function quotedUriOf(record: PostRecord): string | undefined {
  const embedded = record.embed?.record;
  const uri = embedded && ('record' in embedded ? embedded.record.uri : embedded.uri);
  return uri && parsePostUri(uri) ? uri : undefined;
}

/** Pictures and video with the addresses Bluesky's own app shows them from. */
export function mediaOf(record: PostRecord, did: string): MediaRef[] {
  const embed = record.embed?.media ?? record.embed;
  if (!embed) return [];
  const media: MediaRef[] = (embed.images ?? []).map(({ image, alt }) => ({
    url: `https://cdn.bsky.app/img/feed_fullsize/plain/${did}/${image.ref.$link}@jpeg`,
    kind: 'image',
    description: alt ? clean(alt) : undefined,
  }));
  if (embed.video) {
    media.push({
      url: `https://video.bsky.app/watch/${encodeURIComponent(did)}/${embed.video.ref.$link}/playlist.m3u8`,
      kind: 'video',
      description: embed.alt ? clean(embed.alt) : undefined,
    });
  }
  return media;
}

export interface PostUri {
  did: string;
  rkey: string;
}

export function parsePostUri(uri: string): PostUri | undefined {
  const [, did, collection, rkey] = /^at:\/\/(did:[a-z]+:[^/]+)\/([^/]+)\/([^/?#]+)$/.exec(uri) ?? [];
  return did && rkey && collection === POST_COLLECTION ? { did, rkey } : undefined;
}

export function postUri({ did, rkey }: PostUri): string {
  return `at://${did}/${POST_COLLECTION}/${rkey}`;
}

/** PostgreSQL keeps no NUL, and half a surrogate pair is no character. */
export function clean(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
