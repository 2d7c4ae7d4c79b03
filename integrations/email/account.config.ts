import { z } from 'zod';
import { type ConnectionField, ConnectorError, type SourceDescription } from '../../src/ingest/connector.js';
import { PROVIDERS, providerOf } from './mail.provider.js';

/** How a connection is protected: TLS from its first byte, an upgrade that is insisted on, or not at all. */
export type Security = 'tls' | 'starttls' | 'none';

export interface MailServer {
  host: string;
  port: number;
  security: Security;
}

export interface MailConfig {
  /** Lower case. */
  address: string;
  fromName?: string;
  user: string;
  login: { password: string } | { accessToken: string };
  imap: MailServer;
  /** Without it the account is only read. */
  smtp?: MailServer;
  mailbox: string;
  /** Where what we sent is kept; found by its special use unless given. */
  sentMailbox?: string;
  /** What is read of a mailbox that is new to us: mails of this many days, `all`, or only what comes from now on. */
  history: number | 'all' | 'none';
  /** Answers go to everybody in To and Cc too. */
  replyAll: boolean;
  /** The name by which the owner's own server signs Authentication-Results; nobody else's are believed. */
  authenticationServer?: string;
  /** Whether we put a copy into the Sent mailbox; `auto` where the server does not by itself. */
  saveSent: 'auto' | 'yes' | 'no';
}

export const CONNECTION_FIELDS: ConnectionField[] = [
  field('address', true, 'The e-mail address people write to, such as orders@bakery.example.'),
  field(
    'provider',
    false,
    '"google" or "microsoft" where the mailbox is with one of them: their servers need not be named.',
  ),
  field('imapHost', false, 'Host of the server that mail is read from (IMAP), as your mail provider names it.'),
  field('imapPort', false, 'Port of that server: 993 with TLS, 143 with STARTTLS unless given.'),
  field('imapSecure', false, '"tls" (the usual, unless given) or "starttls".'),
  field('smtpHost', false, 'Host of the server that mail is sent through (SMTP). Without it mail is only read.'),
  field('smtpPort', false, 'Port of that server: 587 with STARTTLS, 465 with TLS unless given.'),
  field('smtpSecure', false, '"starttls" (the usual, unless given) or "tls".'),
  field('user', false, 'Name to log in with; the address unless given.'),
  {
    name: 'password',
    kind: 'secret',
    required: false,
    description: 'Password, or app password where the provider wants one. Needed unless an access token is given.',
  },
  {
    name: 'accessToken',
    kind: 'secret',
    required: false,
    description: 'OAuth 2 access token (XOAUTH2), instead of a password.',
  },
  field('clientId', false, 'For signing in: the client id of the app you registered with the provider.'),
  {
    name: 'clientSecret',
    kind: 'secret',
    required: false,
    description: 'For signing in: the secret of that app, where the provider gave one.',
  },
  field('tenant', false, 'For signing in at Microsoft: the directory (tenant) id; any account unless given.'),
  field('fromName', false, 'Name that people see beside the address.'),
  field('mailbox', false, 'Mailbox that is read; INBOX unless given.'),
  field('sentMailbox', false, 'Mailbox of sent mail; found by itself on most servers.'),
  field('history', false, 'How many days of old mail to read at first, or "all"; only new mail unless given.'),
  field('replyAll', false, '"yes" to answer also everybody in To and Cc; only the sender unless given.'),
  field('saveSent', false, '"yes" or "no": whether we put a copy of what we send into the sent mailbox.'),
  field(
    'authenticationServer',
    false,
    'First word of the Authentication-Results headers your own server adds; with it, senders that passed count as proven.',
  ),
];

function field(name: string, required: boolean, description: string): ConnectionField {
  return { name, kind: 'setting', required, description };
}

const hostSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^(?:[a-z\d_-]+(?:\.[a-z\d_-]+)*\.?|\[?[\da-f:.]+\]?)$/)
  .max(253)
  .transform(host => host.replace(/^\[|\]$/g, ''));
