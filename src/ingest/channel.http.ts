import { parseRetryAfter } from '../platform/outbound.error.js';
import { type Outbound, OutboundError, type OutboundRequest, type OutboundResponse } from '../platform/outbound.js';
import {
  type ChannelHttp,
  type Connector,
  ConnectorError,
  type Fault,
  type FormPart,
  type HttpRequest,
  type HttpResponse,
  type Limits,
  type RateReading,
} from './connector.js';

export interface ChannelHttpOptions {
  outbound: Outbound;
  limits: Limits;
  limitsOf?: NonNullable<Connector['limitsOf']>;
  /** Ends whatever is under way. */
  signal: AbortSignal;
}

/** HTTP as adapters use it: through the guarded client, each request counted against its bucket, failures in the port's words. */
export function channelHttp({ outbound, limits, limitsOf, signal }: ChannelHttpOptions): ChannelHttp {
  return {
    async request(request) {
      // What is stopped before it begins has certainly not happened.
      if (signal.aborted)
        throw new ConnectorError({ ...TRANSIENT, message: 'The request was stopped.', code: 'aborted' });
      if (request.bucket) await limits.take(request.bucket);
      const writes = (request.method ?? 'GET') !== 'GET';
      const answer = await outbound.request(addressOf(request), { ...encode(request), signal }).catch(error => {
        throw new ConnectorError(faultOfOutbound(error, writes), { cause: error });
      });
      const reading = request.bucket && (limitsOf?.(answer, new Date()) ?? readingOf(answer));
      // What was done is done, whether or not we can note how much of the limit it took.
      if (request.bucket && reading) await limits.observe(request.bucket, reading).catch(() => {});
      return responseOf(answer, writes);
    },
  };
}

/** A refusal that says when to come back speaks for all of us, in networks without headers of their own too. */
function readingOf({ status, headers }: OutboundResponse): RateReading | undefined {
  const resetsAt = status === 429 ? parseRetryAfter(headers['retry-after'], new Date()) : undefined;
  return resetsAt && { remaining: 0, resetsAt };
}

const TRANSIENT = { class: 'transient', scope: 'endpoint' } as const;

function addressOf({ url, query = {} }: HttpRequest): string {
  const address = URL.parse(url);
  if (!address) return url;
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const each of Array.isArray(value) ? value : [value]) address.searchParams.append(name, String(each));
  }
  return address.href;
}

function encode(request: HttpRequest): OutboundRequest {
  const { method, headers, timeoutMs, maxBytes, json, form, multipart, body } = request;
  const { type, bytes } =
    json !== undefined
      ? { type: 'application/json', bytes: JSON.stringify(json) }
      : form
        ? { type: 'application/x-www-form-urlencoded', bytes: new URLSearchParams(form).toString() }
        : multipart
          ? encodeParts(multipart)
          : { type: undefined, bytes: body };
  return {
    ...(method && { method }),
    ...(timeoutMs && { timeoutMs }),
    ...(maxBytes && { maxBytes }),
    ...(bytes !== undefined && { body: bytes }),
    headers: { ...(type && { 'content-type': type }), ...headers },
  };
}

/** RFC 7578. */
function encodeParts(parts: FormPart[]): { type: string; bytes: Buffer } {
  const boundary = `vinculo-${crypto.randomUUID()}`;
  const quoted = (text: string) => text.replace(/["\r\n]/g, found => encodeURIComponent(found));
  const pieces = parts.flatMap(({ name, value, fileName, type }) => [
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="${quoted(name)}"` +
        `${fileName === undefined ? '' : `; filename="${quoted(fileName)}"`}\r\n` +
        `${type ? `content-type: ${quoted(type)}\r\n` : ''}\r\n`,
    ),
    Buffer.from(value),
    Buffer.from('\r\n'),
  ]);
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    bytes: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]),
  };
}

function responseOf({ status, headers, body }: OutboundResponse, writes: boolean): HttpResponse {
  return {
    status,
    headers,
    body,
    text: () => body.toString('utf8'),
    json() {
      try {
        return JSON.parse(body.toString('utf8'));
      } catch (cause) {
        const message = `The network answered ${status} with something other than JSON.`;
        // It was accepted: only what came of it cannot be read.
        const isDone = writes && status >= 200 && status <= 299;
        throw new ConnectorError({ ...TRANSIENT, message, ...(isDone && { mayHaveHappened: true }) }, { cause });
      }
    },
  };
}

/** Reasons of ours: nothing was sent, and nothing will be. An address is not repeated, as it may hold a token. */
const REFUSALS: Record<string, string | undefined> = {
  invalid_url: 'This is not an http or https address.',
  blocked_address: 'The address leads to a network that is not asked.',
  UND_ERR_INVALID_ARG: 'The request holds something that cannot be sent.',
};
/** A name that is not known or a connection that was refused carried nothing there. */
const NEVER_LEFT = new Set(['ENOTFOUND', 'ECONNREFUSED', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

function faultOfOutbound(error: unknown, writes: boolean): Fault {
  if (!(error instanceof OutboundError)) throw error;
  const { reason, code = '', message } = error;
  const refusal = REFUSALS[reason] ?? REFUSALS[code];
  if (refusal) return { class: 'invalid', message: refusal, scope: 'endpoint', code: reason };
  return { ...TRANSIENT, message, code: reason, ...(writes && !NEVER_LEFT.has(code) && { mayHaveHappened: true }) };
}
