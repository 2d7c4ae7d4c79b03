import { z } from 'zod';
import { ConnectorError, faultOfStatus, type OAuthContext, type OAuthFlow } from '../../src/ingest/connector.js';

const DIALOG = 'https://www.facebook.com/v25.0/dialog/oauth';
const tokenAnswer = z.object({ access_token: z.string(), expires_in: z.number().optional().catch(undefined) });

/**
 * Facebook Login: a code becomes a person's token, that a long-lived one, and that the page's own, which does not end while the
 * person keeps their role.
 */
export function metaOAuth({ origin, idName, scopes }: { origin: string; idName: string; scopes: string[] }): OAuthFlow {
  async function ask(context: OAuthContext, path: string, query: Record<string, string>): Promise<unknown> {
    const { access_token: token, ...rest } = query;
    const response = await context.http.request({
      url: `${origin}/${path}`,
      query: rest,
      ...(token && { headers: { authorization: `Bearer ${token}` } }),
    });
    if (response.status === 200) return response.json();
    throw new ConnectorError(
      faultOfStatus(response, {
        message: 'Meta did not accept the sign-in.',
        class: response.status >= 500 ? 'transient' : 'auth',
      }),
    );
  }

  return {
    async begin({ given }, { redirectUri, state, codeChallenge }) {
      const query = new URLSearchParams({
        client_id: given['appId'] ?? '',
        redirect_uri: redirectUri,
        state,
        code_challenge: codeChallenge,
        code_challenge_method: 'S256',
        response_type: 'code',
        scope: scopes.join(','),
      });
      return { url: `${DIALOG}?${query}` };
    },
    async exchange(context, { code, redirectUri, codeVerifier }) {
      const app = { client_id: context.given['appId'] ?? '', client_secret: context.given['appSecret'] ?? '' };
      const short = tokenAnswer.parse(
        await ask(context, 'oauth/access_token', {
          ...app,
          code,
          redirect_uri: redirectUri,
          code_verifier: codeVerifier,
        }),
      );
      const long = tokenAnswer.parse(
        await ask(context, 'oauth/access_token', {
          ...app,
          grant_type: 'fb_exchange_token',
          fb_exchange_token: short.access_token,
        }),
      );
      const page = z
        .object({ access_token: z.string() })
        .parse(
          await ask(context, context.given[idName] ?? '', { fields: 'access_token', access_token: long.access_token }),
        );
      return { credentials: { token: page.access_token } };
    },
  };
}
