export interface ChannelHttp {
  /**
   * Answers every status; redirects of a GET are followed. Throws `ConnectorError`: `transient` when there was no answer (with
   * `mayHaveHappened` when something may have been written), `rate` when the bucket is empty, `invalid` for an address that
   * is not allowed.
   */
  request(request: HttpRequest): Promise<HttpResponse>;
}

/** At most one of `json`, `form`, `multipart` and `body`. */
export interface HttpRequest {
  /** GET unless given. */
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  query?: Record<string, string | number | boolean | readonly string[] | undefined>;
  /** Names in lower case. */
  headers?: Record<string, string>;
  json?: unknown;
  form?: Record<string, string>;
  multipart?: FormPart[];
  body?: Buffer;
  /** The endpoint as the network counts it: requests of one account to one bucket share a limit. None: not counted. */
  bucket?: string;
  /** 30,000 unless given. */
  timeoutMs?: number;
  /** Largest answer, unpacked; 5 MiB unless given. */
  maxBytes?: number;
}

export interface FormPart {
  name: string;
  value: string | Buffer;
  fileName?: string;
  type?: string;
}

export interface HttpResponse {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: Buffer;
  text(): string;
  /** Throws `ConnectorError` of class `transient` when the answer is not JSON. */
  json(): unknown;
}

/** What a network says of one limit. */
export interface RateReading {
  limit?: number;
  remaining?: number;
  resetsAt?: Date;
}

/** One bucket for each account and endpoint, shared by all processes. Reading leaves a fifth of it for replies. */
export interface Limits {
  /** Throws `ConnectorError` of class `rate`, with when to come back, when there is nothing left. */
  take(bucket: string): Promise<void>;
  observe(bucket: string, reading: RateReading): Promise<void>;
}

/** What reading costs where a network bills it, counted for each account against its budget of the month. */
export interface Costs {
  /**
   * Sets aside what a request may cost at most, in millionths of a US dollar. Throws `ConnectorError` of class `quota`, before anything
   * is spent, when the budget does not allow it. `settle` says how many units it really were.
   */
  reserve(spending: {
    unit: string;
    most: number;
    microsEach: number;
  }): Promise<{ settle(units: number): Promise<void> }>;
}
