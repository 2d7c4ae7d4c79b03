import { ConnectorError, type Fault } from '../../src/ingest/connector.js';
import { OutboundError } from '../../src/platform/outbound.error.js';

/** What both mail protocols' libraries say of a failure, as far as it is used here. */
interface MailFailure {
  message?: string;
  code?: string;
  originalCode?: string;
  cause?: unknown;
  /** IMAP. */
  authenticationFailed?: boolean;
  tlsFailed?: boolean;
  mailboxMissing?: boolean;
  responseStatus?: string;
  responseText?: string;
  serverResponseCode?: string;
  throttleReset?: number;
  reason?: string;
  /** SMTP. */
  responseCode?: number;
  response?: string | false;
}

const RATE_WORDS =
  /\b(?:rate|throttl\w*|too many|too fast|limit(?:s|ed)? (?:exceeded|reached)|sending (?:limit|quota)|quota exceeded)\b/i;
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS|ERR_SSL|EPROTO$|ETLS/;
/** What servers mean by "not now" when they say nothing of when. */
const WAIT_MS = 5 * 60_000;

/** A failure of reading, in the port's words. The server's own words are shortened; they never hold what we logged in with. */
export function imapFault(error: unknown, now: Date): Fault {
  const common = commonFault(error);
  if (common) return common;
  const failure = error as MailFailure;
  const said = words(failure.responseText ?? failure.reason);
  const code = failure.serverResponseCode ?? failure.code;
  if (failure.code === 'ETHROTTLE' || code === 'LIMIT' || code === 'INUSE' || RATE_WORDS.test(said)) {
    const wait = failure.throttleReset ?? WAIT_MS;
    return {
      ...faultWith('rate', `The mail server asks us to wait.${said}`, code),
      scope: 'account',
      retryAt: new Date(now.getTime() + wait),
    };
  }
  if (code === 'UNAVAILABLE' || code === 'SERVERBUG') {
    return faultWith('transient', `The mail server is not ready.${said}`, code);
  }
  if (failure.authenticationFailed) {
    return { ...faultWith('auth', `The mail server does not accept the login.${said}`, code), scope: 'account' };
  }
  if (failure.tlsFailed) return faultWith('invalid', 'The mail server offers no TLS that can be trusted.', code);
  if (failure.mailboxMissing || code === 'NONEXISTENT') {
    return faultWith('not_found', `There is no such mailbox.${said}`, code);
  }
  return faultWith('transient', `The connection to the mail server failed.${said}`, code);
}

/** A failure of sending. `mayHaveHappened`: the mail was on its way when the connection broke. */
export function smtpFault(error: unknown, { isOnItsWay, now }: { isOnItsWay: boolean; now: Date }): Fault {
  const failure = error as MailFailure;
  const status = failure.responseCode;
  const said = words(failure.response || undefined);
  const enhanced = said.match(/\b[45]\.\d{1,3}\.\d{1,3}\b/)?.[0];
  if (status) {
    const code = enhanced ?? String(status);
    // 5xx about logging in, and what some servers answer when access has ended.
    if (failure.code === 'EAUTH' || status === 530 || status === 535) {
      return status < 500
        ? faultWith('transient', `The mail server could not check the login.${said}`, code)
        : { ...faultWith('auth', `The mail server does not accept the login.${said}`, code), scope: 'account' };
    }
    if (RATE_WORDS.test(said)) {
      const retryAt = new Date(now.getTime() + WAIT_MS);
      return { ...faultWith('rate', `The mail server asks us to wait.${said}`, code), scope: 'account', retryAt };
    }
    if (status < 500) return faultWith('transient', `The mail server does not take the mail for now.${said}`, code);
    const isUnknownPerson = /^5\.1\.[0-36]$/.test(enhanced ?? '') || (status === 550 && !enhanced) || status === 553;
    if (isUnknownPerson) {
      return { ...faultWith('not_found', `There is no such address.${said}`, code), scope: 'message' };
    }
    const isPolicy = enhanced?.startsWith('5.7.') ?? false;
    return {
      ...faultWith(isPolicy ? 'forbidden' : 'invalid', `The mail server refuses the mail.${said}`, code),
      scope: 'message',
    };
  }
  const common = commonFault(error);
  if (common && !isOnItsWay) return common;
  if (failure.code === 'EENVELOPE' || failure.code === 'EMESSAGE') {
    return { ...faultWith('invalid', 'The mail cannot be sent as it is.', failure.code), scope: 'message' };
  }
  return {
    ...faultWith('transient', 'The connection to the mail server failed.', failure.originalCode ?? failure.code),
    ...(isOnItsWay && { mayHaveHappened: true }),
  };
}

function commonFault(error: unknown): Fault | undefined {
  if (error instanceof ConnectorError) return error.fault;
  const blocked = [error, (error as MailFailure).cause].find(it => it instanceof OutboundError);
  if (blocked instanceof OutboundError) return faultWith('invalid', blocked.message, blocked.reason);
  const { code = '', originalCode } = error as MailFailure;
  const system = originalCode ?? code;
  if (system === 'ENOTFOUND') return faultWith('not_found', 'There is no mail server by that name.', system);
  if (CERTIFICATE.test(system)) {
    return faultWith('invalid', "The mail server's certificate cannot be trusted, or it speaks no TLS there.", system);
  }
  return undefined;
}

function faultWith(faultClass: Fault['class'], message: string, code?: string): Fault {
  return { class: faultClass, message, scope: 'endpoint', ...(code && { code }) };
}

function words(said: string | undefined): string {
  const short = said?.replace(/\s+/g, ' ').trim().slice(0, 200);
  return short ? ` It said: ${short}` : '';
}
