/** Why a fetch failed. `aborted` is the caller's own signal; every other reason is about the address or what it answered. */
export type OutboundReason =
  | 'invalid_url'
  | 'blocked_address'
  | 'too_many_redirects'
  | 'http_status'
  | 'too_large'
  | 'bad_encoding'
  | 'not_text'
  | 'not_accepted'
  | 'timeout'
  | 'aborted'
  | 'network';

interface OutboundErrorDetails {
  /** The HTTP status, with reason `http_status`. */
  status?: number;
  /** When the server asks us to come back (Retry-After), with reason `http_status`. */
  retryAt?: Date;
  /** The system's or the client library's own code, such as ENOTFOUND, with reason `network`. */
  code?: string;
  cause?: unknown;
}

/** What every fetch through the outbound client fails with. The message never tells which address a name led to. */
export class OutboundError extends Error {
  override readonly name = 'OutboundError';
  readonly status: number | undefined;
  readonly retryAt: Date | undefined;
  readonly code: string | undefined;
  constructor(
    readonly reason: OutboundReason,
    message: string,
    details: OutboundErrorDetails = {},
  ) {
    super(message, { cause: details.cause });
    this.status = details.status;
    this.retryAt = details.retryAt;
    this.code = details.code;
  }
}

/** Reads a Retry-After header: seconds from `now`, or an HTTP date. Undefined when it is absent or neither. */
export function parseRetryAfter(value: string | undefined, now: Date): Date | undefined {
  const text = value?.trim();
  if (!text) return undefined;
  const time = /^\d{1,9}$/.test(text) ? now.getTime() + Number(text) * 1000 : Date.parse(text);
  return Number.isNaN(time) ? undefined : new Date(Math.max(time, now.getTime()));
}
