import { z } from 'zod';
import {
  ConnectorError,
  faultOfStatus,
  type OAuthContext,
  type OAuthFlow,
  type OAuthGrant,
} from '../../src/ingest/connector.js';
import { invalid } from './account.config.js';
import { type Provider, providerOf } from './mail.provider.js';

export interface SignInServer {
  authorize: string;
  token: string;
}

interface SignIn extends SignInServer {
  scope: string;
  /** What else the provider must be asked for, so that access can be renewed without the owner. */
  extra: Record<string, string>;
}

const SIGN_INS: Record<Provider, SignIn> = {
  google: {
    authorize: 'https://accounts.google.com/o/oauth2/v2/auth',
    token: 'https://oauth2.googleapis.com/token',
    scope: 'https://mail.google.com/',
    extra: { access_type: 'offline', prompt: 'consent' },
  },
  microsoft: {
    authorize: 'https://login.microsoftonline.com/{tenant}/oauth2/v2.0/authorize',
    token: 'https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token',
    scope: 'https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access',
    extra: {},
  },
};

const grantSchema = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().optional().catch(undefined),
  expires_in: z.coerce.number().positive().optional().catch(undefined),
});
const refusalSchema = z.object({ error: z.string().max(100) });

/** Signing in at Google or Microsoft for their mail (XOAUTH2), with the owner's own client id; `servers` stand in for theirs. */
export function mailSignIn(servers: Partial<Record<Provider, SignInServer>> = {}): OAuthFlow {
  const signInOf = ({ given }: OAuthContext): SignIn & { clientId: string } => {
    const provider = providerOf(given['provider']);
    if (!provider) throw invalid('Signing in needs a provider: google or microsoft.');
    const clientId = given['clientId'];
    if (!clientId) throw invalid('Signing in needs the client id that the provider gave you.');
    const tenant = encodeURIComponent(given['tenant'] || 'common');
    const { authorize, token, scope, extra } = { ...SIGN_INS[provider], ...servers[provider] };
    return {
      authorize: authorize.replace('{tenant}', tenant),
      token: token.replace('{tenant}', tenant),
      scope,
      extra,
      clientId,
    };
  };

  async function grant(context: OAuthContext, form: Record<string, string>): Promise<OAuthGrant> {
    const { token, clientId } = signInOf(context);
    const secret = context.given['clientSecret'];
    const response = await context.http.request({
      method: 'POST',
      url: token,
      form: { client_id: clientId, ...(secret && { client_secret: secret }), ...form },
      maxBytes: 64 * 1024,
    });
    if (response.status !== 200) throw refused(response);
    const answer = grantSchema.safeParse(response.json());
    if (!answer.success) {
      throw new ConnectorError({ class: 'transient', message: 'The provider gave no access.', scope: 'account' });
    }
    const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds } = answer.data;
    return {
      credentials: { accessToken, ...(refreshToken && { refreshToken }) },
      ...(seconds && { expiresAt: new Date(context.now().getTime() + seconds * 1000) }),
    };
  }

  return {
    async begin(context, { redirectUri, state, codeChallenge }) {
      const { authorize, scope, extra, clientId } = signInOf(context);
      const url = new URL(authorize);
      const query = {
        client_id: clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope,
        state,
        code_challenge: codeChallenge,
        code_challenge_method: 'S256',
        login_hint: context.given['address'] ?? '',
        ...extra,
      };
      for (const [name, value] of Object.entries(query)) if (value) url.searchParams.set(name, value);
      return { url: url.href };
    },
    exchange: (context, { code, redirectUri, codeVerifier }) =>
      grant(context, {
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        code_verifier: codeVerifier,
      }),
    async refresh(context) {
      const refreshToken = context.given['refreshToken'];
      if (!refreshToken) throw mustSignIn('no_refresh_token');
      return grant(context, { grant_type: 'refresh_token', refresh_token: refreshToken });
    },
  };
}

function refused(response: { status: number; headers: Record<string, string>; text(): string }): ConnectorError {
  const said = refusalSchema.safeParse(parsed(response.text()));
  const code = said.success ? said.data.error : undefined;
  // The grant was taken back, or is of somebody else: asking again does not help.
  if (code === 'invalid_grant' || code === 'interaction_required') return mustSignIn(code);
  const message = `The provider refuses to give access${code ? ` (${code})` : ''}.`;
  return new ConnectorError(faultOfStatus(response, { message, scope: 'account', ...(code && { code }) }));
}

function mustSignIn(code: string): ConnectorError {
  const message = 'The provider no longer lets us in: the owner has to sign in again.';
  return new ConnectorError({ class: 'auth', message, scope: 'account', code });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
