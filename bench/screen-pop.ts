// Who calls from a number: `contactScreen` over HTTP on a million contact points, with all a person sees of it.
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
      for (const [role, key] of Object.entries(keys)) {
        const ask = (n: number) => show(server.said, key, numberOf(n));
        const seen = new Set<number>();
        const pick = () => 1 + Math.floor(Math.random() * size.customers);
        for (let at = 0; at < 100; at++) await ask(pick());
        const times: number[] = [];
        const before = cpuOf(server.pid) + cpuOfFamily(cluster.postmaster);
        let found = 0;
        for (let at = 0; at < rounds; at++) {
          const n = pick();
          seen.add(n);
          const began = performance.now();
          const matches = await ask(n);
          times.push(performance.now() - began);
          found += matches;
        }
        const cpu = cpuOf(server.pid) + cpuOfFamily(cluster.postmaster) - before;
        lines.push([
          role,
          rounded(found / rounds, 2),
          rounded(quantile(times, 0.5), 1),
          rounded(quantile(times, 0.95), 1),
          rounded(quantile(times, 0.99), 1),
          rounded(cpu / rounds, 1),
        ]);
      }
      say(table(['contactScreen', 'found', 'p50 ms', 'p95 ms', 'p99 ms', 'CPU ms'], lines));
      say(`\nLoad afterwards ${loadavg()[0]!.toFixed(2)}. The goal is a p50 under 20 ms.`);
    } finally {
      await server.stop();
    }
  } finally {
    await cluster.close();
  }
}

async function show(origin: string, key: string, value: string): Promise<number> {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query: SCREEN, variables: { value } }),
  });
  const { data, errors } = (await response.json()) as {
    data?: { contactScreen: { matches: unknown[] } };
    errors?: object[];
  };
  if (!data) throw new Error(JSON.stringify(errors));
  return data.contactScreen.matches.length;
}
