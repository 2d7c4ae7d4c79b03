import { z } from 'zod';
import {
  type ConnectorContext,
  ConnectorError,
  type Fault,
  faultOfStatus,
  type HttpRequest,
  type HttpResponse,
} from '../../src/ingest/connector.js';
import { jsonOf } from '../../src/platform/json.text.js';

export interface LinkedinConfig {
  /** Of the page, as urn:li:organization:… */
  organization: string;
  accessToken: string;
  clientSecret: string;
  /** YYYYMM. */
  version: string;
  /** Of the developer's app, a number; without it LinkedIn cannot be told to call. */
  applicationId?: string;
}

type Context = ConnectorContext<LinkedinConfig>;

const problem = z.object({
  code: z.string().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
});

/** As Rest.li wants names within addresses: with their brackets and commas escaped too. */
export const escaped = (urn: string): string =>
  encodeURIComponent(urn).replace(/[()]/g, sign => (sign === '(' ? '%28' : '%29'));

/**
 * Calls LinkedIn for the account. `path` has its query already, since the brackets of Rest.li's lists must stay as they are. Throws
 * `ConnectorError`.
 */
export async function askLinkedin(
  context: Context,
  origin: string,
  path: string,
  request: Pick<HttpRequest, 'method' | 'json'> = {},
): Promise<HttpResponse> {
  const { accessToken, version } = context.config;
  const response = await context.http.request({
    ...request,
    url: `${origin}${path}`,
    headers: {
      authorization: `Bearer ${accessToken}`,
      'linkedin-version': version,
      'x-restli-protocol-version': '2.0.0',
    },
  });
  if (response.status >= 200 && response.status <= 299) return response;
  throw new ConnectorError(faultOf(response, context, (request.method ?? 'GET') !== 'GET'));
}

function faultOf(response: HttpResponse, { config, now }: Context, writes: boolean): Fault {
  const { code, message } = problem.safeParse(jsonOf(response.body)).data ?? {};
  if (response.status === 426 || code === 'NONEXISTENT_VERSION')
    return {
      class: 'invalid',
      code: 'NONEXISTENT_VERSION',
      message: `LinkedIn has ended version ${config.version} of its API: give the account a newer month as its setting "version".`,
      scope: 'account',
    };
  return faultOfStatus(response, {
    message: message?.slice(0, 500) || `LinkedIn answered ${response.status}.`,
    writes,
    now: now(),
    ...(code && { code }),
    ...(response.status === 429 &&
      !response.headers['retry-after'] && { retryAt: whenToAskAgain(message ?? '', now()), scope: 'app' }),
  });
}

/** Writing is held to some comments a minute; everything else to a day, which begins at midnight UTC. */
function whenToAskAgain(message: string, now: Date): Date {
  if (/create throttled|creation rate/i.test(message)) return new Date(now.getTime() + 60_000);
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1));
}
