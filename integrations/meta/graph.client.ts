import { createHmac } from 'node:crypto';
import {
  type ConnectorContext,
  ConnectorError,
  type Fault,
  type FaultClass,
  faultOfStatus,
  type HttpRequest,
  type HttpResponse,
  type RateReading,
} from '../../src/ingest/connector.js';

export const GRAPH_ORIGIN = 'https://graph.facebook.com/v25.0';

/** What every adapter of Meta's is given: an access token, and the app's secret, which signs both ways. */
export interface MetaAccess {
  token: string;
  appSecret: string;
}

/** Calls the Graph API; answers its JSON. Throws `ConnectorError`. */
export async function askGraph(
  context: Pick<ConnectorContext<MetaAccess>, 'config' | 'http' | 'now'>,
  origin: string,
  path: string,
  request: Omit<HttpRequest, 'url' | 'headers'> = {},
): Promise<unknown> {
  const { token, appSecret } = context.config;
  const response = await context.http.request({
    ...request,
    url: `${origin}/${path}`,
    query: { ...request.query, appsecret_proof: createHmac('sha256', appSecret).update(token).digest('hex') },
    headers: { authorization: `Bearer ${token}` },
    bucket: 'graph',
  });
  if (response.status >= 200 && response.status <= 299) return response.json();
  throw new ConnectorError(faultOfGraph(response, (request.method ?? 'GET') !== 'GET', context.now()));
}

/** Meta's own codes, where they say more than the status. */
const CLASSES: Record<number, FaultClass> = {
  1: 'transient',
  2: 'transient',
  4: 'rate',
  10: 'forbidden',
  17: 'rate',
  32: 'rate',
  102: 'auth',
  190: 'auth',
  368: 'forbidden',
  506: 'duplicate',
  551: 'forbidden',
  613: 'rate',
  130429: 'rate',
  131026: 'not_found',
  131047: 'window_closed',
  131048: 'rate',
  131056: 'rate',
};
const OUTSIDE_WINDOW = new Set([2018278, 2534022]);
const UNKNOWN_OBJECT = 33;
/** A text to the same person again was refused, or a comment could be answered in private only once. */
const ANSWERED_BEFORE = new Set([10900, 1893016]);

export function classOf(code: number, subcode = 0): FaultClass | undefined {
  if (OUTSIDE_WINDOW.has(subcode)) return 'window_closed';
  if (code === 100 && subcode === UNKNOWN_OBJECT) return 'not_found';
  if (ANSWERED_BEFORE.has(code) || ANSWERED_BEFORE.has(subcode)) return 'duplicate';
  if (code >= 80_000 && code <= 80_014) return 'rate';
  if (code >= 200 && code <= 299) return 'forbidden';
  return CLASSES[code];
}

function faultOfGraph(response: HttpResponse, writes: boolean, now: Date): Fault {
  const { code, subcode, message } = problemIn(response.body);
  const cls = code === undefined ? undefined : classOf(code, subcode);
  const regain = limitsOfMeta(response, now)?.resetsAt;
  return faultOfStatus(response, {
    message: message ?? `Meta answered ${response.status}.`,
    writes,
    now,
    ...(code !== undefined && { code: String(code) }),
    ...(cls && { class: cls, scope: cls === 'auth' ? 'account' : cls === 'rate' ? 'app' : 'message' }),
    ...(cls === 'rate' && regain && { retryAt: regain }),
    // "An unknown error occurred" comes under any status, and after anything.
    ...(cls && { mayHaveHappened: writes && cls === 'transient' }),
  });
}

function problemIn(body: Buffer): { code?: number; subcode?: number; message?: string } {
  try {
    const { error } = JSON.parse(body.toString('utf8')) as { error?: Record<string, unknown> };
    const number = (value: unknown) => (typeof value === 'number' ? value : undefined);
    const code = number(error?.['code']);
    const subcode = number(error?.['error_subcode']);
    return {
      ...(code !== undefined && { code }),
      ...(subcode !== undefined && { subcode }),
      ...(typeof error?.['message'] === 'string' && { message: error['message'].slice(0, 500) }),
    };
  } catch {
    return {};
  }
}

const HOUR_MS = 3_600_000;

/** Meta tells in percent how much of the hour is used, for the app and for each business, and in how many minutes it is enough again. */
export function limitsOfMeta({ headers }: Pick<HttpResponse, 'headers'>, now: Date): RateReading | undefined {
  const app = parse(headers['x-app-usage']);
  const business = Object.values(parse(headers['x-business-use-case-usage']) ?? {}).flat();
  const usages = [app, ...business].filter(usage => typeof usage === 'object' && usage !== null) as Record<
    string,
    unknown
  >[];
  const numbers = (names: string[]) =>
    usages.flatMap(usage => names.map(name => usage[name])).filter(value => typeof value === 'number');
  const percents = numbers(['call_count', 'total_time', 'total_cputime']);
  if (percents.length === 0) return undefined;
  const minutes = Math.max(0, ...numbers(['estimated_time_to_regain_access']));
  return {
    limit: 100,
    remaining: Math.max(0, 100 - Math.max(...percents)),
    resetsAt: new Date(now.getTime() + (minutes > 0 ? minutes * 60_000 : HOUR_MS)),
  };
}

function parse(header: string | undefined): Record<string, unknown> | undefined {
  try {
    return header ? JSON.parse(header) : undefined;
  } catch {
    return undefined;
  }
}
