import type { Connector, Network } from '../../src/ingest/connector.js';
import { checkMail } from './account.check.js';
import { CONNECTION_FIELDS, configureMail, type MailConfig } from './account.config.js';
import { mailSignIn } from './account.oauth.js';
import { listenToMail, pollMail } from './account.reader.js';
import type { MailCursor } from './mailbox.cursor.js';
import { renderMail } from './outgoing.mail.js';
import { findSentMail, sendMail } from './sending.js';

export type { MailConfig } from './account.config.js';
export type { MailCursor } from './mailbox.cursor.js';

export interface EmailOptions {
  /** Lets servers have private and loopback addresses, and lets them do without TLS: for tests and for an intranet. */
  allowPrivateAddresses: boolean;
  /** Larger mails are read in part and without attachments, in bytes; 35 MiB unless given. */
  maxMessageBytes?: number;
  /** Where owners sign in; Google's and Microsoft's own unless given. */
  signInServers?: Parameters<typeof mailSignIn>[0];
}

const LARGEST_MAIL = 35 * 1024 * 1024;

/** A mailbox: read over IMAP, answered over SMTP. */
export function emailConnector(options: EmailOptions): Connector<MailConfig, MailCursor> {
  const network = { allowPrivateAddresses: options.allowPrivateAddresses };
  const maxBytes = options.maxMessageBytes ?? LARGEST_MAIL;
  return {
    kind: 'email',
    version: 1,
    network: 'EMAIL' as Network.EMAIL,
    capabilities: {
      inbound: { webhook: false, stream: true, poll: true },
      reply: { public: false, private: true },
      edits: { notified: false, detectable: false },
      deletions: { notified: false, detectable: false },
      threadDepth: 1000,
      media: true,
      idempotency: 'lookup',
      receipts: true,
    },
    connection: { fields: CONNECTION_FIELDS, oauth: mailSignIn(options.signInServers) },
    configure: source => configureMail(source, options.allowPrivateAddresses),
    secretsGoTo: ({ imap, smtp }) => `${imap.host} ${smtp?.host ?? imap.host}`,
    check: context => checkMail(context, network),
    poll: (context, cursor) => pollMail({ context, cursor, network, maxBytes }),
    listen: (context, cursor) => listenToMail({ context, cursor, network, maxBytes }),
    render: (context, draft, parent) => renderMail(context.config, draft, parent),
    send: (context, command) => sendMail(context, command, network),
    findSent: (context, command) => findSentMail(context, command, network),
  };
}
