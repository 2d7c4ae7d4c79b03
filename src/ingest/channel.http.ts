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
      if (request.bucket) await limits.take(request.bucket);
      const writes = (request.method ?? 'GET') !== 'GET';
      const answer = await outbound.request(addressOf(request), { ...encode(request), signal }).catch(error => {
        throw new ConnectorError(faultOfOutbound(error, writes), { cause: error });
      });
      const reading = request.bucket ? limitsOf?.(answer, new Date()) : undefined;
      if (request.bucket && reading) await limits.observe(request.bucket, reading);
      return responseOf(answer);
    },
  };
}

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

function responseOf({ status, headers, body }: OutboundResponse): HttpResponse {
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
        throw new ConnectorError({ class: 'transient', message, scope: 'endpoint' }, { cause });
      }
    },
  };
}

function faultOfOutbound(error: unknown, writes: boolean): Fault {
  if (!(error instanceof OutboundError)) throw error;
  const { reason, message, retryAt } = error;
  const isOurs = reason === 'invalid_url' || reason === 'blocked_address';
  const fault: Fault = { class: isOurs ? 'invalid' : 'transient', message, scope: 'endpoint', code: reason };
  // A name that is not known or a connection that was refused carried nothing there.
  const neverLeft =
    isOurs || ['ENOTFOUND', 'ECONNREFUSED', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'].includes(error.code ?? '');
  return { ...fault, ...(retryAt && { retryAt }), ...(writes && !neverLeft && { mayHaveHappened: true }) };
}
