import { parseRetryAfter } from '../platform/outbound.error.js';
import type { HttpResponse } from './connector.http.js';

export type RenderCode =
  | 'EMPTY'
  | 'TEXT_TOO_LONG'
  | 'MENTION_ADDED'
  | 'LINKS_COUNT_SHORT'
  | 'SEGMENTS'
  | 'UNICODE_SEGMENTS'
  | 'NOT_SUMMONED'
  | 'WINDOW_CLOSED'
  | 'TEMPLATE_NEEDED'
  | 'ONLY_ONCE'
  | 'VISIBILITY_KEPT'
  | 'WARNING_KEPT'
  | 'MEDIA_NOT_POSSIBLE'
  | 'TOO_MANY_MEDIA'
  | 'MEDIA_TOO_LARGE'
  | 'TOO_MANY_TAGS'
  | 'TOO_MANY_LINKS'
  | 'OPTED_OUT'
  | 'COMMENTS_CLOSED'
  | 'NOT_POSSIBLE';

export type FaultClass =
  | 'auth'
  | 'forbidden'
  | 'not_found'
  | 'invalid'
  | 'duplicate'
  | 'window_closed'
  | 'rate'
  | 'quota'
  | 'transient'
  | 'unknown';

export interface Fault {
  class: FaultClass;
  message: string;
  retryAt?: Date;
  /** The network's own code, for its support pages. */
  code?: string;
  scope: 'account' | 'app' | 'endpoint' | 'message';
  /** Something may have been written all the same: it must be looked for before it is tried again. */
  mayHaveHappened?: boolean;
}

/** The one error an adapter throws: what went wrong, in words the whole product understands. */
export class ConnectorError extends Error {
  override readonly name = 'ConnectorError';
  constructor(
    readonly fault: Fault,
    options?: { cause?: unknown },
  ) {
    super(fault.message, options);
  }
}

const CLASS_OF_STATUS: Record<number, FaultClass> = {
  401: 'auth',
  403: 'forbidden',
  404: 'not_found',
  408: 'transient',
  409: 'duplicate',
  410: 'not_found',
  425: 'transient',
  429: 'rate',
};

/**
 * What a status means where a network says nothing more exact: `said` overrides it. A failure of the other side on something
 * that writes may have happened all the same.
 */
export function faultOfStatus(
  response: Pick<HttpResponse, 'status' | 'headers'>,
  said: Partial<Fault> & { message: string; writes?: boolean; now?: Date },
): Fault {
  const { writes = false, now = new Date(), ...rest } = said;
  const { status, headers } = response;
  const retryAt = parseRetryAfter(headers['retry-after'], now);
  return {
    class: CLASS_OF_STATUS[status] ?? (status >= 500 ? 'transient' : 'invalid'),
    code: String(status),
    scope: status === 401 ? 'account' : status === 429 ? 'endpoint' : 'message',
    ...(retryAt && { retryAt }),
    ...(writes && status >= 500 && { mayHaveHappened: true }),
    ...rest,
  };
}
