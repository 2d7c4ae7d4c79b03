import type { CheckResult, ConnectorContext, Fault } from '../../src/ingest/connector.js';
import { ConnectorError } from '../../src/ingest/connector.js';
import type { MailConfig } from './account.config.js';
import { withImap } from './imap.client.js';
import { smtpFault } from './mail.faults.js';
import type { MailNetwork } from './server.address.js';
import { withSmtp } from './smtp.client.js';

/** Logs in where mail is read and where it is sent. */
export async function checkMail(context: ConnectorContext<MailConfig>, network: MailNetwork): Promise<CheckResult> {
  const { config, signal, now } = context;
  const { address, fromName, smtp, mailbox } = config;
  try {
    const isReadable = await withImap({ config, network, signal, now }, async client => {
      await client.mailboxOpen(mailbox, { readOnly: true });
      return true;
    });
    if (!isReadable) return { ok: false, problem: timedOut() };
  } catch (error) {
    return { ok: false, problem: error instanceof ConnectorError ? error.fault : timedOut() };
  }
  try {
    if (smtp) await withSmtp({ config, server: smtp, network, signal }, async () => {});
  } catch (error) {
    return { ok: false, problem: smtpFault(error, { isOnItsWay: false, now: now() }) };
  }
  return {
    ok: true,
    account: { id: address, handle: address, ...(fromName && { displayName: fromName }) },
    ...(!smtp && { grants: { reply: { private: false } } }),
  };
}

function timedOut(): Fault {
  return { class: 'transient', message: 'The mail server did not answer in time.', scope: 'endpoint' };
}
