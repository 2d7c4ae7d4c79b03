import {
  type ConnectorContext,
  ConnectorError,
  type FaultClass,
  faultOfStatus,
  type HttpRequest,
} from '../../src/ingest/connector.js';
import type { TwilioConfig } from './account.config.js';

/** Twilio's own codes, where they say more than the status. https://www.twilio.com/docs/api/errors */
const CLASSES: Record<number, FaultClass> = {
  20003: 'auth',
  20404: 'not_found',
  20429: 'rate',
  21211: 'invalid',
  21408: 'forbidden',
  21610: 'forbidden',
  21612: 'invalid',
  21614: 'invalid',
  30001: 'rate',
};

/** Calls Twilio's REST API below the account; answers its JSON. `fields` may hold a name twice. Throws `ConnectorError`. */
export async function askTwilio(
  context: ConnectorContext<TwilioConfig>,
  origin: string,
  path: string,
  request: Pick<HttpRequest, 'method' | 'form' | 'query'> & { fields?: URLSearchParams } = {},
): Promise<unknown> {
  const { accountSid, authToken } = context.config;
  const { fields, ...plain } = request;
  const writes = (request.method ?? 'GET') !== 'GET';
  const response = await context.http.request({
    ...plain,
    ...(fields && { body: Buffer.from(fields.toString()) }),
    url: path.startsWith('/') ? origin + path : `${origin}/2010-04-01/Accounts/${accountSid}${path && `/${path}`}.json`,
    headers: {
      authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`,
      ...(fields && { 'content-type': 'application/x-www-form-urlencoded' }),
    },
  });
  if (response.status >= 200 && response.status <= 299) return response.status === 204 ? null : response.json();
  const { code, message } = problemIn(response.body);
  const cls = CLASSES[code ?? 0];
  throw new ConnectorError(
    faultOfStatus(response, {
      message: message ?? `Twilio answered ${response.status}.`,
      writes,
      now: context.now(),
      ...(code && { code: code === 21610 ? 'OPTED_OUT' : String(code) }),
      ...(cls && { class: cls }),
    }),
  );
}

function problemIn(body: Buffer): { code?: number; message?: string } {
  try {
    const { code, message } = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
    return {
      ...(typeof code === 'number' && { code }),
      ...(typeof message === 'string' && { message: message.slice(0, 500) }),
    };
  } catch {
    return {};
  }
}
