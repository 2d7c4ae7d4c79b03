import type { ExternalIdentity } from '../../src/ingest/connector.js';
import { clean } from '../../src/platform/html.text.js';
import type { FeedAuthor, FeedDocument } from './feed.document.js';
import { httpUrl } from './feed.document.js';

/** What ids of this feed are scoped by: the host of the site it belongs to, or its own. */
export function siteHost(feed: FeedDocument, feedUrl: string): string {
  return new URL(feed.siteUrl ?? feedUrl).host.replace(/^www\./, '');
}

/** The site as an identity: who writes the posts nobody signs. */
export function siteIdentity(feed: FeedDocument, feedUrl: string): ExternalIdentity {
  const host = siteHost(feed, feedUrl);
  return { id: host, handle: host, displayName: clean(feed.title) ?? host, url: feed.siteUrl };
}

/**
 * The identity behind a name on a site. A feed has no account ids, so the id is `<site host>/<address>` for an author who
 * gives one of their own, and else `<site host>/<name>` (or e-mail address) in lower case: nobody is taken for a namesake on
 * another site. Whoever comments may type any name and any address, so a comment's identity proves nothing: its address
 * is not told as `url`, and no e-mail address ever as verified.
 */
export function authorIdentity(
  author: FeedAuthor | undefined,
  host: string,
  isComment: boolean,
): ExternalIdentity | undefined {
  const name = clean(author?.name);
  const uri = ownAddress(author?.uri, host);
  const label = name ?? clean(author?.email) ?? uri;
  if (!author || !label) return undefined;
  const signature = `${host}/${slug(label)}`;
  return {
    id: uri ? `${host}/${uri}` : signature,
    // Namesakes with addresses of their own would take one handle from each other at every reading.
    handle: uri ? undefined : signature,
    displayName: name ?? label.replace(/@.*$/, ''),
    url: isComment ? undefined : uri,
    avatarUrl: httpUrl(author.avatarUrl),
  };
}

/** Comments without a name share one identity a site. */
export function anonymousIdentity(host: string): ExternalIdentity {
  return { id: `${host}/`, handle: `${host}/` };
}

/** The author's address, unless it is just the site's front page, which WordPress gives for everybody who has none. */
function ownAddress(uri: string | undefined, host: string): string | undefined {
  const address = httpUrl(uri);
  if (!address) return undefined;
  const { host: itsHost, pathname, search } = new URL(address);
  return itsHost.replace(/^www\./, '') === host && pathname === '/' && search === '' ? undefined : address;
}

/** Without what an address is made of, so that no name can be typed that reads as another author's address. */
function slug(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s/:]+/g, ' ')
    .trim();
}
