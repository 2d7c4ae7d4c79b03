import { z } from 'zod';
import {
  ConnectorError,
  faultOfStatus,
  type OAuthContext,
  type OAuthFlow,
  type OAuthGrant,
} from '../../src/ingest/connector.js';
import { invalid } from './account.config.js';

const SCOPES = [
  'tweet.read',
  'tweet.write',
  'tweet.moderate.write',
  'users.read',
  'dm.read',
  'dm.write',
  'media.write',
  // Without it there is no refresh token, and access ends after two hours.
  'offline.access',
];

const grantShape = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().optional().catch(undefined),
  expires_in: z.number().positive().optional().catch(undefined),
});
const refusalShape = z
  .object({ error: z.string().catch(''), error_description: z.string().catch('') })
  .catch({ error: '', error_description: '' });

/** OAuth 2 with PKCE. Public clients have no secret and say their id in the form. */
export function signInWithX({ origin = 'https://api.x.com' }: { origin?: string }): OAuthFlow {
  return {
    async begin({ given }, { redirectUri, state, codeChallenge }) {
      const query = new URLSearchParams({
        response_type: 'code',
        client_id: clientOf(given).clientId,
        redirect_uri: redirectUri,
        scope: SCOPES.join(' '),
        state,
        code_challenge: codeChallenge,
        code_challenge_method: 'S256',
      });
      return { url: `https://x.com/i/oauth2/authorize?${query}` };
    },
    exchange: (context, { code, redirectUri, codeVerifier }) =>
      askForToken(origin, context, {
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        code_verifier: codeVerifier,
      }),
    async refresh(context) {
      const token = context.given['refreshToken'];
      if (!token) throw new ConnectorError({ class: 'auth', scope: 'account', message: 'X gave no refresh token.' });
      return askForToken(origin, context, { grant_type: 'refresh_token', refresh_token: token });
    },
  };
}

async function askForToken(
  origin: string,
  { given, http, now }: OAuthContext,
  form: Record<string, string>,
): Promise<OAuthGrant> {
  const { clientId, clientSecret } = clientOf(given);
  const proof = clientSecret && Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`);
  const response = await http.request({
    method: 'POST',
    url: `${origin}/2/oauth2/token`,
    form: { ...form, client_id: clientId },
    ...(proof && { headers: { authorization: `Basic ${proof.toString('base64')}` } }),
  });
  if (response.status !== 200) {
    const { error, error_description } = refusalShape.parse(response.status < 500 ? response.json() : {});
    const isDead =
      error === 'invalid_grant' || (error === 'invalid_request' && /token was invalid/i.test(error_description));
    const message = `X did not grant access: ${(error_description || error || `HTTP ${response.status}`).slice(0, 200)}`;
    throw new ConnectorError(
      faultOfStatus(response, {
        message,
        now: now(),
        ...(isDead && { class: 'auth' as const, scope: 'account' as const }),
      }),
    );
  }
  const { access_token, refresh_token, expires_in } = grantShape.parse(response.json());
  return {
    // A refresh token works once: the new one replaces it.
    credentials: { accessToken: access_token, ...(refresh_token && { refreshToken: refresh_token }) },
    ...(expires_in && { expiresAt: new Date(now().getTime() + expires_in * 1000) }),
  };
}

function clientOf(given: Record<string, string>): { clientId: string; clientSecret?: string | undefined } {
  const clientId = given['clientId']?.trim();
  if (!clientId) throw invalid('The Client ID of your app is needed to sign in with X.');
  return { clientId, clientSecret: given['clientSecret']?.trim() };
}
