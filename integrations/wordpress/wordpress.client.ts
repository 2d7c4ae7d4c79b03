import {
  type ConnectorContext,
  ConnectorError,
  type Fault,
  faultOfStatus,
  type HttpRequest,
  type HttpResponse,
} from '../../src/ingest/connector.js';
import { textOfHtml } from '../../src/platform/html.text.js';
import { refusalSchema } from './wordpress.schema.js';

export interface WordPressConfig {
  /** Address of the blog, with a slash at the end. */
  site: string;
  /** The address as an account keeps it: `configure` takes it back. */
  handle: string;
  /** What its authors' ids are scoped by: the site without scheme, www. and slash. */
  host: string;
  /** Address of the REST interface, where it was given; otherwise it is asked for by `?rest_route=`, which every WordPress has. */
  api?: string;
  /** Value of the Authorization header; without it only what is public is read. */
  authorization?: string;
}

export type WordPressContext = ConnectorContext<WordPressConfig>;

type Call = Pick<HttpRequest, 'method' | 'query' | 'json' | 'timeoutMs'>;

/** Asks the REST interface; `path` begins with a slash. Answers every status. */
export function ask({ config, http }: WordPressContext, path: string, call: Call = {}): Promise<HttpResponse> {
  const { site, api, authorization } = config;
  return http.request({
    ...call,
    url: api ? api + path : site,
    query: { ...(api ? {} : { rest_route: path }), ...call.query },
    headers: { accept: 'application/json', ...(authorization && { authorization }) },
    bucket: 'rest',
  });
}

/** The same, where everything but 2xx is a failure. */
export async function get(context: WordPressContext, path: string, call: Call = {}): Promise<HttpResponse> {
  const response = await ask(context, path, call);
  if (response.status >= 300) throw new ConnectorError(faultOf(context, response));
  return response;
}

/** WordPress's own code for a refusal, such as `comment_duplicate`. */
export function codeOf(response: HttpResponse): string | undefined {
  return refusalOf(response)?.code;
}

function refusalOf(response: HttpResponse) {
  try {
    return refusalSchema.parse(response.json());
  } catch {
    return undefined;
  }
}

/** Why WordPress refused. `writes`: it may have been written all the same, when the server broke down over it. */
export function faultOf(context: WordPressContext, response: HttpResponse, writes = false): Fault {
  const { status } = response;
  const refusal = refusalOf(response);
  const said = textOfHtml(refusal?.message ?? '').slice(0, 300);
  const fault = faultOfStatus(response, {
    message: said ? `WordPress refused: ${said}` : `WordPress answered ${status}.`,
    writes,
    now: context.now(),
    ...(refusal && { code: refusal.code }),
  });
  if (status === 401 && !context.config.authorization) {
    const message = 'The blog shows this only to those who sign in: an Application Password is needed.';
    return { ...fault, class: 'forbidden', scope: 'endpoint', message };
  }
  // Someone signed in who may not do this; only a password that is not accepted concerns the account.
  if (status === 401 && /^rest_(cannot|forbidden)/.test(refusal?.code ?? '')) return { ...fault, class: 'forbidden' };
  if (refusal?.code === 'comment_flood') return { ...fault, class: 'rate' };
  if (refusal?.code === 'rest_no_route' || (status === 404 && !refusal)) {
    return { ...fault, class: 'invalid', scope: 'endpoint', message: 'There is no REST interface of WordPress there.' };
  }
  return fault;
}

/** Who the Application Password belongs to, and whether they see and judge what waits for approval. */
export interface Signed {
  id: string;
  name?: string;
  moderates: boolean;
}
