import { z } from 'zod';
import { ConnectorError, faultOfStatus, type HttpResponse, type OAuthGrant } from './connector.js';

const granted = z.object({ access_token: z.string(), expires_in: z.number(), refresh_token: z.string().optional() });

/**
 * What an OAuth 2 server says to a code or a refresh token (RFC 6749, 5). Some refuse under status 200. Throws `ConnectorError`: `auth`
 * when the owner must sign in again.
 */
export function readGrant(response: HttpResponse, { network, now }: { network: string; now: Date }): OAuthGrant {
  const answer = response.status === 200 ? granted.safeParse(response.json()) : undefined;
  if (!answer?.success)
    throw new ConnectorError(
      faultOfStatus(response, {
        message: `${network} did not accept the sign-in.`,
        class: response.status >= 500 ? 'transient' : response.status === 429 ? 'rate' : 'auth',
        scope: 'account',
        now,
      }),
    );
  const { access_token: accessToken, expires_in: seconds, refresh_token: refreshToken } = answer.data;
  return {
    credentials: { accessToken, ...(refreshToken && { refreshToken }) },
    expiresAt: new Date(now.getTime() + seconds * 1000),
  };
}
