// Agents, a process of their own: each a socket with the subscriptions of an inbox, noting when each message of a ticket is told.
import { setTimeout as sleep } from 'node:timers/promises';
import WebSocket from 'ws';
import { answering } from './support/processes.js';
import { wallClock } from './support/statistics.js';

const CHANGED = `subscription TicketChanged($filter: TicketFilter, $after: String) {
  ticketChanged(filter: $filter, after: $after) { cursor change ticket { id number status } } }`;
const LIVE = `subscription Live($filter: SupportCountersFilter) {
  supportLive(filter: $filter) { at counters { open unassigned waiting breached dueSoon snoozed solvedToday } } }`;

export interface AgentFacts {
  authorization: string;
  memberId: string;
  teamId: string;
  tickets: string[];
}

export interface Heard {
  latencies: number[];
  lost: number;
  /** Told of more messages of a ticket than there were. */
  extra: number;
  others: number;
}

type Question =
  | { connect: { url: string; agents: AgentFacts[] } }
  | { begin: object }
  | { collect: { messages: [ticket: string, at: number][] } };

interface Subscription {
  id: string;
  payload: { query: string; variables: object };
  /** Of these tickets all messages are told; null for a subscription of counters or of everything urgent. */
  tickets: string[] | null;
}

interface Ear {
  tickets: string[] | null;
  /** When each message of a ticket was told, in order. */
  heard: Map<string, number[]>;
}

const ears: Ear[] = [];
let others = 0;

function subscriptionsOf({ memberId, teamId, tickets }: AgentFacts): Subscription[] {
  const changed = (filter: object, of: string[] | null) => ({
    payload: { query: CHANGED, variables: { filter } },
    tickets: of,
  });
  return [
    changed({ assigneeId: { eq: memberId } }, tickets),
    changed({ teamId: { eq: teamId } }, null),
    changed({ isUnassigned: true, isOpen: true }, null),
    changed({ priority: { eq: 'URGENT' }, isOpen: true }, null),
    { payload: { query: LIVE, variables: { filter: { teamIds: [teamId] } } }, tickets: null },
    ...tickets.map(ticket => changed({ id: { eq: ticket } }, [ticket])),
  ].map((one, at) => ({ ...one, id: String(at) }));
}

async function connect(url: string, agent: AgentFacts): Promise<void> {
  const subscriptions = subscriptionsOf(agent);
  const mine = subscriptions.map(({ tickets }): Ear => ({ tickets, heard: new Map() }));
  ears.push(...mine);
  const socket = new WebSocket(url, 'graphql-transport-ws', { perMessageDeflate: false });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.once('error', reject);
  socket.once('close', (code, reason) => reject(new Error(`closed with ${code} ${reason}`)));
  socket.once('open', () =>
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: agent.authorization } })),
  );
  socket.on('message', (raw: Buffer) => {
    const text = raw.toString('latin1');
    if (text.includes('"type":"next"')) return hear(text, mine);
    const { type, payload } = JSON.parse(text) as { type: string; payload?: unknown };
    if (type === 'connection_ack') {
      for (const { id, payload: asked } of subscriptions)
        socket.send(JSON.stringify({ id, type: 'subscribe', payload: asked }));
      resolve();
    } else if (type === 'ping') socket.send('{"type":"pong"}');
    else {
      process.stderr.write(`${text}\n`);
      reject(new Error(JSON.stringify(payload ?? type)));
    }
  });
  await promise;
}

function hear(text: string, mine: Ear[]): void {
  const ear = mine[Number(/"id":"(\d+)"/.exec(text)![1])]!;
  const [, change] = /"change":"(\w+)"/.exec(text) ?? [];
  if (!ear.tickets || change !== 'MESSAGE_RECEIVED') {
    others++;
    return;
  }
  const [ticket] = /ticket_\w+/.exec(text)!;
  const moments = ear.heard.get(ticket) ?? [];
  ear.heard.set(ticket, moments);
  moments.push(wallClock());
}

async function collect(messages: [string, number][]): Promise<Heard> {
  const sent = new Map<string, number[]>();
  for (const [ticket, at] of messages) {
    const moments = sent.get(ticket) ?? [];
    sent.set(ticket, moments);
    moments.push(at);
  }
  const missing = () =>
    ears.reduce(
      (sum, { tickets, heard }) =>
        sum + (tickets ?? []).reduce((all, id) => all + (sent.get(id)?.length ?? 0) - (heard.get(id)?.length ?? 0), 0),
      0,
    );
  for (let waited = 0; waited < 20_000 && missing() > 0; waited += 100) await sleep(100);
  const latencies: number[] = [];
  let [lost, extra] = [0, 0];
  for (const { tickets, heard } of ears) {
    for (const id of tickets ?? []) {
      const [were, told] = [sent.get(id) ?? [], heard.get(id) ?? []];
      for (const [at, moment] of told.entries()) if (at < were.length) latencies.push(moment - were[at]!);
      lost += Math.max(0, were.length - told.length);
      extra += Math.max(0, told.length - were.length);
    }
  }
  return { latencies, lost, extra, others };
}

answering<Question, object | null>(async question => {
  if ('connect' in question) {
    for (const agent of question.connect.agents) await connect(question.connect.url, agent);
    // A subscription is silent until there is something to say.
    await sleep(5000);
  }
  if ('begin' in question) {
    // What was written to warm up is told before what counts.
    await sleep(3000);
    for (const { heard } of ears) heard.clear();
    others = 0;
  }
  if ('collect' in question) return collect(question.collect.messages);
  return null;
});
