import { type OAuthContext, type OAuthFlow, type OAuthGrant } from '../../src/ingest/connector.js';
import { readGrant } from '../../src/ingest/oauth.grant.js';

const SCOPE = 'https://www.googleapis.com/auth/youtube.force-ssl';

/** Google's sign-in. The refresh token comes with the first consent only, so consent is always asked for. */
export function googleOAuth(signInUrl: string, tokenUrl: string): OAuthFlow {
  async function grant(context: OAuthContext, form: Record<string, string>): Promise<OAuthGrant> {
    const { given, http, now } = context;
    const client = { client_id: given['clientId'] ?? '', client_secret: given['clientSecret'] ?? '' };
    const response = await http.request({ method: 'POST', url: tokenUrl, form: { ...client, ...form } });
    return readGrant(response, { network: 'Google', now: now() });
  }

  return {
    async begin({ given }, { redirectUri, state, codeChallenge }) {
      const query = new URLSearchParams({
        client_id: given['clientId'] ?? '',
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: SCOPE,
        access_type: 'offline',
        prompt: 'consent',
        state,
        code_challenge: codeChallenge,
        code_challenge_method: 'S256',
      });
      return { url: `${signInUrl}?${query}` };
    },
    exchange: (context, { code, redirectUri, codeVerifier }) =>
      grant(context, {
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        code_verifier: codeVerifier,
      }),
    refresh: context =>
      grant(context, { grant_type: 'refresh_token', refresh_token: context.given['refreshToken'] ?? '' }),
  };
}
