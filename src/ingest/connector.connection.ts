import type { ChannelHttp } from './connector.http.js';

/** How an account is connected. */
export interface Connection {
  fields: ConnectionField[];
  oauth?: OAuthFlow;
}

/** Something the owner gives. A `secret` is kept encrypted and never shown again; a `setting` is shown. */
export interface ConnectionField {
  name: string;
  kind: 'secret' | 'setting';
  required: boolean;
  /** One plain sentence: what it is and where the network shows it. */
  description: string;
}

/** OAuth 2 authorization code flow, with PKCE. `given` is what the owner gave, settings and secrets alike. */
export interface OAuthFlow {
  /** Where the owner signs in. May register us with the network first: what it then `keeps` is given from here on. */
  begin(context: OAuthContext, request: OAuthRequest): Promise<{ url: string; keeps?: Record<string, string> }>;
  /** Throws `ConnectorError`. */
  exchange(
    context: OAuthContext,
    answer: { code: string; redirectUri: string; codeVerifier: string },
  ): Promise<OAuthGrant>;
  /** A new access before the present one ends. `auth` when the owner must sign in again. */
  refresh?(context: OAuthContext): Promise<OAuthGrant>;
}

export interface OAuthContext {
  given: Record<string, string>;
  http: ChannelHttp;
  signal: AbortSignal;
  now(): Date;
}

export interface OAuthRequest {
  redirectUri: string;
  state: string;
  /** S256. */
  codeChallenge: string;
}

export interface OAuthGrant {
  /** Joins what was given before. */
  credentials: Record<string, string>;
  expiresAt?: Date;
}
