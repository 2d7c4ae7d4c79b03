import { z } from 'zod';

/** Up to where one mailbox was read. A UID means something only together with the UIDVALIDITY it was given under. */
export interface MailboxPosition {
  uidValidity: string;
  lastUid: number;
  highestModseq?: string;
  /** When the latest mail that was read had arrived, as an ISO time: where to look from when the UIDs have changed. */
  seenAt: string;
  /** Mail that arrived before is none of ours: reading began then. */
  since?: string;
}

/** By the mailbox's name. */
export interface MailCursor {
  mailboxes: Record<string, MailboxPosition>;
}

const cursorSchema = z.object({
  mailboxes: z.record(
    z.string(),
    z.object({
      uidValidity: z.string(),
      lastUid: z.number().int().min(0),
      highestModseq: z.string().optional(),
      seenAt: z.iso.datetime(),
      since: z.iso.datetime().optional(),
    }),
  ),
});

/** A copy to be moved on; empty where there is none, or none that can be read. */
export function openCursor(stored: unknown): MailCursor {
  const parsed = cursorSchema.safeParse(stored);
  return parsed.success ? parsed.data : { mailboxes: {} };
}
