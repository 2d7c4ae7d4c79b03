import { z } from 'zod';
import {
  ConnectorError,
  faultOfStatus,
  type OAuthContext,
  type OAuthFlow,
  type OAuthGrant,
} from '../../src/ingest/connector.js';
import { userAgentOf } from './api.client.js';

const SCOPES = 'identity read history privatemessages submit edit';
const answer = z.object({ access_token: z.string(), expires_in: z.number(), refresh_token: z.string().optional() });

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
    // A code or token that is not accepted comes as an error under status 200.
    const granted = response.status === 200 ? answer.safeParse(response.json()) : undefined;
    if (!granted?.success)
      throw new ConnectorError(
        faultOfStatus(response, {
          message: 'Reddit did not accept the sign-in.',
          class: response.status >= 500 ? 'transient' : response.status === 429 ? 'rate' : 'auth',
          scope: 'account',
        }),
      );
    const { access_token: accessToken, expires_in: seconds, refresh_token: refreshToken } = granted.data;
    return {
      credentials: { accessToken, ...(refreshToken && { refreshToken }) },
      expiresAt: new Date(now().getTime() + seconds * 1000),
    };
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
