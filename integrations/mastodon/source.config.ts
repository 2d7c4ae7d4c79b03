import { ConnectorError, type SourceDescription } from '../../src/ingest/connector.js';
import { parseTagQuery, type TagQuery } from './tag.query.js';

/** What is followed on which instance. Without a token only hashtags are, where the instance shows them to everybody. */
export type MastodonConfig = Place & Followed;

export interface Place {
  /** Host name, in lower case. */
  instance: string;
  origin: string;
  accessToken?: string;
  /** Longest post of the instance, where it was asked already. */
  maxCharacters?: number;
}

/** `user` without its instance: empty for whoever the token belongs to. */
export type Followed =
  | { kind: 'ACCOUNT'; user: string }
  | { kind: 'TAGS'; query: TagQuery }
  | { kind: 'WORDS'; words: string };

const HOST = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}(:\d{1,5})?$/;
const USER = /^[a-z0-9_]([a-z0-9_.-]{0,62}[a-z0-9_])?$/;
const LONGEST_SEARCH = 500;

/** Throws `ConnectorError` of class `invalid`. */
export function configure(source: SourceDescription, originOf: (host: string) => string): MastodonConfig {
  const given = (name: string) => String(source.credentials?.[name] ?? source.settings?.[name] ?? '').trim();
  const query = source.query.trim();
  const account = source.kind === 'ACCOUNT' ? accountOf(query) : undefined;
  const instance = hostOf(given('instance') || account?.host || '');
  const accessToken = given('accessToken');
  const maxCharacters = Number(given('maxCharacters'));
  const place: Place = {
    instance,
    origin: originOf(instance),
    ...(accessToken && { accessToken }),
    ...(maxCharacters > 0 && { maxCharacters }),
  };
  if (account) {
    if (!accessToken) throw invalid('On Mastodon an account is followed with its own access token');
    return { ...place, kind: 'ACCOUNT', user: account.user };
  }
  if (source.kind !== 'KEYWORD') throw invalid('On Mastodon an account or keywords can be followed, not a feed');
  return { ...place, ...keywordsOf(query, accessToken) };
}

function keywordsOf(query: string, accessToken: string): Followed {
  if (query === '' || query.length > LONGEST_SEARCH)
    throw invalid('Hashtags or words are needed, 500 characters at most');
  let tags: TagQuery | undefined;
  try {
    tags = parseTagQuery(query);
  } catch (cause) {
    throw invalid((cause as Error).message);
  }
  if (tags) return { kind: 'TAGS', query: tags };
  if (!accessToken)
    throw invalid('Words are searched for with an account on the instance; hashtags such as #pan without one');
  return { kind: 'WORDS', words: query };
}

/** Reads `@user@host`, `user` and the address of a profile; nothing for whoever the token belongs to. */
function accountOf(text: string): { user: string; host?: string } {
  if (text === '') return { user: '' };
  const url = /^https?:\/\/([^/]+)\/(?:@|users\/)([^/?#]+)/i.exec(text);
  const [user = '', host] = url ? [url[2], url[1]] : text.replace(/^@/, '').split('@');
  if (!USER.test(user.toLowerCase())) throw invalid('An account is written like @bakery@mastodon.social');
  return { user: user.toLowerCase(), ...(host && { host }) };
}

/** The instance's host, also out of an address of one of its pages. */
export function hostOf(text: string): string {
  const host = text
    .toLowerCase()
    .replace(/^https:\/\//, '')
    .replace(/\/.*$/, '');
  if (HOST.test(host)) return host;
  throw invalid('The instance is a host such as mastodon.social');
}

export function invalid(message: string): ConnectorError {
  return new ConnectorError({ class: 'invalid', message, scope: 'message' });
}
