import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { exampleCustomers, exampleIdentities, examplePosts, scaleOf } from '../src/demo/index.js';
import { newId } from '../src/platform/ids.js';
import { contactPointsOf, customerRow, identityRow, interactionRow, postRow } from './read.rows.js';
import { type Cluster, cache, makeKey, makeOrganization, openCluster } from './support/cluster.js';
import { root } from './support/processes.js';
import { say } from './support/statistics.js';

const SHAPE = 5;
const BATCH = 2000;
const NOW = new Date('2026-11-01T12:00:00Z');

export const FULL = { customers: 50_000, identities: 100_000, posts: 500_000, interactions: 500_000 };
export type Size = typeof FULL;

export interface Dataset {
  cluster: Cluster;
  organizationId: string;
  ownerKey: string;
  agentKey: string;
}

interface Facts {
  organizationId: string;
  ownerKey: string;
  agentKey: string;
}

/** Opens the dataset, making it first where it is not there, or where the tables have changed since. */
export async function openDataset(size: Size): Promise<Dataset> {
  const migrations = readdirSync(join(root, 'migrations')).map(file => readFileSync(join(root, 'migrations', file)));
  const print = createHash('sha256')
    .update(JSON.stringify([SHAPE, size]))
    .update(Buffer.concat(migrations));
  const name = `read-${print.digest('hex').slice(0, 10)}`;
  const file = join(cache, name, 'facts.json');
  const made = existsSync(file);
  const cluster = await openCluster(name, { fresh: !made });
  if (!made) {
    say(`Making the dataset in ${cluster.directory}; later runs find it there.`);
    writeFileSync(file, JSON.stringify(await fill(cluster, size)));
  }
  return { cluster, ...(JSON.parse(readFileSync(file, 'utf8')) as Facts) };
}

async function fill(cluster: Cluster, size: Size): Promise<Facts> {
  const organizationId = await makeOrganization(cluster);
  const ownerKey = makeKey(cluster, 'OWNER');
  const agentKey = makeKey(cluster, 'AGENT');
  const client = await cluster.pool.connect();
  try {
    // Rows go in without triggers and foreign keys: what they would do is not what is measured.
    await client.query("set session_replication_role = 'replica'");
    await new Filler(client, organizationId, size).fill();
  } finally {
    client.release(true);
  }
  await cluster.pool.query('vacuum (analyze, freeze)');
  await cluster.pool.query('checkpoint');
  return { organizationId, ownerKey, agentKey };
}

interface End {
  id: string;
  network: string;
}

class Filler {
  private readonly scale;
  private readonly customers = new Map<string, string>();
  private readonly identities = new Map<string, End>();
  private interactions = 0;

  constructor(
    private readonly client: pg.PoolClient,
    private readonly organizationId: string,
    private readonly size: Size,
  ) {
    const { customers, identities, posts } = size;
    this.scale = scaleOf({ seed: 'bench', now: NOW, customers, identities, posts });
  }

  async fill(): Promise<void> {
    const teams = [newId(), newId()];
    await this.insert('teams', [
      { id: teams[0], name: 'Sales', created_at: NOW },
      { id: teams[1], name: 'Care', created_at: NOW },
    ]);
    // The agent is of the first team: it sees that team's customers and those nobody has taken.
    await this.client.query("update api_keys set team_id = $1 where organization_id = $2 and role = 'AGENT'", [
      teams[0],
      this.organizationId,
    ]);
    await this.addCustomers(teams as string[]);
    await this.addIdentities();
    await this.addPosts();
  }

  private async addCustomers(teams: string[]): Promise<void> {
    const { customers: count } = this.size;
    let at = 0;
    const rows = new Rows('customers', this);
    const contactPoints = new Rows('contact_points', this);
    for (const customer of exampleCustomers(count, this.scale)) {
      const id = newId();
      this.customers.set(customer.key, id);
      const created_at = new Date(NOW.getTime() - (count - at) * 20_000);
      // Half are nobody's, a quarter of each team.
      const team_id = at % 4 < 2 ? null : teams[at % 4 === 2 ? 0 : 1];
      await rows.add(customerRow(customer, id, team_id ?? null, created_at));
      for (const point of contactPointsOf(customer, id, created_at)) await contactPoints.add(point);
      at++;
    }
    await rows.flush();
    await contactPoints.flush();
  }

