import dns from 'node:dns';
import { isIP } from 'node:net';
import smpp from 'smpp';
import { ConnectorError, type Fault } from '../../src/ingest/connector.js';
import { guardedLookup, isPublicAddress } from '../../src/platform/outbound.address.js';

export interface SmppConfig {
  host: string;
  port: number;
  tls: boolean;
  systemId: string;
  password: string;
  systemType: string;
  /** What messages are sent from. */
  number: string;
  /** An owner names any host, and must not reach our own network by it. */
  allowPrivateAddresses: boolean;
}

const CONNECT_MS = 10_000;
const ANSWER_MS = 30_000;
const ALIVE_MS = 30_000;

/** SMPP 3.4, table 5-2: what a refusal means. */
const REFUSALS: Record<number, [Fault['class'], string]> = {
  8: ['transient', 'The network has a failure of its own.'],
  10: ['invalid', 'The number it is sent from is not allowed.'],
  11: ['not_found', 'There is no such number to send to.'],
  // Also said while a connection that broke is still open on the other side.
  5: ['transient', 'The network still has another connection of ours.'],
  13: ['transient', 'The network does not let us in at the moment.'],
  14: ['auth', 'The password is not the right one.'],
  15: ['auth', 'The network does not know this system id.'],
  20: ['rate', 'The queue of the network is full.'],
  88: ['rate', 'Too many messages in a short time.'],
};

export function faultOfStatus(status: number): Fault {
  const [cls, message] = REFUSALS[status] ?? ['invalid', 'The network refused it.'];
  const code = `0x${status.toString(16).padStart(2, '0')}`;
  return {
    class: cls,
    message,
    code,
    scope: cls === 'auth' ? 'account' : 'message',
    // SMPP does not say when; a queue of a network empties in seconds.
    ...(cls === 'rate' && { retryAt: new Date(Date.now() + 5000) }),
  };
}

const lost = (message: string, mayHaveHappened = false): ConnectorError =>
  new ConnectorError({
    class: 'transient',
    message,
    scope: 'endpoint',
    ...(mayHaveHappened && { mayHaveHappened: true }),
  });

/** One connection to the message centre of a telephone network. */
export interface SmppSession {
  /** The next message or report, or undefined when the connection has ended. */
  next(): Promise<smpp.PDU | undefined>;
  acknowledge(pdu: smpp.PDU): void;
  /** Sends one message or part; answers its id. Throws `ConnectorError`. */
  submit(fields: object): Promise<string>;
  close(): void;
}

/**
 * Binds for both directions, or as a transmitter, to which nothing is delivered that nobody would read. Throws `ConnectorError`, also
 * when `signal` aborts.
 */
export async function openSession(
  config: SmppConfig,
  signal: AbortSignal,
  as: 'transceiver' | 'transmitter' = 'transceiver',
): Promise<SmppSession> {
  const { host, port, tls, allowPrivateAddresses } = config;
  const isAllowed = (address: string) => allowPrivateAddresses || isPublicAddress(address);
  // An address is connected to as it stands, without any look-up.
  if (isIP(host) !== 0 && !isAllowed(host))
    throw new ConnectorError({
      class: 'invalid',
      message: 'The host is not on the public internet.',
      scope: 'account',
    });
  const lookup = guardedLookup({ isAllowed, resolve: dns.lookup });
  const session = smpp.connect({ host, port, tls, lookup, ...(isIP(host) === 0 && { servername: host }) });
  const waiting: smpp.PDU[] = [];
  let isOver = false;
  let rouse: () => void = () => {};
  const end = () => {
    isOver = true;
    rouse();
  };
  session.on('error', end);
  session.on('close', end);
  session.on('deliver_sm', pdu => {
    waiting.push(pdu);
    rouse();
  });
  session.on('enquire_link', pdu => void session.send(pdu.response()));
  session.on('unbind', pdu => void session.send(pdu.response(), () => session.close()));
  const onAbort = () => session.destroy();
  signal.addEventListener('abort', onAbort);
  // A connection that died without a word shows only when it is asked something.
  let isAlive = true;
  const alive = setInterval(() => {
    if (!isAlive) return void session.destroy();
    isAlive = false;
    session.enquire_link(() => {
      isAlive = true;
    });
  }, ALIVE_MS);

  function close(): void {
    clearInterval(alive);
    signal.removeEventListener('abort', onAbort);
    if (!isOver) session.unbind(() => session.close());
    setTimeout(() => session.destroy(), 500).unref();
  }

  /** Asks once and waits for the answer to just that. */
  function ask(
    send: (answer: (pdu: smpp.PDU) => void) => boolean,
    milliseconds: number,
    what: string,
    writes: boolean,
  ) {
    return new Promise<smpp.PDU>((done, fail) => {
      const give = (error: Error) => {
        clearTimeout(timer);
        session.removeListener('close', onClose);
        session.removeListener('error', onClose);
        fail(error);
      };
      const onClose = () => give(lost(`The connection was lost ${what}.`, writes));
      const timer = setTimeout(() => give(lost(`The network took too long ${what}.`, writes)), milliseconds);
      session.on('close', onClose);
      session.on('error', onClose);
      const isWritten = send(pdu => {
        clearTimeout(timer);
        session.removeListener('close', onClose);
        session.removeListener('error', onClose);
        if (pdu.command_status === smpp.ESME_ROK) done(pdu);
        else fail(new ConnectorError(faultOfStatus(pdu.command_status)));
      });
      if (!isWritten) give(lost('The connection is closed.'));
    });
  }

  try {
    await new Promise<void>((done, fail) => {
      const timer = setTimeout(() => fail(lost('The network did not answer in time.')), CONNECT_MS);
      session.on(tls ? 'secureConnect' : 'connect', () => {
        clearTimeout(timer);
        done();
      });
      session.on('close', () => {
        clearTimeout(timer);
        fail(lost('The connection failed.'));
      });
      if (signal.aborted) session.destroy();
    });
    const { systemId, password, systemType } = config;
    await ask(
      answer =>
        session[`bind_${as}`](
          { system_id: systemId, password, system_type: systemType, interface_version: 0x34 },
          answer,
        ),
      CONNECT_MS,
      'while we signed in',
      false,
    );
  } catch (error) {
    clearInterval(alive);
    signal.removeEventListener('abort', onAbort);
    session.destroy();
    throw error;
  }
  return {
    async next() {
      while (waiting.length === 0 && !isOver) {
        await new Promise<void>(done => {
          rouse = done;
        });
      }
      return waiting.shift();
    },
    acknowledge: pdu => void session.send(pdu.response()),
    async submit(fields) {
      const answer = await ask(
        done => session.submit_sm(fields, done),
        ANSWER_MS,
        'before it said whether it took it',
        true,
      );
      return String(answer['message_id'] ?? '');
    },
    close,
  };
}
