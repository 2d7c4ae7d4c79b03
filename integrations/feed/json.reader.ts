import { z } from 'zod';
import { type FeedDocument, type FeedEntry, httpUrl, mediaRef, validDate } from './feed.document.js';
import { invalidFeed } from './feed.faults.js';

// A field of the wrong type is read as absent: one careless entry does not cost the others.
const text = z.string().trim().min(1).optional().catch(undefined);
const author = z.object({ name: text, url: text, avatar: text });
const authors = { author: author.optional().catch(undefined), authors: z.array(author).optional().catch(undefined) };
const attachment = z.object({ url: text, mime_type: text, title: text });

const itemSchema = z.object({
  id: z.union([z.string(), z.number()]).transform(String).optional().catch(undefined),
  url: text,
  external_url: text,
  title: text,
  content_html: text,
  content_text: text,
  summary: text,
  image: text,
  date_published: text,
  date_modified: text,
  language: text,
  attachments: z.array(attachment).catch([]),
  ...authors,
});

const feedSchema = z.object({
  version: z.string().regex(/^https?:\/\/jsonfeed\.org\/version\/1/),
  title: text,
  home_page_url: text,
  feed_url: text,
  hubs: z.array(z.object({ type: text, url: text })).catch([]),
  language: text,
  items: z.array(z.unknown()),
  ...authors,
});

type Authors = Pick<z.infer<typeof itemSchema>, 'author' | 'authors'>;

/** Reads JSON Feed 1.1 and 1.0. Throws `ConnectorError` of class `invalid` for JSON that is none. */
export function readJsonFeed(json: string, url: string): FeedDocument {
  const feed = feedSchema.safeParse(parse(json));
  if (!feed.success) throw invalidFeed('What was found is JSON, but not a JSON Feed (version 1 or 1.1).');
  const { title, home_page_url, feed_url, hubs, language, items } = feed.data;
  return {
    title,
    siteUrl: httpUrl(home_page_url, url),
    selfUrl: httpUrl(feed_url, url),
    hubs: hubs.flatMap(hub => (hub.type?.toLowerCase() === 'websub' ? (httpUrl(hub.url, url) ?? []) : [])),
    language,
    author: authorOf(feed.data),
    entries: items.flatMap(item => {
      const entry = itemSchema.safeParse(item);
      return entry.success ? [entryOf(entry.data, url)] : [];
    }),
  };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw invalidFeed('The feed begins like JSON, but cannot be read as such.', error);
  }
}

function entryOf(item: z.infer<typeof itemSchema>, url: string): FeedEntry {
  return {
    id: item.id,
    url: httpUrl(item.url, url) ?? httpUrl(item.external_url, url),
    title: item.title,
    ...(item.content_html ? { html: item.content_html } : { text: item.content_text ?? item.summary }),
    author: authorOf(item),
    publishedAt: validDate(item.date_published) ?? validDate(item.date_modified),
    updatedAt: validDate(item.date_modified),
    language: item.language,
    media: [
      ...mediaRef(item.image, 'image'),
      ...item.attachments.flatMap(({ url: address, mime_type, title }) => mediaRef(address, mime_type, title)),
    ],
  };
}

/** Version 1.1 lists the authors, version 1.0 names one. */
function authorOf(from: Authors): FeedDocument['author'] {
  const first = from.authors?.[0] ?? from.author;
  return first && (first.name || first.url) ? { name: first.name, uri: first.url, avatarUrl: first.avatar } : undefined;
}
