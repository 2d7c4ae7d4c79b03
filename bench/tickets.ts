// Lists of tickets over HTTP on a million of them: the document of an inbox, counted, under filters and orders, as who sees all and as an agent.
import { loadavg } from 'node:os';
import { publicId } from '../src/platform/ids.js';
import { serverSettings } from './support/cluster.js';
import { machine } from './support/machine.js';
import { vinculo } from './support/processes.js';
import { quantile, rounded, say, table } from './support/statistics.js';
import { FULL, openSupportDataset, QUICK, signer } from './support.dataset.js';

const document = (orderBy: string): string => `query Tickets($filter: TicketFilter, $first: Int!, $after: String) {
  tickets(filter: $filter, orderBy: [${orderBy}], first: $first, after: $after) {
    totalCount
    edges { node { id number subject status priority channel customer { id displayName } assignee { id name } conversation { id } } }
    pageInfo { hasNextPage endCursor }
  }
}`;
const NEWEST = '{ field: OPENED_AT, direction: DESC }';

export async function measureTickets(flags: Set<string>): Promise<void> {
  const size = flags.has('--quick') ? QUICK : FULL;
  const rounds = Number(process.env['BENCH_ROUNDS'] ?? (flags.has('--quick') ? 20 : 60));
  const { cluster, organizationId, keys } = await openSupportDataset(size);
  try {
    say(machine(cluster.version));
    const { rows } = await cluster.pool.query(
      `select m.id as member, tm.team_id as team, (select customer_id from tickets limit 1) as customer
         from members m join team_members tm on tm.member_id = m.id where m.organization_id = $1 and m.user_id = 'bench-1'`,
      [organizationId],
    );
    const [member, team, customer] = [
      publicId('member', rows[0].member),
      publicId('team', rows[0].team),
      publicId('customer', rows[0].customer),
    ];
    const month = new Date(Date.now() - 30 * 86_400_000).toISOString();
    const lists: [name: string, orderBy: string, filter: object | null][] = [
      ['all, the newest first', NEWEST, null],
      ['open', NEWEST, { isOpen: true }],
      ['open, who waits longest first', '{ field: WAITING_SINCE, direction: ASC }', { isOpen: true }],
      ['open and nobody’s', NEWEST, { isOpen: true, isUnassigned: true }],
      ['open and mine', NEWEST, { isOpen: true, assigneeId: { eq: member } }],
      ['mine, ever', NEWEST, { assigneeId: { eq: member } }],
      ['my team’s, ever', NEWEST, { teamId: { eq: team } }],
      [
        'urgent and open, the last word first',
        '{ field: LAST_MESSAGE_AT, direction: DESC }',
        { isOpen: true, priority: { eq: 'URGENT' } },
      ],
      ['PENDING', NEWEST, { status: { eq: 'PENDING' } }],
      ['of a customer', NEWEST, { customerId: { eq: customer } }],
      ['of the last month, by e-mail', NEWEST, { openedAt: { gte: month }, channel: { eq: 'EMAIL' } }],
      ['closed, the last changed first', '{ field: UPDATED_AT, direction: DESC }', { status: { eq: 'CLOSED' } }],
    ];
    const server = await vinculo(['start'], serverSettings(cluster.directory), /ready at (http:\/\/[^/\s]+)/);
    try {
      say(
        `${rounded(size.tickets)} tickets; pages of 50 with totalCount; ${rounds} rounds, the lists in turn, one at a time.\n`,
      );
      const who = { OWNER: keys.OWNER, AGENT: (await signer(cluster))(1) };
      const lines: string[][] = [];
      const all: number[] = [];
      for (const [role, key] of Object.entries(who)) {
        const times = lists.map((): number[] => []);
        const counts: number[] = [];
        for (let round = -3; round < rounds; round++) {
          for (const [at, [, orderBy, filter]] of lists.entries()) {
            const began = performance.now();
            counts[at] = await ask(server.said, key, document(orderBy), filter);
            if (round >= 0) times[at]!.push(performance.now() - began);
          }
        }
        for (const [at, [name]] of lists.entries()) {
          all.push(...times[at]!);
          lines.push([
            `${role}: ${name}`,
            rounded(counts[at]!),
            rounded(quantile(times[at]!, 0.5), 1),
            rounded(quantile(times[at]!, 0.95), 1),
          ]);
        }
      }
      say(table(['tickets', 'in all', 'p50 ms', 'p95 ms'], lines));
      say(
        `\nOf all together: p95 ${rounded(quantile(all, 0.95), 1)} ms; the goal is under 100 ms. Load afterwards ${loadavg()[0]!.toFixed(2)}.`,
      );
    } finally {
      await server.stop();
    }
  } finally {
    await cluster.close();
  }
}

async function ask(origin: string, key: string, query: string, filter: object | null): Promise<number> {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query, variables: { filter, first: 50 } }),
  });
  const { data, errors } = (await response.json()) as { data?: { tickets: { totalCount: number } }; errors?: object[] };
  if (!data) throw new Error(JSON.stringify(errors));
  return data.tickets.totalCount;
}
