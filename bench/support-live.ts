// Two hundred agents with twenty subscriptions each, while customers write through `ingest` from another process.
import { loadavg } from 'node:os';
import { publicId } from '../src/platform/ids.js';
import { serverSettings } from './support/cluster.js';
import { machine } from './support/machine.js';
import { cpuOf, cpuOfFamily, helper, peakMemoryOf, vinculo } from './support/processes.js';
import { quantile, rounded, say, table } from './support/statistics.js';
import { AGENTS, openSupportDataset, QUICK, signer } from './support.dataset.js';
import type { AgentFacts, Heard } from './support-live.agents.js';
import type { Prepared, Written } from './support-live.writer.js';

const OWN_TICKETS = 15;
const LISTENERS = 2;

export async function measureSupportLive(flags: Set<string>): Promise<void> {
  const isQuick = flags.has('--quick');
  const perSecond = Number(process.env['BENCH_RATE'] ?? (isQuick ? 100 : 300));
  const seconds = Number(process.env['BENCH_SECONDS'] ?? (isQuick ? 15 : 120));
  const agents = Number(process.env['BENCH_AGENTS'] ?? AGENTS);
  const { cluster, organizationId } = await openSupportDataset(QUICK, 'support-live');
  const server = await vinculo(['start'], serverSettings(cluster.directory), /ready at (http:\/\/[^/\s]+)/);
  const writer = helper('support-live.writer');
  const listeners = Array.from({ length: LISTENERS }, () => helper('support-live.agents'));
  try {
    say(machine(cluster.version));
    const url = `${server.said.replace('http', 'ws')}/graphql`;
    const { ownerUrl, appUrl } = cluster;
    const prepared = await writer.ask<Prepared>({
      open: { ownerUrl, appUrl, organizationId, tickets: agents * OWN_TICKETS },
    });
    const facts = await agentsWith(cluster, prepared.tickets, agents);
    await Promise.all(
      listeners.map((listener, at) =>
        listener.ask({ connect: { url, agents: facts.filter((_, n) => n % LISTENERS === at) } }),
      ),
    );
    await writer.ask<Written>({ write: { messages: perSecond * 3, perSecond } });
    await Promise.all(listeners.map(listener => listener.ask({ begin: {} })));
    const cpu = () => ({
      server: cpuOf(server.pid),
      writer: cpuOf(writer.pid),
      agents: listeners.reduce((sum, { pid }) => sum + cpuOf(pid), 0),
      postgres: cpuOfFamily(cluster.postmaster),
    });
    const before = cpu();
    const began = performance.now();
    const { messages } = await writer.ask<Written>({ write: { messages: perSecond * seconds, perSecond } });
    const elapsed = (performance.now() - began) / 1000;
    const after = cpu();
    const heard = await Promise.all(listeners.map(listener => listener.ask<Heard>({ collect: { messages } })));
    const latencies = Float64Array.from(heard.flatMap(one => one.latencies)).sort();
    const sum = (of: (one: Heard) => number) => heard.reduce((all, one) => all + of(one), 0);
    const share = (name: keyof typeof before) => rounded((after[name] - before[name]) / 1000 / elapsed, 2);
    say(
      `${agents} agents with 20 subscriptions each, in ${LISTENERS} processes; ${rounded(messages.length)} messages in ${rounded(elapsed, 1)} s, ${rounded(messages.length / elapsed)} a second.\n`,
    );
    say(
      table(
        ['live', ''],
        [
          ['events told of messages', rounded(latencies.length)],
          ['… of anything else', rounded(sum(one => one.others))],
          ['lost', rounded(sum(one => one.lost))],
          ['out of turn', rounded(sum(one => one.extra))],
          ['arrival to agent, p50 ms', rounded(quantile(latencies, 0.5), 1)],
          ['arrival to agent, p95 ms', rounded(quantile(latencies, 0.95), 1)],
          ['arrival to agent, p99 ms', rounded(quantile(latencies, 0.99), 1)],
          ['arrival to agent, longest ms', rounded(latencies.at(-1) ?? Number.NaN, 1)],
          ["server's CPU, share of one core", share('server')],
          ["writer's CPU", share('writer')],
          ["agents' CPU", share('agents')],
          ["PostgreSQL's CPU", share('postgres')],
          ["the server's largest resident memory, MB", rounded(peakMemoryOf(server.pid))],
          ['load of the machine afterwards', rounded(loadavg()[0]!, 2)],
        ],
      ),
    );
    say('\nThe goal is a p99 under 500 ms.');
  } finally {
    for (const listener of listeners) listener.end();
    writer.end();
    await server.stop();
    await cluster.close();
  }
}

/** Each agent with the tickets that are given to it, their public ids. */
async function agentsWith(
  cluster: Parameters<typeof signer>[0],
  tickets: string[],
  count: number,
): Promise<AgentFacts[]> {
  const sign = await signer(cluster);
  const { rows } = await cluster.pool.query<{ id: string; teamId: string; n: number }>(
    `select m.id, tm.team_id as "teamId", split_part(m.name, ' ', 2)::int as n from members m join team_members tm on tm.member_id = m.id
      where m.user_id like 'bench-%' order by n limit $1`,
    [count],
  );
  for (const [at, { id, teamId }] of rows.entries())
    await cluster.pool.query('update tickets set assignee_id = $2, team_id = $3 where id = any ($1)', [
      tickets.slice(at * OWN_TICKETS, (at + 1) * OWN_TICKETS),
      id,
      teamId,
    ]);
  return rows.map(({ id, teamId, n }, at) => ({
    authorization: `Bearer ${sign(n)}`,
    memberId: publicId('member', id),
    teamId: publicId('team', teamId),
    tickets: tickets.slice(at * OWN_TICKETS, (at + 1) * OWN_TICKETS).map(ticket => publicId('ticket', ticket)),
  }));
}
