import type { Role } from '../roles.js';

/** Who holds a credential that was found good. `expiresAt` is the credential's own end; absent means it has none. */
export type Verdict =
  | { kind: 'apiKey'; apiKeyId: string; organizationId: string; role: Role; expiresAt?: Date }
  | { kind: 'user'; userId: string; sessionId: string; expiresAt: Date }
  | { kind: 'oauthClient'; clientId: string; organizationId: string; role: Role; scopes: string[]; expiresAt: Date }
  | { kind: 'portal'; sessionId: string; organizationId: string; expiresAt: Date };

/** A credential was shown and is no good: unknown, altered, expired or revoked. Which of these is not told. */
export type Rejection = { kind: 'invalid' };

export interface NewApiKey {
  organizationId: string;
  role: Role;
  name: string;
  /** The id of our own row that shows this key, so that a verdict names it without a second look-up. */
  apiKeyId: string;
  expiresAt?: Date;
}

export interface NewOAuthClient {
  organizationId: string;
  role: Role;
  name: string;
  /** Out of `OAUTH_SCOPES`; all of them when absent. */
  scopes?: string[];
}

export interface NewUser {
  email: string;
  name: string;
  /** 10 to 128 characters. */
  password: string;
}

export type SetupPurpose = 'first-owner' | 'invitation' | 'password-reset';

/** What a one-time link is for. `subject` names what it acts on: an invitation, or the user whose password is set. */
export interface Setup {
  purpose: SetupPurpose;
  organizationId?: string;
  subject?: string;
}
