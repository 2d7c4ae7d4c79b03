import dns from 'node:dns';
import querystring from 'node:querystring';
import { Agent, type Dispatcher } from 'undici';
import { guardedConnector, isPublicAddress } from './outbound.address.js';
import { readBody, tooLarge } from './outbound.body.js';
import { OutboundError, parseRetryAfter } from './outbound.error.js';
import { type DecodedText, decodeText, isBinary } from './outbound.text.js';

export { OutboundError, type OutboundReason } from './outbound.error.js';

const DEFAULT_MAX_BYTES = 5 * 1024 * 1024;
const DEFAULT_TIMEOUT_MS = 30_000;
const CONNECT_TIMEOUT_MS = 10_000;
const MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Names of headers that must not travel on to another site by a redirect. */
const SECRET_HEADER = /authorization|cookie|key|token|secret/;

export interface OutboundOptions {
  /** Lets private and loopback addresses be fetched: for tests, and for installations that follow their own intranet. */
  allowPrivateAddresses: boolean;
  userAgent: string;
  log?: { warn(details: object, message: string): void };
  /** Which IP addresses may be connected to when private ones are not allowed; those of the public internet unless given. */
  isAllowed?: (address: string) => boolean;
  /** How names are resolved then; the system's resolver unless given. */
  resolve?: typeof dns.lookup;
}

export interface OutboundRequest {
  /** GET unless given. */
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: Buffer | string;
  /** Header names in lower case. */
  headers?: Record<string, string>;
  /** Largest body accepted, in bytes, after unpacking; 5 MiB unless given. */
  maxBytes?: number;
  /** For everything, from resolving the name to the body's last byte, redirects included; 30,000 unless given. */
  timeoutMs?: number;
  signal?: AbortSignal;
  /** Judges the answer by its head and first bytes, before the rest is read: the reason why it is not wanted, or nothing. */
  sniff?(head: OutboundHead): string | undefined;
}

export interface OutboundHead {
  /** The address that answered, after redirects. */
  url: string;
  status: number;
  headers: Record<string, string>;
  contentType: string | undefined;
  firstBytes: Buffer;
}

export interface OutboundResponse {
  /** The address that answered, after redirects, without user name and password. */
  url: string;
  /** From `get`: 2xx, or 304 when the request was conditional. */
  status: number;
  /** Names in lower case; a repeated header's values are joined by a comma. */
  headers: Record<string, string>;
  contentType: string | undefined;
  body: Buffer;
}

export interface Outbound {
  /** Answers every status. Redirects are followed when nothing is written. Throws `OutboundError` when there is no answer. */
  request(url: string, request?: OutboundRequest): Promise<OutboundResponse>;
  /** GETs an http or https address. Throws `OutboundError`, also for every status that is neither 2xx nor an asked-for 304. */
  get(url: string, request?: OutboundRequest): Promise<OutboundResponse>;
  /** The same for text in any charset; what is not text is refused with reason `not_text`. */
  getText(url: string, request?: OutboundRequest): Promise<OutboundResponse & DecodedText>;
  close(): Promise<void>;
}

/**
 * The one client through which pages, feeds and media named by outsiders are fetched. It connects to public addresses only
 * (judged on the connection itself, so a name that changes its answer gains nothing), follows at most five redirects under
 * the same rule, and bounds time and unpacked size.
 */
export function openOutbound(options: OutboundOptions): Outbound {
  const { isAllowed = isPublicAddress, resolve = dns.lookup } = options;
  const connect = options.allowPrivateAddresses
    ? { timeout: CONNECT_TIMEOUT_MS }
    : guardedConnector({ isAllowed, resolve }, CONNECT_TIMEOUT_MS);
  const agent = new Agent({ connect });

  async function bounded(
    address: string,
    request: OutboundRequest,
    accept: (head: OutboundResponse, isConditional: boolean) => void,
  ): Promise<OutboundResponse> {
    const deadline = new AbortController();
    const timeoutMs = request.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    const timer = setTimeout(() => deadline.abort(timedOut(timeoutMs)), timeoutMs);
    const onAbort = () => deadline.abort(new OutboundError('aborted', 'The fetch was stopped.'));
    request.signal?.addEventListener('abort', onAbort);
    try {
      if (request.signal?.aborted) onAbort();
      return await follow(agent, address, { ...request, signal: deadline.signal }, options.userAgent, accept);
    } catch (error) {
      const failure = deadline.signal.aborted ? (deadline.signal.reason as OutboundError) : asOutboundError(error);
      if (failure.reason === 'blocked_address') options.log?.warn({ url: shown(address) }, failure.message);
      throw failure;
    } finally {
      clearTimeout(timer);
      request.signal?.removeEventListener('abort', onAbort);
    }
  }

  const get = (address: string, request: OutboundRequest = {}) => bounded(address, request, refuseFailure);

  return {
    get,
    request: (address, request = {}) => bounded(address, request, () => {}),
    async getText(address, request = {}) {
      const response = await get(address, {
        ...request,
        sniff(head) {
          if (isBinary(head.firstBytes)) throw new OutboundError('not_text', 'The answer is not text.');
          return request.sniff?.(head);
        },
      });
      return { ...response, ...decodeText(response.body, response.contentType) };
    },
    close: () => agent.close(),
  };
}

