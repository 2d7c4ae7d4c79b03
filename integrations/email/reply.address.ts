import type { Email } from 'postal-mime';
import { z } from 'zod';
import { flatten } from './address.list.js';
import { messageIds, referencesOf } from './thread.rules.js';

const MOST_PEOPLE = 20;
const LARGEST_JSON = 7000;

const addressSchema = z.string().max(320);
const replyToSchema = z.object({
  messageId: z.string().max(1000).optional().catch(undefined),
  references: z.array(z.string().max(1000)).catch([]),
  subject: z.string().catch(''),
  from: addressSchema.optional().catch(undefined),
  to: z.array(addressSchema).catch([]),
  cc: z.array(addressSchema).catch([]),
});

/** What it takes to answer a mail. `from` is where answers go; for a mail of ours they go to whom it went. */
export type ReplyTo = z.infer<typeof replyToSchema>;

/** Of a mail without an id, `messageId` is absent. Fits into the 8 KB that are kept. */
export function replyToOf(
  mail: Email,
  { id, own, address }: { id: string | undefined; own: boolean; address: string },
): ReplyTo {
  const others = (fields: Email['to']) =>
    unique(flatten(fields ?? []).map(each => each.address.toLowerCase())).filter(each => each !== address);
  const [from] = own ? others(mail.to) : unique(flatten([...(mail.replyTo ?? []), mail.from]).map(it => it.address));
  const thread = messageIds(mail.references);
  const replyTo: ReplyTo = {
    ...(id && { messageId: id }),
    references: id ? referencesOf(thread.length > 0 ? thread : messageIds(mail.inReplyTo), id).slice(0, -1) : [],
    subject: (mail.subject ?? '').toWellFormed().replace(/\s+/g, ' ').trim().slice(0, 500),
    ...(from && { from }),
    to: others(mail.to).slice(0, MOST_PEOPLE),
    cc: others(mail.cc).slice(0, MOST_PEOPLE),
  };
  while (JSON.stringify(replyTo).length > LARGEST_JSON) {
    if (replyTo.references.length > 1) replyTo.references.splice(1, 1);
    else if (!(replyTo.cc.pop() ?? replyTo.to.pop())) break;
  }
  return replyTo;
}

export function readReplyTo(stored: unknown): ReplyTo {
  return replyToSchema.parse(typeof stored === 'object' && stored !== null ? stored : {});
}

function unique(addresses: string[]): string[] {
  return [...new Set(addresses)];
}
