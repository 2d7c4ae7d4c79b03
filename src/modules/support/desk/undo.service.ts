import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { visibleId } from '../../access/index.js';
import { type Writer, withdrawReply } from '../../social/index.js';
import { TicketMessage } from '../tickets/ticket-message.entity.js';
import { wordsOf } from './desk.words.js';
import { moveWaiting } from './turn.service.js';

/**
 * Takes an answer back that has not gone out; its ticket stands again where it stood. The reply is locked first, as by whoever
 * sends it, so that one of both is too late. Throws `InputError`.
 */
export async function undoReply(
  tx: Tx,
  { viewer, language }: Writer,
  id: string,
): Promise<{ messageId: string; ticketId: string }> {
  const messageId = await visibleId(tx, viewer, TicketMessage, id, 'messageId');
  const [message] = await tx.query<{ kind: string; reply_id: string | null; ticket_id: string }>(
    'select kind, reply_id, ticket_id from ticket_messages where organization_id = $1 and id = $2',
    [tx.scope.organizationId, messageId],
  );
  if (message?.kind !== 'AGENT')
    throw invalid('messageId', 'Only an answer to the customer can be taken back.', 'NOT_ALLOWED');
  const isInTime = message.reply_id
    ? await withdrawReply(tx, message.reply_id)
    : await moveWaiting(tx, messageId, 'CANCELLED');
  if (!isInTime) throw invalid('messageId', wordsOf(language).tooLate, 'CONFLICT');
  return { messageId, ticketId: message.ticket_id };
}
