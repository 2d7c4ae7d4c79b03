import { z } from 'zod';
import { ConnectorError, type OAuthContext, type OAuthFlow } from '../../src/ingest/connector.js';
import { descriptionOf, instanceShape, readAnswer } from './instance.client.js';
import { faultOfAnswer } from './instance.faults.js';
import { hostOf, invalid } from './source.config.js';

const SCOPES = 'read:accounts read:notifications read:statuses read:search write:statuses write:media';

const registered = z.object({ client_id: z.string().min(1), client_secret: z.string().min(1) });
const granted = z.object({ access_token: z.string().min(1) });

/**
 * Signing in at an instance. There is no central place: we register with each instance as an application, and what it gives us
 * then is kept and used again. Access does not end by itself.
 */
export function oauthOf(originOf: (host: string) => string): OAuthFlow {
  const originIn = ({ given }: OAuthContext) => originOf(hostOf(given['instance'] ?? ''));

  async function post(context: OAuthContext, path: string, form: Record<string, string>) {
    const response = await context.http.request({ method: 'POST', url: originIn(context) + path, form });
    if (response.status >= 200 && response.status < 300) return response;
    const fault = faultOfAnswer(response, path, context.now());
    // A code that is used up or too old is mended by signing in again.
    throw new ConnectorError(response.status === 400 ? { ...fault, class: 'auth', scope: 'account' } : fault);
  }

  /** Kept with the token, so that how long a post may be is known wherever one is written. */
  async function longestPost(context: OAuthContext): Promise<{ maxCharacters?: string }> {
    const response = await context.http.request({ url: `${originIn(context)}/api/v2/instance` });
    if (response.status !== 200) return {};
    const place = { instance: hostOf(context.given['instance'] ?? ''), origin: originIn(context) };
    return {
      maxCharacters: String(descriptionOf(readAnswer(response, instanceShape, 'instance'), place).maxCharacters),
    };
  }

  return {
    async begin(context, { redirectUri, state, codeChallenge }) {
      const { given } = context;
      let { clientId, clientSecret } = given;
      // An application may send people back only to where it said it would.
      if (!clientId || !clientSecret || given['redirectUri'] !== redirectUri) {
        const form = { client_name: 'Vínculo', redirect_uris: redirectUri, scopes: SCOPES };
        const answer = readAnswer(await post(context, '/api/v1/apps', form), registered, 'apps');
        clientId = answer.client_id;
        clientSecret = answer.client_secret;
      }
      const query = new URLSearchParams({
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        scope: SCOPES,
        state,
        code_challenge: codeChallenge,
        code_challenge_method: 'S256',
      });
      return { url: `${originIn(context)}/oauth/authorize?${query}`, keeps: { clientId, clientSecret, redirectUri } };
    },

    async exchange(context, { code, redirectUri, codeVerifier }) {
      const { clientId, clientSecret } = context.given;
      if (!clientId || !clientSecret) throw invalid('Signing in was not begun at this instance');
      const answer = await post(context, '/oauth/token', {
        grant_type: 'authorization_code',
        code,
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uri: redirectUri,
        code_verifier: codeVerifier,
        scope: SCOPES,
      });
      const { access_token: accessToken } = readAnswer(answer, granted, 'token');
      return { credentials: { accessToken, ...(await longestPost(context)) } };
    },
  };
}
