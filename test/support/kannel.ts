import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import smpp from 'smpp';

const SBIN = '/usr/sbin';
export const isKannelInstalled = existsSync(`${SBIN}/bearerbox`) && existsSync(`${SBIN}/smsbox`);

/** A real Kannel between an SMSC of a telephone network and whoever its messages are for. */
export interface Kannel {
  sendUrl: string;
  /** What Kannel called us with, in order. */
  calls: string[];
  /** Texts the telephone network was given, in order. */
  submitted: { to: string; text: string; coding: number }[];
  /** A telephone writes to us. */
  deliver(from: string, to: string, text: string): void;
  hookUrl: string;
  close(): Promise<void>;
}

export async function startKannel(token: string): Promise<Kannel> {
  const folder = await mkdtemp(join(tmpdir(), 'kannel-'));
  const calls: string[] = [];
  const submitted: Kannel['submitted'] = [];
  const receiver = http.createServer((request, response) => {
    calls.push(request.url!);
    response.end();
  });
  await new Promise<void>(done => receiver.listen(0, '127.0.0.1', done));
  const hookUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks/k`;

  let bound: smpp.Session | undefined;
  const smsc = smpp.createServer(session => {
    session.on('error', () => {});
    session.on('bind_transceiver', pdu => {
      session.send(pdu.response());
      bound = session;
    });
    session.on('enquire_link', pdu => session.send(pdu.response()));
    session.on('unbind', pdu => session.send(pdu.response()));
    session.on('submit_sm', pdu => {
      const id = `net${submitted.length}`;
      session.send(pdu.response({ message_id: id }));
      submitted.push({ to: String(pdu['destination_addr']), text: textOf(pdu), coding: Number(pdu['data_coding']) });
      session.deliver_sm({
        source_addr: pdu['destination_addr'],
        destination_addr: pdu['source_addr'],
        esm_class: 4,
        short_message: `id:${id} sub:001 dlvrd:001 submit date:2611271200 done date:2611271200 stat:DELIVRD err:000 text:`,
      });
    });
  });
  await new Promise<void>(done => smsc.listen(0, '127.0.0.1', () => done()));

  const [admin, boxes, web] = await freePorts(3);
  const config = join(folder, 'kannel.conf');
  await writeFile(
    config,
    `group = core
admin-port = ${admin}
admin-password = admin
admin-interface = "127.0.0.1"
smsbox-port = ${boxes}
smsbox-interface = "127.0.0.1"
log-file = "${folder}/bearerbox.log"
log-level = 1
box-allow-ip = "127.0.0.1"

group = smsc
smsc = smpp
smsc-id = SMPP1
host = 127.0.0.1
port = ${(smsc.address() as AddressInfo).port}
transceiver-mode = true
smsc-username = kannel
smsc-password = secret
system-type = ""
interface-version = 34
reconnect-delay = 1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = ${web}
sendsms-interface = "127.0.0.1"
log-file = "${folder}/smsbox.log"
log-level = 1

group = sendsms-user
username = crm
password = crm-password
max-messages = 10
concatenation = true

group = sms-service
keyword = default
catch-all = true
max-messages = 0
get-url = "${hookUrl}?kind=mo&token=${token}&id=%I&from=%p&to=%P&ts=%T&text=%b&coding=%c&charset=%C&udh=%u"
`,
  );
  const running = [start('bearerbox', config)];
  const close = async () => {
    for (const box of running.reverse()) await stop(box);
    for (const session of [...smsc.sessions]) session.destroy();
    await new Promise(done => smsc.close(done));
    receiver.closeAllConnections();
    await new Promise(done => receiver.close(done));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await reachable(boxes!);
    running.push(start('smsbox', config));
    await reachable(web!);
    await until(() => bound !== undefined);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    sendUrl: `http://127.0.0.1:${web}/cgi-bin/sendsms`,
    calls,
    submitted,
    hookUrl,
    deliver: (from, to, text) =>
      void bound!.deliver_sm({
        source_addr: from,
        destination_addr: to,
        source_addr_ton: 1,
        source_addr_npi: 1,
        short_message: text,
      }),
    close,
  };
}

function textOf(pdu: smpp.PDU): string {
  const { message } = pdu['short_message'] as { message: string | Buffer };
  return typeof message === 'string' ? message : message.toString('utf8');
}

const start = (name: string, config: string): ChildProcess =>
  spawn(`${SBIN}/${name}`, ['-v', '4', config], { stdio: 'ignore' });

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise(done => child.once('exit', done));
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), 3000);
  await ended;
  clearTimeout(hard);
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = net.createServer();
      await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
      return server;
    }),
  );
  const ports = servers.map(server => (server.address() as AddressInfo).port);
  await Promise.all(servers.map(server => new Promise(done => server.close(done))));
  return ports;
}

const reachable = (port: number): Promise<void> =>
  until(
    () =>
      new Promise(done => {
        const socket = net.connect(port, '127.0.0.1');
        socket.once('connect', () => {
          socket.destroy();
          done(true);
        });
        socket.once('error', () => done(false));
      }),
  );

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const limit = Date.now() + 15_000;
  while (!(await holds())) {
    if (Date.now() > limit) throw new Error('Kannel did not start in time.');
    await new Promise(done => setTimeout(done, 50));
  }
}
