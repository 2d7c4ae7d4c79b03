import { z } from 'zod';
import {
  type ChannelHttp,
  ConnectorError,
  type Fault,
  type FaultClass,
  type FormPart,
} from '../../src/ingest/connector.js';
import { jsonOf } from '../../src/platform/json.text.js';

const answerSchema = z.object({
  ok: z.boolean(),
  result: z.unknown().optional(),
  description: z.string().optional().catch(undefined),
  error_code: z.number().optional().catch(undefined),
  parameters: z
    .object({ retry_after: z.number().optional(), migrate_to_chat_id: z.number().optional() })
    .optional()
    .catch(undefined),
});

/** A group that became a supergroup has another id from then on. */
export class ChatMoved extends ConnectorError {
  constructor(readonly chatId: string) {
    super({ class: 'not_found', message: 'The group has moved.', scope: 'message' });
  }
}

export interface Call {
  http: ChannelHttp;
  origin: string;
  token: string;
  method: string;
  /** Sent as JSON, or beside files as form fields. */
  parameters?: Record<string, unknown>;
  files?: FormPart[];
  writes?: boolean;
  timeoutMs?: number;
  now: Date;
}

/** Calls one method of the Bot API and answers its result. Throws `ConnectorError`, without the token, which is part of the address. */
export async function callBot(call: Call): Promise<unknown> {
  const { http, origin, token, method, parameters = {}, files = [], writes = false, timeoutMs, now } = call;
  const fields = Object.entries(parameters).map(([name, value]) => ({
    name,
    value: typeof value === 'string' ? value : JSON.stringify(value),
  }));
  const response = await http
    .request({
      method: 'POST',
      url: `${origin}/bot${token}/${method}`,
      ...(files.length > 0 ? { multipart: [...fields, ...files] } : { json: parameters }),
      ...(timeoutMs && { timeoutMs }),
    })
    .catch(error => {
      // Asking for news writes nothing, though it is a POST.
      if (error instanceof ConnectorError && !writes)
        throw new ConnectorError({ ...error.fault, mayHaveHappened: false }, { cause: error });
      throw error;
    });
  const answer = answerSchema.safeParse(jsonOf(response.body));
  if (answer.success && answer.data.ok) return answer.data.result;
  const { description, error_code, parameters: more } = answer.data ?? {};
  if (more?.migrate_to_chat_id) throw new ChatMoved(String(more.migrate_to_chat_id));
  throw new ConnectorError(
    faultOf(error_code ?? response.status, description ?? `Telegram answered ${response.status}.`, {
      writes,
      retryAfter: more?.retry_after,
      now,
    }),
  );
}

const CLASSES: Record<number, FaultClass> = {
  401: 'auth',
  403: 'forbidden',
  // A token that never was one: the address leads nowhere.
  404: 'auth',
  409: 'duplicate',
  429: 'rate',
};

function faultOf(code: number, message: string, given: { writes: boolean; retryAfter?: number; now: Date }): Fault {
  const isMissing = /chat not found|message to (be replied|edit|delete) not found/i.test(message);
  // A server of the Bot API of one's own may be older than the method; that says nothing of the token.
  const isUnknown = /method not found/i.test(message);
  const cls = isUnknown
    ? 'invalid'
    : isMissing
      ? 'not_found'
      : (CLASSES[code] ?? (code >= 500 ? 'transient' : code >= 400 ? 'invalid' : 'transient'));
  return {
    class: cls,
    message,
    code: String(code),
    scope: cls === 'auth' ? 'account' : 'message',
    ...(given.retryAfter !== undefined && { retryAt: new Date(given.now.getTime() + given.retryAfter * 1000) }),
    // Under a status of success something was done, whatever stands in the answer.
    ...(given.writes && (code >= 500 || code < 300) && { mayHaveHappened: true }),
  };
}
