import { z } from 'zod';
import { type HookContext, PostKind, type RawRequest, type UpsertEvent } from '../../src/ingest/connector.js';
import { visitorOf } from './embed.signature.js';
import type { WebConfig } from './site.config.js';

export const LONGEST_MESSAGE = 4000;

const chat = z.object({
  kind: z.literal('chat'),
  visitor: z.string(),
  /** Made by the browser: the same message sent again has the same one. */
  id: z.string().regex(/^[\w-]{8,64}$/),
  text: z.string().trim().min(1).max(LONGEST_MESSAGE),
  name: z.string().trim().max(200).optional().catch(undefined),
  page: z.string().trim().max(2000).optional().catch(undefined),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[\w-]{1,20})?$/i)
    .optional()
    .catch(undefined),
});
export type ChatMessage = z.infer<typeof chat>;

/** What the widget sent; undefined when it was not the widget, null when it is nothing that can be taken. */
export function readChat({ headers, body }: Pick<RawRequest, 'headers' | 'body'>): ChatMessage | null | undefined {
  if (!headers['content-type']?.toLowerCase().includes('json')) return undefined;
  try {
    const given: unknown = JSON.parse(body.toString('utf8'));
    if ((given as { kind?: unknown } | null)?.kind !== 'chat') return undefined;
    return chat.safeParse(given).data ?? null;
  } catch {
    return undefined;
  }
}

/** What a visitor wrote: undefined when the token is not ours. Its id lies in the visitor's own space, so nobody else's can be meant. */
export function chatEvent(context: HookContext<WebConfig>, message: ChatMessage): UpsertEvent | undefined {
  const visitor = visitorOf(context.hookSecret, message.visitor);
  if (!visitor) return undefined;
  const { id, text, name, page, language } = message;
  return {
    op: 'upsert',
    ref: { id: `${visitor}:${id}`, ...(page && /^https?:\/\//.test(page) && { url: page }) },
    revision: '1',
    kind: PostKind.DIRECT_MESSAGE,
    author: { id: visitor, ...(name && { displayName: name }) },
    own: false,
    root: { id: visitor },
    occurredAt: context.now(),
    text,
    ...(language && { language }),
    media: [],
    auto: false,
    replyability: { public: false, private: true },
    replyTo: { visitor },
  };
}
