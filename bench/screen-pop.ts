// Who calls from a number, over HTTP on a million contact points, with all a person sees of it: `contactScreen`, and the customer alone.
import { loadavg } from 'node:os';
import { serverSettings } from './support/cluster.js';
import { machine } from './support/machine.js';
import { cpuOf, cpuOfFamily, vinculo } from './support/processes.js';
import { quantile, rounded, say, table } from './support/statistics.js';
import { FULL, numberOf, openSupportDataset, QUICK } from './support.dataset.js';

const SCREEN = `query Screen($value: String!) { contactScreen(value: $value) { kind value
  identities { id handle network }
  matches { rank reasons
    customer { id displayName language contactPoints { kind value verified } preferences { key value } consents { purpose channel state }
      timeline(first: 10) { edges { node { ... on TimelineEntry { occurredAt summary } } } }
      orders(first: 1) { edges { node { number placedAt status } } } influence { score percentile } }
    openTickets { id number subject status priority sla { nextResponseDueAt resolutionDueAt breached } }
    waitingFor { id number subject waitingSince } lastWords { text occurredAt sentiment { label score } }
    standing { openTicketCount openOpportunityCount mood preferredLanguage isVip risks } } } }`;

const CUSTOMER = `query Customer($value: String!) { customerByContactPoint(kind: PHONE, value: $value) {
  id displayName language contactPoints { kind value verified } preferences { key value } consents { purpose channel state }
  identities { id handle network }
  timeline(first: 10) { edges { node { ... on TimelineEntry { occurredAt summary } } } }
  tickets(filter: { isOpen: true }, first: 5) { edges { node { id number subject status priority sla { nextResponseDueAt resolutionDueAt breached } } } }
  orders(first: 1) { edges { node { number placedAt status } } } influence { score percentile } satisfaction { kind score } } }`;

const QUESTIONS = { contactScreen: SCREEN, customerByContactPoint: CUSTOMER };

export async function measureScreenPop(flags: Set<string>): Promise<void> {
  const size = flags.has('--quick') ? QUICK : FULL;
  const rounds = Number(process.env['BENCH_ROUNDS'] ?? (flags.has('--quick') ? 200 : 2000));
  const { cluster, keys } = await openSupportDataset(size);
  try {
    say(machine(cluster.version));
    const server = await vinculo(['start'], serverSettings(cluster.directory), /ready at (http:\/\/[^/\s]+)/);
    try {
      const { rows } = await cluster.pool.query('select count(*)::int as count from contact_points');
      say(
        `${rounded(rows[0].count)} contact points; ${rounded(rounds)} numbers drawn anew each, one call after the other.\n`,
      );
      const lines: string[][] = [];
      const asked = Object.entries(QUESTIONS).flatMap(([name, query]) =>
        Object.entries(keys).map(([role, key]) => ({ name: `${name}, ${role}`, query, key })),
      );
      for (const { name, query, key } of asked) {
        const ask = (n: number) => show(server.said, key, query, numberOf(n));
        const pick = () => 1 + Math.floor(Math.random() * size.customers);
        for (let at = 0; at < 100; at++) await ask(pick());
        const times: number[] = [];
        const before = cpuOf(server.pid) + cpuOfFamily(cluster.postmaster);
        let found = 0;
        for (let at = 0; at < rounds; at++) {
          const n = pick();
          const began = performance.now();
          const matches = await ask(n);
          times.push(performance.now() - began);
          found += matches;
        }
        const cpu = cpuOf(server.pid) + cpuOfFamily(cluster.postmaster) - before;
        lines.push([
          name,
          rounded(found / rounds, 2),
          rounded(quantile(times, 0.5), 1),
          rounded(quantile(times, 0.95), 1),
          rounded(quantile(times, 0.99), 1),
          rounded(cpu / rounds, 1),
        ]);
      }
      say(table(['screen', 'found', 'p50 ms', 'p95 ms', 'p99 ms', 'CPU ms'], lines));
      say(`\nLoad afterwards ${loadavg()[0]!.toFixed(2)}. The goal is a p50 under 20 ms.`);
    } finally {
      await server.stop();
    }
  } finally {
    await cluster.close();
  }
}

/** How many it may be. */
async function show(origin: string, key: string, query: string, value: string): Promise<number> {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query, variables: { value } }),
  });
  const { data, errors } = (await response.json()) as {
    data?: { contactScreen?: { matches: unknown[] }; customerByContactPoint?: object | null };
    errors?: object[];
  };
  if (!data) throw new Error(JSON.stringify(errors));
  return data.contactScreen?.matches.length ?? (data.customerByContactPoint ? 1 : 0);
}
