import { z } from 'zod';
import {
  type ConnectorContext,
  ConnectorError,
  type FaultClass,
  faultOfStatus,
  type RateReading,
} from '../../src/ingest/connector.js';

export interface DisqusConfig {
  /** Short name of the forum, which is one site's comments. */
  forum: string;
  apiKey: string;
  /** A moderator's: shows what waits for approval and what was deleted. */
  accessToken?: string;
  api: string;
}

export type DisqusContext = ConnectorContext<DisqusConfig>;

const answerSchema = z.object({
  code: z.number(),
  response: z.unknown(),
  cursor: z
    .object({ next: z.string().nullish(), hasNext: z.boolean().catch(false) })
    .optional()
    .catch(undefined),
});

/** Disqus's own numbers for what went wrong, as its pages list them. */
const CLASSES: Record<number, FaultClass> = {
  2: 'invalid',
  4: 'auth',
  5: 'auth',
  8: 'not_found',
  11: 'auth',
  12: 'forbidden',
  13: 'rate',
  14: 'rate',
  15: 'transient',
  18: 'auth',
  22: 'forbidden',
};

/** The answer of one method of the API. Throws `ConnectorError`. */
export async function call(
  { config, http, now }: DisqusContext,
  method: string,
  query: Record<string, string | number | readonly string[] | undefined>,
): Promise<{ response: unknown; next?: string }> {
  const { api, apiKey, accessToken } = config;
  const answer = await http.request({
    url: `${api}/${method}.json`,
    query: { ...query, api_key: apiKey, ...(accessToken && { access_token: accessToken }) },
    bucket: 'api',
  });
  const read = answer.status < 500 ? answerSchema.safeParse(answer.json()) : undefined;
  if (read?.success && read.data.code === 0) {
    const { response, cursor } = read.data;
    return { response, ...(cursor?.hasNext && cursor.next && { next: cursor.next }) };
  }
  const { code, response } = read?.data ?? {};
  const said = typeof response === 'string' ? response.slice(0, 300) : undefined;
  const kind = code === undefined ? undefined : CLASSES[code];
  const fault = faultOfStatus(answer, {
    message: said ? `Disqus refused: ${said}` : `Disqus answered ${answer.status}.`,
    now: now(),
    ...(code !== undefined && { code: String(code) }),
    ...(kind && { class: kind, scope: kind === 'auth' ? 'account' : 'endpoint' }),
  });
  const retryAt = fault.retryAt ?? (fault.class === 'rate' ? limitsOf(answer)?.resetsAt : undefined);
  throw new ConnectorError({ ...fault, ...(retryAt && { retryAt }) });
}

export function limitsOf({ headers }: { headers: Record<string, string> }): RateReading | undefined {
  const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map(name => {
    const value = Number(headers[`x-ratelimit-${name}`] ?? Number.NaN);
    return Number.isFinite(value) ? value : undefined;
  });
  if (remaining === undefined && reset === undefined) return undefined;
  return {
    ...(limit !== undefined && { limit }),
    ...(remaining !== undefined && { remaining }),
    ...(reset !== undefined && { resetsAt: new Date(reset * 1000) }),
  };
}
