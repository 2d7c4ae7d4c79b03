import { z } from 'zod';

const party = z
  .object({ name: z.string().catch(''), number: z.string().catch('') })
  .optional()
  .catch(undefined);

/** A channel as ARI shows it, as far as a call is told by it. */
export const ariChannel = z.object({
  id: z.string().min(1).max(150),
  name: z.string().catch(''),
  state: z.string().catch('Unknown'),
  caller: party,
  connected: party,
  dialplan: z
    .object({ exten: z.string().catch(''), app_name: z.string().catch(''), app_data: z.string().catch('') })
    .optional()
    .catch(undefined),
  creationtime: z.string().optional().catch(undefined),
  channelvars: z.record(z.string(), z.string()).optional().catch(undefined),
});
export type AriChannel = z.infer<typeof ariChannel>;

const ariEvent = z.object({
  type: z.string(),
  timestamp: z.string().optional().catch(undefined),
  application: z.string().optional().catch(undefined),
  channel: ariChannel.optional().catch(undefined),
  caller: ariChannel.optional().catch(undefined),
  peer: ariChannel.optional().catch(undefined),
  dialstatus: z.string().optional().catch(undefined),
  cause: z.number().optional().catch(undefined),
  cause_txt: z.string().optional().catch(undefined),
  bridge: z.object({ id: z.string() }).optional().catch(undefined),
  recording: z
    .object({ name: z.string(), format: z.string(), target_uri: z.string(), state: z.string().catch('') })
    .optional()
    .catch(undefined),
});
export type AriEvent = z.infer<typeof ariEvent> & { at: Date };

/** An event of the stream; undefined for what is none. `+0000` is as Asterisk writes it. */
export function readEvent(frame: string, now: Date): AriEvent | undefined {
  try {
    const event = ariEvent.parse(JSON.parse(frame));
    return { ...event, at: timeOf(event.timestamp) ?? now };
  } catch {
    return undefined;
  }
}

export function timeOf(given: string | undefined): Date | undefined {
  const at = new Date((given ?? '').replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return Number.isNaN(at.getTime()) ? undefined : at;
}
