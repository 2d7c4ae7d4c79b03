// Tickets opened over HTTP by twelve at once, all of one organisation: without queues, with one, and with a promise as well.
import { loadavg } from 'node:os';
import { publicId } from '../src/platform/ids.js';
import { type Cluster, makeKey, makeOrganization, openCluster, serverSettings } from './support/cluster.js';
import { machine } from './support/machine.js';
import { cpuOf, cpuOfFamily, vinculo } from './support/processes.js';
import { quantile, rounded, say, table } from './support/statistics.js';

const CLIENTS = 12;
const AGENTS = 20;
const BATCH = 20;

const OPEN =
  'mutation ($input: OpenTicketInput!) { openTicket(input: $input) { ticket { id } userErrors { message } } }';
const OPEN_MANY =
  'mutation ($input: OpenTicketsInput!) { openTickets(input: $input) { results { userErrors { message } } userErrors { message } } }';

type Ask = (query: string, input: object) => Promise<unknown>;

export async function measureOpenings(flags: Set<string>): Promise<void> {
  const seconds = flags.has('--quick') ? 3 : 10;
  const cluster = await openCluster('openings', { fresh: true });
  try {
    say(machine(cluster.version));
    const organizationId = await makeOrganization(cluster);
    const key = makeKey(cluster, 'OWNER');
    const teamId = await addAgents(cluster, organizationId);
    const server = await vinculo(['start'], serverSettings(cluster.directory), /ready at (http:\/\/[^/\s]+)/);
    try {
      const ask: Ask = async (query, input) => {
        const response = await fetch(`${server.said}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
          body: JSON.stringify({ query, variables: { input } }),
        });
        const text = await response.text();
        if (text.includes('"errors":') || text.includes('"message":')) throw new Error(text);
        return text;
      };
      const lines: string[][] = [];
      const measure = async (name: string) => {
        for (const count of [1, BATCH]) {
          await shoot(ask, count, 2);
          const cpu = () => cpuOf(server.pid) + cpuOfFamily(cluster.postmaster);
          const before = cpu();
          const { opened, times, took } = await shoot(ask, count, seconds);
          lines.push([
            `${name}, ${count} a transaction`,
            rounded(opened / took),
            rounded(quantile(times, 0.5), 1),
            rounded(quantile(times, 0.99), 1),
            rounded((cpu() - before) / opened, 1),
          ]);
        }
      };
      await measure('no queue');
      await ask('mutation ($input: CreateQueueInput!) { createQueue(input: $input) { userErrors { message } } }', {
        name: 'All',
        teamId,
        strategy: 'ROUND_ROBIN',
      });
      await measure('a queue');
      const target = { firstResponseMinutes: 60, nextResponseMinutes: 60, resolutionMinutes: 480 };
      await ask(
        'mutation ($input: CreateSlaPolicyInput!) { createSlaPolicy(input: $input) { userErrors { message } } }',
        {
          name: 'All',
          targets: ['LOW', 'NORMAL', 'HIGH', 'URGENT'].map(priority => ({ priority, ...target })),
        },
      );
      await measure('a queue and a promise');
      say(`\n${CLIENTS} at once, a queue of ${AGENTS} agents, ${seconds} s each.\n`);
      say(table(['tickets opened', 'tickets/s', 'p50 ms', 'p99 ms', 'CPU ms a ticket'], lines));
      say(`\nLoad afterwards ${loadavg()[0]!.toFixed(2)}.`);
    } finally {
      await server.stop();
    }
  } finally {
    await cluster.close();
  }
}

/** Opens tickets, so many in a transaction, for as long as is said. */
async function shoot(ask: Ask, count: number, seconds: number) {
  const times: number[] = [];
  let opened = 0;
  const started = performance.now();
  const worker = async () => {
    while (performance.now() < started + seconds * 1000) {
      const at = performance.now();
      const item = { subject: 'El pan de ayer estaba duro', description: 'Y el de hoy también.' };
      await (count === 1 ? ask(OPEN, item) : ask(OPEN_MANY, { items: Array(count).fill(item) }));
      times.push(performance.now() - at);
      opened += count;
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, worker));
  return { opened, times, took: (performance.now() - started) / 1000 };
}

/** One team, whose public id is answered. */
async function addAgents({ pool }: Cluster, organizationId: string): Promise<string> {
  const { rows } = await pool.query(
    `with team as (insert into teams (organization_id, id, name) values ($1, gen_random_uuid(), 'All') returning id),
          made as (
            insert into members (organization_id, id, name, email, role)
            select $1, gen_random_uuid(), 'Agent ' || n, 'agent' || n || '@example.com', 'AGENT' from generate_series(1, ${AGENTS}) n
            returning id),
          placed as (insert into team_members (organization_id, team_id, member_id) select $1, team.id, made.id from team, made)
     select id from team`,
    [organizationId],
  );
  return publicId('team', rows[0].id);
}