const portSchema = z.coerce.number().int().min(1).max(65_535);
const securitySchema = z
  .preprocess(value => (value === true || value === 'true' ? 'tls' : value), z.enum(['tls', 'starttls', 'none']))
  .optional();
const optionalText = z.string().trim().max(500).optional();

const givenSchema = z.object({
  address: z.string().trim().toLowerCase().pipe(z.email().max(320)),
  imapHost: hostSchema,
  imapPort: portSchema.optional(),
  imapSecure: securitySchema,
  smtpHost: hostSchema.optional(),
  smtpPort: portSchema.optional(),
  smtpSecure: securitySchema,
  user: optionalText,
  password: z.string().max(2000).optional(),
  accessToken: z.string().trim().max(10_000).optional(),
  fromName: optionalText,
  mailbox: optionalText,
  sentMailbox: optionalText,
  history: z.union([z.literal(['all', 'none']), z.coerce.number().int().min(1).max(36_500)]).optional(),
  replyAll: z.union([z.boolean(), z.enum(['yes', 'no'])]).optional(),
  saveSent: z.enum(['auto', 'yes', 'no']).optional(),
  authenticationServer: z.string().trim().toLowerCase().max(253).optional(),
});

/**
 * `query` is the address, unless a setting names another. A connection without TLS is refused unless `allowPlain`: passwords would
 * travel in the clear.
 */
export function configureMail(source: SourceDescription, allowPlain: boolean): MailConfig {
  if (source.kind !== 'ACCOUNT') throw invalid(`A mailbox is followed by its address, not as ${source.kind}.`);
  const provider = providerOf(source.settings?.['provider']);
  const known = provider ? PROVIDERS[provider] : {};
  const given = withoutEmpty({ ...known, address: source.query, ...source.settings, ...source.credentials });
  const parsed = givenSchema.safeParse(given);
  if (!parsed.success) {
    const names = [...new Set(parsed.error.issues.map(issue => String(issue.path[0] ?? 'settings')))];
    throw invalid(`These are missing or not right: ${names.join(', ')}.`);
  }
  const { address, user, password, accessToken, fromName, mailbox, sentMailbox, history, ...rest } = parsed.data;
  if (!password && !accessToken) throw invalid('Either a password or an access token is needed.');
  const imap = serverOf(rest.imapHost, rest.imapPort, rest.imapSecure ?? 'tls', { tls: 993, starttls: 143 });
  const smtp =
    rest.smtpHost === undefined
      ? undefined
      : serverOf(rest.smtpHost, rest.smtpPort, rest.smtpSecure ?? (rest.smtpPort === 465 ? 'tls' : 'starttls'), {
          tls: 465,
          starttls: 587,
        });
  if (!allowPlain && (imap.security === 'none' || smtp?.security === 'none')) {
    throw invalid('Mail is only read and sent over TLS.');
  }
  return {
    address,
    user: user ?? address,
    login: accessToken ? { accessToken } : { password: password! },
    imap,
    mailbox: mailbox ?? 'INBOX',
    history: history ?? 'none',
    replyAll: rest.replyAll === true || rest.replyAll === 'yes',
    saveSent: rest.saveSent ?? 'auto',
    ...(smtp && { smtp }),
    ...(fromName && { fromName }),
    ...(sentMailbox && { sentMailbox }),
    ...authenticationServerOf(rest.authenticationServer, rest.imapHost),
  };
}

function serverOf(
  host: string,
  port: number | undefined,
  security: Security,
  ports: Record<string, number>,
): MailServer {
  return { host, port: port ?? ports[security] ?? ports['starttls']!, security };
}

function authenticationServerOf(given: string | undefined, imapHost: string) {
  const provider = Object.values(PROVIDERS).find(each => each.imapHost === imapHost);
  const name = given ?? provider?.authenticationServer;
  return name === undefined ? {} : { authenticationServer: name };
}

function withoutEmpty(given: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '' && value !== null));
}

export function invalid(message: string): ConnectorError {
  return new ConnectorError({ class: 'invalid', message, scope: 'account' });
}