async function follow(
  agent: Agent,
  address: string,
  request: OutboundRequest & { signal: AbortSignal },
  userAgent: string,
  accept: (head: OutboundResponse, isConditional: boolean) => void,
): Promise<OutboundResponse> {
  const { method = 'GET', body } = request;
  let url = parseAddress(address);
  let headers = { accept: '*/*', ...request.headers, ...credentialsOf(url) };
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    request.signal.throwIfAborted();
    const response = await agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method,
      ...(body !== undefined && { body }),
      headers: { 'user-agent': userAgent, ...headers, 'accept-encoding': 'gzip, deflate, br' },
      signal: request.signal,
    });
    const location =
      method === 'GET' && REDIRECTS.has(response.statusCode) ? headerOf(response, 'location') : undefined;
    if (location === undefined)
      return receive(response, url, request, head =>
        accept(head, 'if-none-match' in headers || 'if-modified-since' in headers),
      );
    discard(response);
    const next = parseAddress(location, url);
    if (next.origin !== url.origin) {
      headers = Object.fromEntries(
        Object.entries(headers).filter(([name]) => !SECRET_HEADER.test(name)),
      ) as typeof headers;
    }
    headers = { ...headers, ...credentialsOf(next) };
    url = next;
  }
  throw new OutboundError('too_many_redirects', `The address was redirected more than ${MAX_REDIRECTS} times.`);
}

async function receive(
  response: Dispatcher.ResponseData,
  url: URL,
  request: OutboundRequest,
  accept: (head: OutboundResponse) => void,
): Promise<OutboundResponse> {
  const status = response.statusCode;
  const contentType = headerOf(response, 'content-type');
  const headers = Object.fromEntries(Object.keys(response.headers).map(name => [name, headerOf(response, name) ?? '']));
  const head = { url: withoutCredentials(url), status, headers, contentType };
  if (status === 304) {
    discard(response);
    accept({ ...head, body: Buffer.alloc(0) });
    return { ...head, body: Buffer.alloc(0) };
  }
  try {
    accept({ ...head, body: Buffer.alloc(0) });
  } catch (error) {
    discard(response);
    throw error;
  }
  const maxBytes = request.maxBytes ?? DEFAULT_MAX_BYTES;
  try {
    if (Number(headers['content-length']) > maxBytes) throw tooLarge(maxBytes);
    const body = await readBody(response.body, headers['content-encoding'], {
      maxBytes,
      sniff(firstBytes) {
        const refusal = request.sniff?.({ ...head, firstBytes });
        if (refusal) throw new OutboundError('not_accepted', refusal);
      },
    });
    return { ...head, body };
  } catch (error) {
    discard(response);
    throw error;
  }
}

function refuseFailure({ status, headers }: OutboundResponse, isConditional: boolean): void {
  if ((status >= 200 && status <= 299) || (status === 304 && isConditional)) return;
  const retryAt = parseRetryAfter(headers['retry-after'], new Date());
  throw new OutboundError('http_status', `The server answered with status ${status}.`, { status, retryAt });
}

/** Closes the connection rather than read what may never end. */
function discard(response: Dispatcher.ResponseData): void {
  response.body.on('error', () => {}).destroy();
}

function parseAddress(address: string, base?: URL): URL {
  const url = URL.parse(address, base?.href);
  if (!url) throw new OutboundError('invalid_url', `"${address.slice(0, 200)}" is not an address.`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new OutboundError('invalid_url', `Only http and https addresses are fetched, not "${url.protocol}".`);
  }
  url.hash = '';
  return url;
}

function credentialsOf(url: URL): { authorization?: string } {
  if (url.username === '' && url.password === '') return {};
  const pair = querystring.unescape(`${url.username}:${url.password}`);
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

function withoutCredentials(url: URL): string {
  const copy = new URL(url);
  copy.username = '';
  copy.password = '';
  return copy.href;
}

/** An address as it may be logged: a query can hold a token as well as a password can. */
function shown(address: string): string {
  const url = URL.parse(address);
  return url ? `${url.origin}${url.pathname}` : address.slice(0, 200);
}

function headerOf(response: Dispatcher.ResponseData, name: string): string | undefined {
  const value = response.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

function timedOut(timeoutMs: number): OutboundError {
  return new OutboundError('timeout', `The server took longer than ${timeoutMs / 1000} s.`);
}

function asOutboundError(error: unknown): OutboundError {
  if (error instanceof OutboundError) return error;
  const code = (error as NodeJS.ErrnoException).code;
  if (code?.endsWith('_TIMEOUT') || code === 'ETIMEDOUT') {
    return new OutboundError('timeout', 'The server did not answer in time.', { code, cause: error });
  }
  const message = code === 'ENOTFOUND' ? 'The host name is not known.' : 'The connection failed.';
  return new OutboundError('network', message, { code, cause: error });
}
