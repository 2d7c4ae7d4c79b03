import { newId, publicId } from '../../src/platform/ids.js';
import type { TestApp, TestOrganization } from './app.js';
import { areas } from './areas/index.js';

export interface Rows {
  /** Public id of the record whose lists are long, by the name of its type. */
  parents: Record<string, string>;
  /** Adds `count` rows to every list, at random places of every order. */
  insertMore(count: number): Promise<void>;
}

const MANY = 30;

/**
 * Rows for every list, with the same few values again and again, nulls where there may be some, and moments that differ by
 * microseconds: what an order has to be right about. `viewer` is the member who asks for them.
 */
export async function plantRows(test: TestApp, organization: TestOrganization, viewer: string): Promise<Rows> {
  const { system } = test.app.database;
  const [team, customer, identity, conversation, account, source, community, ours, post] = Array.from(
    { length: 9 },
    newId,
  ) as [string, string, string, string, string, string, string, string, string];
  const moment = `timestamptz '2026-11-01T10:00:00Z' + floor(random() * 8) * interval '0.000003 s'`;
  const name = `(array['ana', 'Ana', 'Ñandú', 'zoé', 'Zoë', 'b%_'])[ceil(random() * 6)::int]`;
  const maybe = (sql: string) => `case when random() < .6 then ${sql} end`;
  const id = 'gen_random_uuid()';
  const network = `'TWITTER'`;

  /** Columns with the SQL that fills them, by table; every one gives as many rows as asked for. */
  const tables: Record<string, Record<string, string>> = {
    teams: { id, name: `${name} || gen_random_uuid()`, created_at: moment },
    members: { id, name, email: `gen_random_uuid() || '@example.com'`, role: `'AGENT'`, created_at: moment },
    api_keys: { id, name, role: `'AGENT'`, created_at: moment },
    oauth_clients: { id, client_id: 'gen_random_uuid()', name, role: `'AGENT'`, created_at: moment },
    customers: {
      id,
      kind: `'PERSON'`,
      display_name: name,
      family_name: maybe(name),
      created_at: moment,
      updated_at: moment,
    },
    consents: {
      id,
      customer_id: `'${customer}'`,
      purpose: `'SERVICE'`,
      channel: `'EMAIL'`,
      state: `'GRANTED'`,
      recorded_at: moment,
    },
    customer_merges: {
      id,
      survivor_id: `'${customer}'`,
      merged_ids: `'{}'`,
      report: `'{}'`,
      merged_by: `'system:test'`,
      merged_at: moment,
      merged_request: `'test'`,
    },
    notes: { id, customer_id: `'${customer}'`, author: `'system:test'`, text: name, created_at: moment },
    sources: {
      id,
      account_id: `'${account}'`,
      connector: `'feed'`,
      network: `'BLOG'`,
      kind: `'FEED'`,
      query: 'gen_random_uuid()',
      created_at: moment,
      last_event_at: maybe(moment),
      last_success_at: maybe(moment),
    },
    source_gaps: {
      id,
      source_id: `'${source}'`,
      from_at: moment,
      to_at: moment,
      reason: name,
      recorded_at: moment,
    },
    social_identities: {
      id,
      network,
      handle: name,
      handle_key: 'gen_random_uuid()',
      followers_count: maybe('floor(random() * 4)::int'),
      first_seen_at: moment,
    },
    conversations: {
      id,
      network,
      root_external_id: 'gen_random_uuid()',
      first_post_at: moment,
      last_post_at: moment,
    },
    communities: { id, size: 'floor(random() * 4)::int', cohesion: '1' },
    graph_runs: { id, kind: `'ANALYSIS'`, state: `'DONE'`, requested_by: `'system:test'`, requested_at: moment },
    posts: {
      id,
      network,
      external_id: 'gen_random_uuid()',
      revision: `'1'`,
      kind: `'MENTION'`,
      author_id: `'${identity}'`,
      conversation_id: `'${conversation}'`,
      text: name,
      sentiment_label: `'NEUTRAL'`,
      sentiment_score: '0',
      priority_score: `(array[0.1, 0.2, 1.0 / 3, 12345.678])[ceil(random() * 4)::int]`,
      occurred_at: moment,
      received_at: moment,
      edited_at: maybe(moment),
    },
    replies: {
      id,
      account_id: `'${account}'`,
      network,
      kind: `'REPLY'`,
      visibility: `'PUBLIC'`,
      state: `'CANCELLED'`,
      post_id: `'${post}'`,
      recipient_identity_id: `'${identity}'`,
      text: name,
      author: `'system:test'`,
      created_at: moment,
      scheduled_at: maybe(moment),
      sent_at: maybe(moment),
    },
  };

  const kept: Record<string, string> = {};
  const soil = { customer, team, post, identity, viewer, id, moment, name, maybe, kept };
  const planted = areas.map(area => area.rows?.(soil) ?? {});
  for (const area of planted) Object.assign(tables, area.tables);

  let query: (sql: string, values: unknown[]) => Promise<unknown> = (sql, values) => system.query(sql, values);
  const insert = (table: string, columns: Record<string, string>, count: number) =>
    query(
      `insert into ${table} (organization_id, ${Object.keys(columns).join(', ')})
       select $1, ${Object.values(columns).join(', ')} from generate_series(1, $2)`,
      [organization.id, count],
    );
  const some = (table: string) =>
    `(select id from ${table} where organization_id = $1 and id <> all (array['${identity}', '${customer}', '${team}', '${ours}']::uuid[]) order by random() limit $2)`;

  const own: Record<string, [string, string]> = {
    teams: ['team', team],
    customers: ['customer', customer],
    sources: ['source', source],
    conversations: ['conversation', conversation],
    communities: ['community', community],
  };

  /** In one transaction: each of some hundred statements would be one of its own. */
  async function grow(count: number): Promise<void> {
    const client = await system.connect();
    query = (sql, values) => client.query(sql, values);
    try {
      await client.query('begin');
      await growAll(count);
      await client.query('commit');
    } catch (error) {
      await client.query('rollback');
      throw error;
    } finally {
      client.release();
    }
  }

  async function growAll(count: number): Promise<void> {
    for (const [table, columns] of Object.entries(tables)) await insert(table, columns, count);
    await growGraph(count);
    // Ties a few of the new rows to those whose lists are walked through.
    await query(
      `insert into team_members (organization_id, team_id, member_id)
       select $1, '${team}', m.id from members m where m.organization_id = $1 on conflict do nothing`,
      [organization.id],
    );
    await query(
      `insert into customer_relations (organization_id, id, from_customer_id, to_customer_id, kind, created_at)
       select $1, gen_random_uuid(), case when n.out then '${customer}' else n.id end, case when n.out then n.id else '${customer}' end, 'FRIEND', ${moment}
         from (select c.id, random() < .5 as out from ${some('customers')} c) n on conflict do nothing`,
      [organization.id, count],
    );
    await query(
      `insert into link_suggestions (organization_id, id, identity_id, customer_id, confidence, bits, created_at)
       select $1, gen_random_uuid(), case when n.out then '${identity}' else n.identity_id end, case when n.out then n.id else '${customer}' end,
              (array[0.5, 1.0 / 3, 0.9])[ceil(random() * 3)::int], 0, ${moment}
         from (select c.id, i.id as identity_id, random() < .5 as out
                 from (select id, row_number() over () as place from ${some('customers')} c) c
                 join (select id, row_number() over () as place from ${some('social_identities')} i) i using (place)) n on conflict do nothing`,
      [organization.id, count],
    );
    await query(
      `insert into interactions (organization_id, id, network, kind, from_identity_id, to_identity_id, post_id, occurred_at)
       select $1, gen_random_uuid(), ${network}, 'MENTION', case when n.out then '${identity}' else n.id end, case when n.out then n.id else '${identity}' end,
              gen_random_uuid(), ${moment}
         from (select i.id, random() < .5 as out from ${some('social_identities')} i) n`,
      [organization.id, count],
    );
  }

  /** Influence, each with the same few scores; and ties of others to the account, and with the customer either way. */
  async function growGraph(count: number): Promise<void> {
    await query(
      `insert into identity_influence (organization_id, identity_id, community_id, score, percentile, engagers, distinct_engagers, pagerank, reach, trend)
       select $1, n.id, '${community}', (array[0.1, 0.2, 1.0 / 3, 42])[ceil(random() * 4)::int], 0, 0, 0, 0, 0, 0
         from ${some('social_identities')} n on conflict do nothing`,
      [organization.id, count],
    );
    await query(
      `update social_identities i set customer_id = c.id
         from (select n.id, row_number() over () as place from ${some('social_identities')} n) s,
              (select n.id, row_number() over () as place from ${some('customers')} n
                where not exists (select 1 from social_identities o where o.organization_id = $1 and o.customer_id = n.id)) c
        where i.organization_id = $1 and i.id = s.id and s.place = c.place and i.customer_id is null`,
      [organization.id, count],
    );
    for (const end of [identity, ours]) {
      const edges = (from: string, to: string) =>
        query(
          `insert into identity_edges (organization_id, from_identity_id, to_identity_id, kind, count, strength, first_at, last_at)
           select $1, ${from}, ${to}, 'MENTION', 1, ceil(random() * 4), now(), now() from ${some('social_identities')} n on conflict do nothing`,
          [organization.id, count],
        );
      await edges('n.id', `'${end}'`);
      await edges(`'${end}'`, 'n.id');
    }
  }

  for (const [table, [, uuid]] of Object.entries(own)) {
    const columns = {
      ...tables[table]!,
      id: `'${uuid}'::uuid`,
      ...(table === 'sources' ? { account_id: 'null' } : {}),
    };
    await insert(table, columns, 1);
  }
  await query(
    `insert into accounts (organization_id, id, network, handle) values ($1, '${account}', 'BLOG', 'account')`,
    [organization.id],
  );
  await insert(
    'social_identities',
    { ...tables['social_identities']!, id: `'${identity}'::uuid`, customer_id: `'${customer}'::uuid` },
    1,
  );
  await insert(
    'social_identities',
    {
      ...tables['social_identities']!,
      id: `'${ours}'::uuid`,
      handle: `'account'`,
      handle_key: `'account'`,
      network: `'BLOG'`,
    },
    1,
  );
  await insert('posts', { ...tables['posts']!, id: `'${post}'::uuid` }, 1);
  for (const area of planted) for (const [table, columns] of area.first ?? []) await insert(table, columns, 1);
  await grow(MANY);

  const parents: Record<string, string> = {
    Team: publicId('team', team),
    Customer: publicId('customer', customer),
    Source: publicId('source', source),
    Conversation: publicId('conversation', conversation),
    SocialIdentity: publicId('identity', identity),
    Community: publicId('community', community),
    Post: publicId('post', post),
    Audience: publicId('account', account),
    ...Object.assign({}, ...planted.map(area => area.parents)),
  };
  return { parents, insertMore: grow };
}
