import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import type { Language } from '../../access/index.js';
import { onSending } from '../../social/index.js';
import { TicketChannel } from '../tickets/ticket.states.rules.js';
import { wordsOf } from './desk.words.js';

/** Under which channel a customer consents to being written to by one of ours. */
const CONSENT: Partial<Record<TicketChannel, string>> = {
  EMAIL: 'EMAIL',
  SMS: 'SMS',
  FAX: 'PHONE',
  CALL: 'PHONE',
  CHAT: 'MESSAGING',
  SOCIAL: 'SOCIAL',
};

interface Row {
  said: string | null;
  said_at: string | null;
  spoke_at: string | null;
}

/** What was said last about being written to by a `way` (customer_id, identity_id, channel), and when somebody last spoke by it. */
const saidOf = (way: string): string =>
  `select c.state as said, c.recorded_at as said_at,
          (select max(p.occurred_at) from posts p where p.organization_id = $1 and p.author_id = way.identity_id and not p.own) as spoke_at
     from (${way}) way
     left join lateral (
       select state, recorded_at from consents
        where organization_id = $1 and customer_id = way.customer_id and purpose = 'SERVICE' and channel = $2::jsonb ->> way.channel
        order by recorded_at desc, id desc limit 1) c on true`;

/** Whether somebody may be written to: they agreed, or spoke to us by that way and have not withdrawn their consent since. */
function isAllowed(row: Row | undefined): boolean {
  if (row?.said === 'GRANTED') return true;
  const spokeAt = row?.spoke_at ? new Date(row.spoke_at) : null;
  return spokeAt !== null && !(row?.said_at && new Date(row.said_at) > spokeAt);
}

/** A customer is written to by another channel than the one they chose only when that is allowed. Throws `InputError`. */
export async function requireConsent(
  tx: Tx,
  { customerId, identityId, channel }: { customerId: string | null; identityId: string; channel: TicketChannel },
  language: Language,
): Promise<void> {
  const [row] = await tx.query<Row>(
    saidOf('select $3::uuid as customer_id, $4::uuid as identity_id, $5::text as channel'),
    [tx.scope.organizationId, CONSENT, customerId, identityId, channel],
  );
  if (isAllowed(row)) return;
  const words = wordsOf(language);
  throw invalid(
    'channel',
    row?.said === 'WITHDRAWN' ? words.withdrawn(channel) : words.noConsent(channel),
    'NOT_ALLOWED',
  );
}

// Between writing and sending there may be days in which somebody changes their mind.
onSending(async (tx, replyId) => {
  const [row] = await tx.query<Row>(
    saidOf(`select t.customer_id, r.recipient_identity_id as identity_id, m.channel from replies r
              join ticket_messages m on m.organization_id = $1 and m.reply_id = coalesce(r.thread_id, r.id)
              join tickets t on t.organization_id = $1 and t.id = m.ticket_id
             where r.organization_id = $1 and r.id = $3`),
    [tx.scope.organizationId, CONSENT, replyId],
  );
  return row?.said === 'WITHDRAWN' && !isAllowed(row) ? 'CONSENT_WITHDRAWN' : null;
});
