import { type OAuthContext, type OAuthFlow, type OAuthGrant } from '../../src/ingest/connector.js';
import { readGrant } from '../../src/ingest/oauth.grant.js';
import { userAgentOf } from './api.client.js';

const SCOPES = 'identity read history privatemessages submit edit';

/**
 * Reddit's sign-in; the refresh token lasts until the account takes it back. Reddit has no PKCE: what guards the code is the state
 * and the client's secret.
 */
export function redditOAuth(site: string): OAuthFlow {
  async function grant({ given, http, now }: OAuthContext, form: Record<string, string>): Promise<OAuthGrant> {
    const { clientId = '', clientSecret = '', username = '' } = given;
    const response = await http.request({
      method: 'POST',
      url: `${site}/api/v1/access_token`,
      headers: {
        authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
        'user-agent': userAgentOf(clientId, username),
      },
      form,
    });
    return readGrant(response, { network: 'Reddit', now: now() });
  }

  return {
    async begin({ given }, { redirectUri, state }) {
      const query = new URLSearchParams({
        client_id: given['clientId'] ?? '',
        response_type: 'code',
        state,
        redirect_uri: redirectUri,
        duration: 'permanent',
        scope: SCOPES,
      });
      return { url: `${site}/api/v1/authorize?${query}` };
    },
    exchange: (context, { code, redirectUri }) =>
      grant(context, { grant_type: 'authorization_code', code, redirect_uri: redirectUri }),
    refresh: context =>
      grant(context, { grant_type: 'refresh_token', refresh_token: context.given['refreshToken'] ?? '' }),
  };
}
