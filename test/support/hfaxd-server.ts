import net, { type AddressInfo } from 'node:net';
import type { Sending, Trouble } from './subjects/subject.js';

export interface HfaxdServer {
  port: number;
  /** What it was sent, in order: each job's parameters, and its documents. */
  jobs: { id: string; parameters: Record<string, string>; documents: Buffer[]; state: string; status: string }[];
  received: { file: string; seconds: number; pages: number; caller: string; station: string; bytes: Buffer | null }[];
  /** Lines it was told, in order. */
  lines: string[];
  misbehave: Sending['misbehave'];
  close(): Promise<void>;
}

/** What hfaxd does, as far as the adapter asks. The real one is tested beside the adapter. */
export async function startHfaxd(received: HfaxdServer['received'], trouble?: Trouble): Promise<HfaxdServer> {
  let ill: Parameters<Sending['misbehave']>[0] = 'no';
  const stored = new Map<string, Buffer>();
  const sockets = new Set<net.Socket>();
  const data = net.createServer();
  await new Promise<void>(done => data.listen(0, '127.0.0.1', done));
  const { port: dataPort } = data.address() as AddressInfo;

  const server = net.createServer(socket => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    if (trouble === 'silent') return;
    const say = (line: string) => void socket.write(`${line}\r\n`);
    const is = (kind: string) => trouble === kind || ill === kind;
    if (trouble === 'malformed') return say('<html>');
    if (is('limited')) return say('421 There are too many users; try again later.');
    if (trouble === 'broken') return say('421 The server is going down.');
    say('220-Welcome.\r\n  A second line\r\n220 fax server (HylaFAX (tm) Version 6.0.7) ready.');
    let job: HfaxdServer['jobs'][number] | undefined;
    let next: Promise<net.Socket> | undefined;
    const give = async (text: Buffer) => {
      say('150 Opening new data connection.');
      const peer = await next!;
      await new Promise<void>(done => peer.end(text, () => done()));
      say('226 Transfer complete.');
    };
    const act = async (line: string) => {
      served.lines.push(line);
      const [verb = '', ...words] = line.split(' ');
      const rest = words.join(' ');
      if (verb === 'USER') return say(is('expired') ? '530 User crm access denied.' : '331 Password required for crm.');
      if (verb === 'PASS') return say('230 User crm logged in.');
      if (['TYPE', 'FORM', 'RCVFMT', 'JOBFMT'].includes(verb)) return say('200 Done.');
      if (verb === 'QUIT') return void socket.end('221 Goodbye.\r\n');
      if (verb === 'PASV') {
        next = new Promise(done => data.once('connection', done));
        return say(`227 Entering passive mode (10,0,0,1,${dataPort >> 8},${dataPort & 255})`);
      }
      if (verb === 'LIST') {
        const lines =
          rest === 'recvq'
            ? received.map(fax => `${fax.seconds}| |${fax.pages}|${fax.file}|${fax.caller}|${fax.station}`)
            : served.jobs
                .filter(({ state }) => (rest === 'doneq') === ['D', 'F'].includes(state))
                .map(({ id, state, parameters, status }) => `${id}|${state}|${parameters['JOBINFO']}|${status}`);
        return give(Buffer.from(lines.map(each => `${each}\r\n`).join('')));
      }
      if (verb === 'RETR') {
        const bytes = received.find(({ file }) => `recvq/${file}` === rest)?.bytes;
        return bytes ? give(bytes) : say(`550 ${rest}: Operation not permitted.`);
      }
      if (verb === 'STOT') {
        const name = `/tmp/doc${stored.size + 1}.pdf`;
        say(`150 FILE: ${name} (Opening new data connection).`);
        const parts: Buffer[] = [];
        for await (const part of await next!) parts.push(part as Buffer);
        stored.set(name, Buffer.concat(parts));
        return say(`226 Transfer complete (FILE: ${name}).`);
      }
      if (verb === 'JNEW') {
        const id = String(served.jobs.length + 1);
        job = { id, parameters: {}, documents: [], state: 'W', status: '' };
        return say(`200 New job created: jobid: ${id} groupid: ${id}.`);
      }
      if (verb === 'JPARM' && job) {
        const [, name = '', value = ''] = /^(\w+) "?(.*?)"?$/.exec(rest) ?? [];
        if (name === 'DOCUMENT') job.documents.push(stored.get(value)!);
        else job.parameters[name] = value;
        return say(name === 'DOCUMENT' ? '200 Added document.' : `213 ${name} set to ${value}.`);
      }
      if (verb === 'JSUBM' && job) {
        if (ill === 'broken') return say(`460 Failed to submit job ${job.id}: no scheduler.`);
        served.jobs.push(job);
        return ill === 'lostAnswer' ? void socket.destroy() : say(`200 Job ${job.id} submitted.`);
      }
      say(`500 ${verb}: Command not recognized.`);
    };
    let [buffered, last] = ['', Promise.resolve()];
    socket.on('data', part => {
      const lines = (buffered + part.toString('utf8')).split('\r\n');
      buffered = lines.pop()!;
      for (const line of lines) last = last.then(() => act(line)).catch(() => {});
    });
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  data.on('connection', socket => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  const served: HfaxdServer = {
    port: (server.address() as AddressInfo).port,
    jobs: [],
    received,
    lines: [],
    misbehave: kind => {
      ill = kind;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all([server, data].map(each => new Promise(done => each.close(done))));
    },
  };
  return served;
}