  private async addIdentities(): Promise<void> {
    const { identities: count, customers } = this.size;
    let at = 0;
    const rows = new Rows('social_identities', this);
    const links = new Rows('identity_links', this);
    for (const identity of exampleIdentities(count, customers, this.scale)) {
      const id = newId();
      const first_seen_at = new Date(NOW.getTime() - (count - at++) * 10_000);
      const customer_id = (identity.customer && this.customers.get(identity.customer)) || null;
      this.identities.set(`${identity.network}:${identity.id}`, { id, network: identity.network });
      await rows.add(identityRow(identity, id, customer_id, first_seen_at));
      if (customer_id) {
        await links.add({
          id: newId(),
          identity_id: id,
          customer_id,
          status: 'CONFIRMED',
          method: 'MANUAL',
          confidence: 1,
          evidence: [],
          linked_by: 'system:bench',
          linked_at: first_seen_at,
        });
      }
    }
    await rows.flush();
    await links.flush();
  }

  private async addPosts(): Promise<void> {
    const rows = new Rows('posts', this);
    const interactions = new Rows('interactions', this);
    const brands = new Rows('social_identities', this);
    let posts = 0;
    for (const post of examplePosts(this.scale)) {
      const { event, network } = post;
      // An edit of an earlier one.
      if (event.editedAt || posts === this.size.posts) continue;
      posts++;
      const author = await this.identity(network, event.author, brands);
      const id = newId();
      await rows.add(postRow(post, id, author.id));
      if (posts % 50_000 === 0) say(`  ${posts} posts`);
      const { parent, reposted, quoted, mentions = [] } = event;
      const named = [
        ['REPLY', parent?.author],
        ['REPOST', reposted?.author],
        ['QUOTE', quoted?.author],
        ...mentions.map(mention => ['MENTION', mention] as const),
      ] as const;
      for (const [kind, other] of named) {
        if (!other || this.interactions === this.size.interactions) continue;
        const to = await this.identity(network, other, brands);
        if (to.id === author.id) continue;
        this.interactions++;
        await interactions.add(interactionRow(network, kind, author.id, to.id, id, event.occurredAt));
      }
    }
    await this.addLikes(interactions);
    for (const left of [brands, rows, interactions]) await left.flush();
  }

  /** Until there are as many interactions as asked for, people like one another's posts. */
  private async addLikes(interactions: Rows): Promise<void> {
    const everybody = [...this.identities.values()];
    for (let at = 0; this.interactions < this.size.interactions; at++) {
      const from = everybody[(at * 7919) % everybody.length]!;
      const to = everybody[(at * 104_729 + 1) % everybody.length]!;
      this.interactions++;
      const when = new Date(NOW.getTime() - at * 1000);
      await interactions.add(interactionRow(from.network, 'LIKE', from.id, to.id, null, when));
    }
  }

  /** The organisation's own accounts are not among the example's identities; they come with their first post. */
  private async identity(network: string, who: { id?: string; handle?: string }, brands: Rows): Promise<End> {
    const key = `${network}:${who.id}`;
    let known = this.identities.get(key);
    if (!known) {
      known = { id: newId(), network };
      this.identities.set(key, known);
      await brands.add(
        identityRow({ network, followersCount: 0, ...who, handle: who.handle ?? who.id! }, known.id, null, NOW),
      );
    }
    return known;
  }

  async insert(table: string, rows: object[]): Promise<void> {
    if (rows.length === 0) return;
    const columns = Object.keys(rows[0]!).join(', ');
    await this.client.query({
      text: `insert into ${table} (organization_id, ${columns}) select $1, ${columns} from json_populate_recordset(null::${table}, $2)`,
      values: [this.organizationId, JSON.stringify(rows)],
    });
  }
}

/** Rows of one table on their way in, some thousand a statement. All have the same columns. */
class Rows {
  private rows: object[] = [];

  constructor(
    private readonly table: string,
    private readonly filler: Filler,
  ) {}

  async add(row: object): Promise<void> {
    this.rows.push(row);
    if (this.rows.length === BATCH) await this.flush();
  }

  async flush(): Promise<void> {
    const rows = this.rows;
    this.rows = [];
    await this.filler.insert(this.table, rows);
  }
}
