import type { SearchObject } from 'imapflow';
import type { ConnectorContext, SendCommand, SendResult, Sent } from '../../src/ingest/connector.js';
import { ConnectorError } from '../../src/ingest/connector.js';
import type { MailConfig } from './account.config.js';
import { searchUids, sentMailboxOf, withImap } from './imap.client.js';
import { smtpFault } from './mail.faults.js';
import { composeMail, type OutgoingMail } from './outgoing.mail.js';
import type { MailNetwork } from './server.address.js';
import { withSmtp } from './smtp.client.js';
import { messageIdOf } from './thread.rules.js';

/** The endpoint that providers count. */
const SENDING = 'smtp';
/** Servers that keep what is sent through them by themselves. */
const KEEPS_SENT = /(?:^|\.)(?:gmail\.com|googlemail\.com|office365\.com|outlook\.com)$/;

/** Sends over SMTP, and puts a copy where sent mail is kept. The mail may still come back: receipts tell. */
export async function sendMail(
  context: ConnectorContext<MailConfig>,
  command: SendCommand,
  network: MailNetwork,
): Promise<SendResult> {
  const { config, signal, now } = context;
  const server = config.smtp;
  try {
    if (!server) throw cannotSend();
    const mail = await composeMail(config, command);
    await context.limits.take(SENDING);
    await withSmtp({ config, server, network, signal }, session => session.send(mail.envelope, mail.raw));
    await keepCopy(context, mail, network).catch(error => {
      context.log.warn({ reason: (error as Error).message }, 'A sent mail could not be copied into the sent mailbox');
    });
    return { state: 'sent', ref: { id: mail.messageId }, replyTo: mail.replyTo };
  } catch (error) {
    const { isOnItsWay = false } = error as { isOnItsWay?: boolean };
    const fault = smtpFault(error, { isOnItsWay, now: now() });
    if (fault.mayHaveHappened) return { state: 'unknown' };
    if (fault.class === 'rate' && fault.retryAt) {
      await context.limits.observe(SENDING, { remaining: 0, resetsAt: fault.retryAt });
    }
    throw new ConnectorError(fault, { cause: error });
  }
}

function cannotSend(): ConnectorError {
  return new ConnectorError({
    class: 'invalid',
    message: 'This account has no server to send through.',
    scope: 'account',
  });
}

/** Once: what the server has put there by itself is left alone. */
async function keepCopy(
  context: ConnectorContext<MailConfig>,
  mail: OutgoingMail,
  network: MailNetwork,
): Promise<void> {
  const { config, signal, now } = context;
  if (config.saveSent === 'no' || (config.saveSent === 'auto' && KEEPS_SENT.test(config.smtp!.host))) return;
  await withImap({ config, network, signal, now }, async client => {
    const path = await sentMailboxOf(client, config);
    if (!path) return;
    await client.mailboxOpen(path);
    const found = await searchUids(client, { header: { 'message-id': mail.messageId } });
    if (found.length === 0) await client.append(path, mail.raw, ['\\Seen']);
  });
}

/** Among what was sent, and among what came: a copy to ourselves or an answer proves that it went out. */
export async function findSentMail(
  context: ConnectorContext<MailConfig>,
  command: SendCommand,
  network: MailNetwork,
): Promise<Sent | null> {
  const { config, signal, now } = context;
  const id = messageIdOf(command.key, config.address);
  const isFound = await withImap({ config, network, signal, now }, async client => {
    const sent = await sentMailboxOf(client, config);
    for (const path of sent ? [sent, config.mailbox] : [config.mailbox]) {
      await client.mailboxOpen(path, { readOnly: true });
      const named: SearchObject = { or: [{ header: { 'message-id': id } }, { header: { 'in-reply-to': id } }] };
      if ((await searchUids(client, named)).length > 0) return true;
    }
    return false;
  });
  if (isFound === undefined) {
    const message = 'The sent mail could not be looked through in time.';
    throw new ConnectorError({ class: 'transient', message, scope: 'endpoint' });
  }
  if (!isFound) return null;
  const { replyTo } = await composeMail(config, command);
  return { ref: { id }, replyTo };
}
