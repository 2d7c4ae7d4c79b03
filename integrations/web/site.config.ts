import { ConnectorError, type SourceDescription } from '../../src/ingest/connector.js';

/** One site of the owner's. */
export interface WebConfig {
  /** The handle of the account: what the site is called among ours. */
  site: string;
  /** Signs what the owner's own server renders. */
  secret: string;
  /** Where its pages are: scheme, host and port. Nobody else's page may write through it. */
  origins: string[];
  /** Where people land after a form, where the form does not say it. */
  thanks?: string;
  /** Name of the field that people do not see, and that only machines fill. */
  honeypot: string;
}

const SHORTEST_SECRET = 16;

/** `settings.origins` is a list, or one text with spaces or commas between. Throws `ConnectorError` of class `invalid`. */
export function configureSite(source: SourceDescription): WebConfig {
  const site = source.query.trim();
  if (source.kind !== 'ACCOUNT' || site === '') throw refuse('A web form or chat belongs to a site of your own.');
  const secret = source.credentials?.['secret']?.trim() ?? '';
  if (secret.length < SHORTEST_SECRET)
    throw refuse(`The secret that signs forms has at least ${SHORTEST_SECRET} characters.`);
  const { origins: given, thanks, honeypot } = source.settings ?? {};
  const origins = wordsOf(given).map(originOf);
  if (origins.length === 0) throw refuse('Say on which addresses the site is: https://www.example.com');
  return {
    site,
    secret,
    origins: origins.map(origin => origin ?? refuseNow('An address of the site is none: https://www.example.com')),
    honeypot: typeof honeypot === 'string' && honeypot.trim() !== '' ? honeypot.trim() : 'honeypot',
    ...(typeof thanks === 'string' && /^https?:\/\//.test(thanks) && URL.canParse(thanks) && { thanks }),
  };
}

/** Scheme, host and port of an address; undefined when it is none of the web. */
export function originOf(address: string | undefined): string | undefined {
  if (!address || !/^https?:\/\//i.test(address) || !URL.canParse(address)) return undefined;
  return new URL(address).origin;
}

/** The page that a browser says it is on, when it is one of the site's: browsers do not let pages lie about it. */
export function allowedOrigin(
  { origins }: WebConfig,
  headers: Record<string, string | string[] | undefined>,
): string | undefined {
  const { origin = undefined, referer } = headers;
  const said = originOf(String(origin ?? referer ?? ''));
  return said && origins.includes(said) ? said : undefined;
}

const wordsOf = (given: unknown): string[] =>
  (Array.isArray(given) ? given.map(String) : String(given ?? '').split(/[\s,]+/)).filter(word => word !== '');

const refuse = (message: string): ConnectorError => new ConnectorError({ class: 'invalid', message, scope: 'message' });

function refuseNow(message: string): never {
  throw refuse(message);
}
