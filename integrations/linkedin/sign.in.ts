import { ConnectorError, type OAuthContext, type OAuthFlow, type OAuthGrant } from '../../src/ingest/connector.js';
import { readGrant } from '../../src/ingest/oauth.grant.js';

/** Of the Community Management API; the last is for knowing on whose behalf it is subscribed. */
const SCOPES = 'r_organization_social_feed w_organization_social_feed rw_organization_admin r_basicprofile';

/**
 * LinkedIn's sign-in: access for 60 days, which can be renewed for a year where LinkedIn gives the app refresh tokens. It passes over
 * PKCE for apps that have a secret; it is sent all the same.
 */
export function linkedinOAuth(site: string): OAuthFlow {
  async function grant({ given, http, now }: OAuthContext, form: Record<string, string>): Promise<OAuthGrant> {
    const client = { client_id: given['clientId'] ?? '', client_secret: given['clientSecret'] ?? '' };
    const response = await http.request({
      method: 'POST',
      url: `${site}/oauth/v2/accessToken`,
      form: { ...form, ...client },
    });
    return readGrant(response, { network: 'LinkedIn', now: now() });
  }

  return {
    async begin({ given }, { redirectUri, state, codeChallenge }) {
      const query = new URLSearchParams({
        response_type: 'code',
        client_id: given['clientId'] ?? '',
        redirect_uri: redirectUri,
        state,
        scope: given['scopes'] || SCOPES,
        code_challenge: codeChallenge,
        code_challenge_method: 'S256',
      });
      return { url: `${site}/oauth/v2/authorization?${query}` };
    },
    exchange: (context, { code, redirectUri, codeVerifier }) =>
      grant(context, {
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        code_verifier: codeVerifier,
      }),
    async refresh(context) {
      const { refreshToken } = context.given;
      if (refreshToken) return grant(context, { grant_type: 'refresh_token', refresh_token: refreshToken });
      const message = 'LinkedIn gave this app no means to renew its access: somebody must sign in again.';
      throw new ConnectorError({ class: 'auth', message, scope: 'account' });
    },
  };
}
