import { ConnectorError, type SourceDescription } from '../../src/ingest/connector.js';
import { type KeywordQuery, parseKeywordQuery } from './keyword.query.js';
import { isHandle } from './post.record.js';

/** What it takes to act as an account. */
export interface Access {
  /** Origin of the server it signs in at. */
  service: string;
  /** Handle or DID. */
  identifier: string;
  appPassword: string;
}

/**
 * A source as it is followed; an account by DID, or by handle until the stream is opened. Without `access` it is read as
 * anybody can.
 */
export type BlueskyConfig = ({ kind: 'ACCOUNT'; account: string } | { kind: 'KEYWORD'; query: KeywordQuery }) & {
  access?: Access;
};

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Throws `ConnectorError` of class `invalid`. `service` is where accounts sign in unless they say otherwise. */
export function configure(source: SourceDescription, service: string): BlueskyConfig {
  const given = (name: string) => String(source.credentials?.[name] ?? source.settings?.[name] ?? '').trim();
  const appPassword = given('appPassword');
  const identifier = given('identifier') || (appPassword && source.kind === 'ACCOUNT' ? source.query : '');
  const access: Access | undefined = appPassword
    ? { service: serviceOf(given('service') || service), identifier: accountOf(identifier), appPassword }
    : undefined;
  return { ...followedOf(source, access), ...(access && { access }) };
}

function followedOf(source: SourceDescription, access: Access | undefined): BlueskyConfig {
  const query = source.query.trim();
  if (source.kind === 'ACCOUNT') return { kind: 'ACCOUNT', account: accountOf(query || (access?.identifier ?? '')) };
  if (source.kind === 'KEYWORD') {
    try {
      return { kind: 'KEYWORD', query: parseKeywordQuery(query) };
    } catch (cause) {
      throw invalid((cause as Error).message);
    }
  }
  throw invalid('On Bluesky an account or keywords can be followed, not a feed');
}

function accountOf(text: string): string {
  const account = text
    .trim()
    .replace(/^@/, '')
    .replace(/^https:\/\/bsky\.app\/profile\/([^/?#]+).*$/, '$1');
  if (/^did:[a-z]+:[A-Za-z0-9._:%-]+$/.test(account)) return account;
  if (isHandle(account)) return account.toLowerCase();
  throw invalid('An account is a handle such as bakery.example.com or a DID such as did:plc:…');
}

/** A password travels in the open only to this very machine. */
function serviceOf(text: string): string {
  const url = URL.parse(text.includes('://') ? text : `https://${text}`);
  if (!url || url.username || url.password) throw invalid('The server is an address such as https://bsky.social');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.test(url.hostname))) {
    throw invalid('The server must be reached by https');
  }
  return url.origin;
}

export function invalid(message: string): ConnectorError {
  return new ConnectorError({ class: 'invalid', message, scope: 'message' });
}
