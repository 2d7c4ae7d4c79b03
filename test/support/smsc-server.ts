import type { AddressInfo } from 'node:net';
import smpp from 'smpp';
import { eventually } from './subscriber.js';

/** A message centre of a telephone network, as the package that speaks SMPP makes one. */
export interface Smsc {
  port: number;
  /** What it was given, part by part. */
  submitted: smpp.PDU[];
  /** How it was asked for a connection, each time. */
  bound: string[];
  /** Sequence numbers of what was acknowledged. */
  acknowledged: number[];
  misbehave(trouble: 'no' | 'limited' | 'broken' | 'lostAnswer' | 'expired'): void;
  deliver(fields: object): Promise<void>;
  drop(): void;
  close(): Promise<void>;
}

export async function startSmsc(password = 'secret'): Promise<Smsc> {
  let ill = 'no';
  const submitted: smpp.PDU[] = [];
  const acknowledged: number[] = [];
  const bound: string[] = [];
  const server = smpp.createServer(session => {
    session.on('error', () => {});
    for (const bind of ['bind_transceiver', 'bind_transmitter'])
      session.on(bind, pdu => {
        const refused = pdu['password'] !== password || ill === 'expired';
        bound.push(pdu.command);
        session.send(pdu.response(refused ? { command_status: 0x0e } : {}));
      });
    session.on('enquire_link', pdu => void session.send(pdu.response()));
    session.on('unbind', pdu => void session.send(pdu.response()));
    session.on('deliver_sm_resp', pdu => void acknowledged.push(pdu.sequence_number));
    session.on('submit_sm', pdu => {
      if (ill === 'limited') return void session.send(pdu.response({ command_status: smpp.ESME_RTHROTTLED }));
      if (ill === 'broken') return void session.send(pdu.response({ command_status: 0x08 }));
      submitted.push(pdu);
      if (ill === 'lostAnswer') return void session.destroy();
      session.send(pdu.response({ message_id: `net${submitted.length}` }));
    });
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', () => done()));
  return {
    port: (server.address() as AddressInfo).port,
    submitted,
    bound,
    acknowledged,
    misbehave: kind => {
      ill = kind;
    },
    async deliver(fields) {
      await eventually(() => server.sessions.length > 0);
      server.sessions.at(-1)!.deliver_sm(fields);
    },
    drop: () => [...server.sessions].forEach(session => void session.destroy()),
    async close() {
      for (const session of [...server.sessions]) session.destroy();
      await new Promise(done => server.close(done));
    },
  };
}
