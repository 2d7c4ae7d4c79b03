import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import type { Language } from '../../access/index.js';
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

/**
 * A customer is written to by another channel than the one they chose only when they consented to that, or spoke to us by it
 * and have not withdrawn their consent since. Throws `InputError`.
 */
export async function requireConsent(
  tx: Tx,
  { customerId, identityId, channel }: { customerId: string | null; identityId: string; channel: TicketChannel },
  language: Language,
): Promise<void> {
  const [row] = await tx.query<{ said: string | null; said_at: string | null; spoke_at: string | null }>(
    `select c.state as said, c.recorded_at as said_at,
            (select max(p.occurred_at) from posts p where p.organization_id = $1 and p.author_id = $3 and not p.own) as spoke_at
       from (select 1) one
       left join lateral (
         select state, recorded_at from consents
          where organization_id = $1 and customer_id = $2 and purpose = 'SERVICE' and channel = $4
          order by recorded_at desc, id desc limit 1) c on true`,
    [tx.scope.organizationId, customerId, identityId, CONSENT[channel] ?? ''],
  );
  const spokeAt = row?.spoke_at ? new Date(row.spoke_at) : null;
  if (row?.said === 'GRANTED') return;
  if (spokeAt && !(row?.said_at && new Date(row.said_at) > spokeAt)) return;
  const words = wordsOf(language);
  throw invalid(
    'channel',
    row?.said === 'WITHDRAWN' ? words.withdrawn(channel) : words.noConsent(channel),
    'NOT_ALLOWED',
  );
}
