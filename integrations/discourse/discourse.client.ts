import {
  type ConnectorContext,
  ConnectorError,
  type Fault,
  faultOfStatus,
  type HttpRequest,
  type HttpResponse,
} from '../../src/ingest/connector.js';
import { refusalSchema } from './discourse.schema.js';

export interface DiscourseConfig {
  /** Address of the forum, without a slash at the end. */
  site: string;
  /** The address as an account keeps it: `configure` takes it back. */
  handle: string;
  /** What ids are scoped by: the site without its scheme. */
  host: string;
  username?: string;
  apiKey?: string;
  /** The secret of a webhook that an administrator set up by hand. */
  webhookSecret?: string;
}

export type DiscourseContext = ConnectorContext<DiscourseConfig>;

type Call = Pick<HttpRequest, 'method' | 'query' | 'json'>;

/** Answers every status. */
export function ask({ config, http }: DiscourseContext, path: string, call: Call = {}): Promise<HttpResponse> {
  const { site, apiKey, username } = config;
  return http.request({
    ...call,
    url: site + path,
    headers: { accept: 'application/json', ...(apiKey && { 'api-key': apiKey, 'api-username': username! }) },
    bucket: 'api',
  });
}

/** The same, where everything but 2xx is a failure. */
export async function askFor(context: DiscourseContext, path: string, call: Call = {}): Promise<unknown> {
  const response = await ask(context, path, call);
  if (response.status >= 300) throw new ConnectorError(faultOf(context, response));
  return response.json();
}

export function faultOf(context: DiscourseContext, response: HttpResponse, writes = false): Fault {
  const { status } = response;
  const now = context.now();
  const refusal = refusalOf(response);
  const said = refusal?.errors?.join(' ').slice(0, 300);
  const fault = faultOfStatus(response, {
    message: said ? `The forum refused: ${said}` : `The forum answered ${status}.`,
    writes,
    now,
    ...(refusal?.error_type && { code: refusal.error_type }),
  });
  const wait = refusal?.extras?.wait_seconds;
  if (status === 429 && wait !== undefined && !fault.retryAt) fault.retryAt = new Date(now.getTime() + wait * 1000);
  // Discourse has no status of its own for a key it does not know; in every language the message names the API.
  if (status === 403 && context.config.apiKey && /\bAPI\b/.test(said ?? '')) {
    return { ...fault, class: 'auth', scope: 'account' };
  }
  return fault;
}

function refusalOf(response: HttpResponse) {
  try {
    return refusalSchema.parse(response.json());
  } catch {
    return undefined;
  }
}

export function notDiscourse(): ConnectorError {
  const message = 'The address answers, but not as Discourse does.';
  return new ConnectorError({ class: 'invalid', message, scope: 'endpoint' });
}
