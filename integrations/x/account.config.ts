import { z } from 'zod';
import { type Connection, ConnectorError, type OAuthFlow, type SourceDescription } from '../../src/ingest/connector.js';

/** What is followed, with which keys, and what the owner's plan allows. */
export interface XConfig {
  follows: FollowedAccount | FollowedWords;
  keys: XKeys;
  /** The numeric id of the account that the keys act for, where the owner gave it. */
  userId?: string;
  /** Enterprise plans may answer anybody; all others only who mentioned or quoted them. */
  isEnterprise: boolean;
  /** Premium accounts write 25,000 characters instead of 280. */
  isPremium: boolean;
}

export interface FollowedAccount {
  kind: 'ACCOUNT';
  /** At least one of them. */
  id?: string;
  handle?: string;
}

export interface FollowedWords {
  kind: 'KEYWORD';
  query: string;
}

export type XKeys = z.infer<typeof keysShape>;

const secret = z.string().trim().min(1).optional().catch(undefined);
const keysShape = z.object({
  bearerToken: secret,
  accessToken: secret,
  refreshToken: secret,
  accessSecret: secret,
  consumerKey: secret,
  consumerSecret: secret,
  clientSecret: secret,
});
const settingsShape = z.object({
  userId: z
    .string()
    .regex(/^\d{1,19}$/)
    .optional()
    .catch(undefined),
  access: z.enum(['self-serve', 'enterprise']).catch('self-serve'),
  premium: z.union([z.boolean(), z.stringbool()]).catch(false),
});

/** Characters; the description of the API says 4,096, which only Enterprise plans have. */
const LONGEST_QUERY = { selfServe: 512, enterprise: 4096 };

/** Throws `ConnectorError` of class `invalid`. */
export function configure(source: SourceDescription): XConfig {
  const settings = settingsShape.parse(source.settings ?? {});
  const isEnterprise = settings.access === 'enterprise';
  return {
    follows: followed(source, isEnterprise),
    keys: keysShape.parse(source.credentials ?? {}),
    ...(settings.userId && { userId: settings.userId }),
    isEnterprise,
    isPremium: settings.premium,
  };
}

function followed({ kind, query }: SourceDescription, isEnterprise: boolean): XConfig['follows'] {
  const words = query.trim();
  if (kind === 'ACCOUNT') {
    const account = words.replace(/^https:\/\/(?:www\.)?(?:x|twitter)\.com\/([^/?#]+).*$/i, '$1').replace(/^@/, '');
    // A handle may be all digits too, but none of today's ids is shorter than a handle may be long.
    if (/^\d{1,19}$/.test(account)) return { kind, id: account };
    if (/^\w{1,15}$/.test(account)) return { kind, handle: account.toLowerCase() };
    throw invalid('An account is a handle such as @bakery, or its numeric id.');
  }
  if (kind === 'KEYWORD') {
    if (words === '') throw invalid('Write at least one word to look for.');
    const longest = isEnterprise ? LONGEST_QUERY.enterprise : LONGEST_QUERY.selfServe;
    if ([...words].length > longest) throw invalid(`A search on X has at most ${longest} characters.`);
    return { kind, query: words };
  }
  throw invalid('On X an account or a search can be followed, not a feed.');
}

export function invalid(message: string): ConnectorError {
  return new ConnectorError({ class: 'invalid', message, scope: 'message' });
}

export function connectionOf(oauth: OAuthFlow): Connection {
  return {
    oauth,
    fields: [
      {
        name: 'clientId',
        kind: 'setting',
        required: false,
        description: 'Client ID of your app (Keys and tokens, OAuth 2.0), needed to sign in with X.',
      },
      {
        name: 'clientSecret',
        kind: 'secret',
        required: false,
        description: 'Client Secret of your app, where its type is a confidential client.',
      },
      {
        name: 'bearerToken',
        kind: 'secret',
        required: false,
        description: 'Bearer Token of your app (Keys and tokens), needed for webhooks and the stream.',
      },
      {
        name: 'consumerKey',
        kind: 'secret',
        required: false,
        description: 'API Key of your app (Keys and tokens), needed with an access token of OAuth 1.0a.',
      },
      {
        name: 'consumerSecret',
        kind: 'secret',
        required: false,
        description: 'API Key Secret of your app (Keys and tokens): X signs webhooks with it.',
      },
      {
        name: 'accessToken',
        kind: 'secret',
        required: false,
        description: 'Access token of the account, where you do not sign in with X.',
      },
      {
        name: 'accessSecret',
        kind: 'secret',
        required: false,
        description: 'Access token secret, which comes with an access token of OAuth 1.0a.',
      },
      {
        name: 'refreshToken',
        kind: 'secret',
        required: false,
        description: 'Refresh token that came with the access token, so that it can be renewed.',
      },
      {
        name: 'userId',
        kind: 'setting',
        required: false,
        description: 'Numeric id of the account, so that it need not be asked for; asking costs $0.01.',
      },
      {
        name: 'access',
        kind: 'setting',
        required: false,
        description: 'Your plan: self-serve unless you have a contract with X, then enterprise.',
      },
      {
        name: 'premium',
        kind: 'setting',
        required: false,
        description: 'Whether the account has X Premium and so may write 25,000 characters: true or false.',
      },
    ],
  };
}
