import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import {
  type ConnectorContext,
  ConnectorError,
  type HttpRequest,
  type HttpResponse,
} from '../../src/ingest/connector.js';
import { faultOfAnswer } from './instance.faults.js';
import type { Place } from './source.config.js';
import { type Account, account } from './status.shape.js';

/** One instance, asked as one account or as nobody. */
export interface InstanceClient {
  place: Place;
  /** Answers 2xx, or a status among `accepts`; throws `ConnectorError` otherwise. */
  call(call: InstanceCall): Promise<HttpResponse>;
  /** The account the token belongs to. */
  whoami(options?: { anew: boolean }): Promise<Account>;
  describe(): Promise<InstanceDescription>;
}

export interface InstanceCall extends Pick<HttpRequest, 'query' | 'json' | 'multipart' | 'headers'> {
  method?: 'GET' | 'POST' | 'DELETE';
  path: string;
  accepts?: number[];
  /** What of the instance's limits it counts against. Pages are a limit of their own. */
  bucket?: 'api' | 'paging' | 'media' | 'deletions';
  /** Whether people would see what it does: its loss has then to be looked into. */
  isPublic?: boolean;
}

export interface InstanceDescription {
  /** What stands behind the @ in its accounts' names: not always the host it is reached at. */
  domain: string;
  streamingUrl: string;
  maxCharacters: number;
  charactersPerUrl: number;
}

const KEPT_MS = 60 * 60_000;
const positive = z.int().positive().optional().catch(undefined);
export const instanceShape = z.object({
  domain: z.string().max(253).optional().catch(undefined),
  // Before version 4 the instance called itself `uri`, and said less.
  uri: z.string().max(253).optional().catch(undefined),
  urls: z.object({ streaming_api: z.string().optional() }).optional().catch(undefined),
  configuration: z
    .object({
      urls: z.object({ streaming: z.string().optional() }).optional().catch(undefined),
      statuses: z
        .object({ max_characters: positive, characters_reserved_per_url: positive })
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
});

/** What instances and tokens say of themselves is remembered for an hour. */
export function instanceClients(): (context: ConnectorContext<Place>) => InstanceClient {
  const instances = new LRUCache<string, InstanceDescription>({ max: 1000, ttl: KEPT_MS });
  const accounts = new LRUCache<string, Account>({ max: 1000, ttl: KEPT_MS });

  return context => {
    const { config: place, http } = context;
    const key = createHash('sha256').update(`${place.origin} ${place.accessToken}`).digest('base64url');

    async function call(request: InstanceCall): Promise<HttpResponse> {
      const { path, accepts = [], bucket = 'api', isPublic = false, headers, ...rest } = request;
      const sent = http.request({
        ...rest,
        url: place.origin + path,
        headers: { ...headers, ...(place.accessToken && { authorization: `Bearer ${place.accessToken}` }) },
        bucket,
      });
      const response = isPublic ? await sent : await silently(sent);
      if ((response.status >= 200 && response.status < 300) || accepts.includes(response.status)) return response;
      const fault = faultOfAnswer(response, path, context.now());
      if (isPublic && response.status >= 500) fault.mayHaveHappened = true;
      throw new ConnectorError(fault);
    }

    return {
      place,
      call,
      async whoami({ anew } = { anew: false }) {
        const known = anew ? undefined : accounts.get(key);
        if (known) return known;
        const path = '/api/v1/accounts/verify_credentials';
        const found = readAnswer(await call({ path }), account, path);
        accounts.set(key, found);
        return found;
      },
      async describe() {
        const known = instances.get(place.origin);
        if (known) return known;
        const newer = await call({ path: '/api/v2/instance', accepts: [404] });
        const response = newer.status === 404 ? await call({ path: '/api/v1/instance' }) : newer;
        const description = descriptionOf(readAnswer(response, instanceShape, 'instance'), place);
        instances.set(place.origin, description);
        return description;
      },
    };
  };
}

export function descriptionOf(
  said: z.infer<typeof instanceShape>,
  { instance, origin }: Pick<Place, 'instance' | 'origin'>,
): InstanceDescription {
  const { urls, statuses } = said.configuration ?? {};
  return {
    domain: (said.domain ?? said.uri?.replace(/^https?:\/\//, '') ?? instance).toLowerCase(),
    streamingUrl: urls?.streaming ?? said.urls?.streaming_api ?? origin,
    maxCharacters: statuses?.max_characters ?? 500,
    charactersPerUrl: statuses?.characters_reserved_per_url ?? 23,
  };
}

/** Throws `ConnectorError` of class `transient` when the instance says something else than Mastodon would. */
export function readAnswer<Shape extends z.ZodType>(
  response: HttpResponse,
  shape: Shape,
  asked: string,
): z.infer<Shape> {
  const parsed = shape.safeParse(response.json());
  if (parsed.success) return parsed.data;
  throw new ConnectorError({
    class: 'transient',
    message: `${asked}: the answer could not be read`,
    scope: 'endpoint',
  });
}

/** An upload that got lost is nothing anybody could see. */
async function silently(request: Promise<HttpResponse>): Promise<HttpResponse> {
  try {
    return await request;
  } catch (error) {
    if (!(error instanceof ConnectorError) || !error.fault.mayHaveHappened) throw error;
    const { mayHaveHappened: _, ...fault } = error.fault;
    throw new ConnectorError(fault, { cause: error });
  }
}
