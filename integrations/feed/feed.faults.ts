import { ConnectorError, type Fault, type FaultClass } from '../../src/ingest/connector.js';
import { OutboundError, type OutboundReason } from '../../src/platform/outbound.js';

/** A source that a person must mend: another address, another feed. */
export function invalidFeed(message: string, cause?: unknown): ConnectorError {
  return new ConnectorError({ class: 'invalid', message, scope: 'endpoint' }, { cause });
}

const BY_STATUS: Record<number, FaultClass> = {
  401: 'forbidden',
  403: 'forbidden',
  404: 'not_found',
  408: 'transient',
  410: 'not_found',
  425: 'transient',
  429: 'rate',
};

const BY_REASON: Record<Exclude<OutboundReason, 'http_status'>, FaultClass> = {
  invalid_url: 'invalid',
  blocked_address: 'invalid',
  too_many_redirects: 'invalid',
  too_large: 'invalid',
  bad_encoding: 'invalid',
  not_text: 'invalid',
  not_accepted: 'invalid',
  timeout: 'transient',
  aborted: 'transient',
  network: 'transient',
};

/** What a failed reading is called in the words of the port. Anything that is neither error of ours is class `unknown`. */
export function toConnectorError(error: unknown): ConnectorError {
  if (error instanceof ConnectorError) return error;
  return new ConnectorError(faultOf(error), { cause: error });
}

function faultOf(error: unknown): Fault {
  if (!(error instanceof OutboundError)) {
    return { class: 'unknown', message: 'The feed could not be read.', scope: 'endpoint' };
  }
  if (error.reason !== 'http_status') {
    return {
      class: BY_REASON[error.reason],
      message: error.message,
      code: error.code ?? error.reason,
      scope: 'endpoint',
    };
  }
  const status = error.status ?? 0;
  return {
    class: BY_STATUS[status] ?? (status >= 500 ? 'transient' : 'invalid'),
    message: error.message,
    code: String(status),
    retryAt: error.retryAt,
    scope: 'endpoint',
  };
}
