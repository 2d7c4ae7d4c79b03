import { newId, publicId } from '../../src/platform/ids.js';
import type { TestApp, TestOrganization } from './app.js';
import type { Specimens } from './areas/area.js';
import { areas } from './areas/index.js';

export type { Specimens };

/** A reply in each state that something can be done about, by the name its id goes by. */
const REPLIES = {
  reply: 'SCHEDULED',
  waiting_reply: 'AWAITING_APPROVAL',
  failed_reply: 'FAILED',
  unknown_reply: 'UNKNOWN',
  sent_reply: 'SENT',
};

/** Keeps one of everything in an organisation, past all rules: what is written here nobody has decided. */
export async function plant(test: TestApp, organization: TestOrganization, marker: string): Promise<Specimens> {
  const client = await test.app.database.system.connect();
  const sent: Promise<unknown>[] = [];
  // Nobody waits for a statement before the next is sent: ids are made here, and all of it is one transaction.
  const query = (sql: string, values: unknown[] = []) => sent.push(client.query(sql, values));
  try {
    query('begin');
    const specimens = await plantInto(query, organization, marker);
    query('commit');
    await Promise.all(sent);
    return specimens;
  } catch (error) {
    await Promise.allSettled(sent);
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

async function plantInto(
  query: (sql: string, values?: unknown[]) => void,
  organization: TestOrganization,
  marker: string,
): Promise<Specimens> {
  const ids: Record<string, string> = {};
  const put = async (table: string, row: Record<string, unknown>, prefix?: string): Promise<string> => {
    const id = newId();
    const full: Record<string, unknown> = { organization_id: organization.id, ...(prefix ? { id } : {}), ...row };
    const places = Object.keys(full).map((_, at) => `$${at + 1}`);
    const columns = Object.keys(full).join(', ');
    // What has no id may be there already: there is one of it in an organisation.
    const once = prefix ? '' : ' on conflict do nothing';
    query(`insert into ${table} (${columns}) values (${places.join(', ')})${once}`, Object.values(full));
    if (prefix) ids[prefix] = publicId(prefix, id);
    return id;
  };
  const now = new Date('2026-11-01T10:00:00Z');
  const name = (what: string) => `${marker} ${what}`;

  const team = await put('teams', { name: name('team') }, 'team');
  await put('teams', { name: name('spare team') }, 'spare_team');
  const member = await put(
    'members',
    { name: name('member'), email: `${marker}@example.com`, role: 'AGENT' },
    'member',
  );
  await put('team_members', { team_id: team, member_id: member });
  await put('api_keys', { name: name('key'), role: 'AGENT', start: marker }, 'api_key');
  await put('oauth_clients', { client_id: marker, name: name('client'), role: 'AGENT' }, 'oauth_client');

  const person = { kind: 'PERSON', given_name: marker };
  await put('customers', { ...person, display_name: name('gone'), deleted_at: now }, 'deleted_customer');
  const other = await put('customers', { ...person, display_name: name('other') }, 'other_customer');
  const customer = await put(
    'customers',
    { ...person, display_name: name('customer'), external_id: marker, tags: [marker] },
    'customer',
  );
  const twin = await put('customers', { ...person, display_name: name('twin'), deleted_at: now }, 'twin_customer');
  const field = { field: 'jobTitle', fromId: customer, value: marker, conflict: true, givenUp: [] };
  const merge = await put(
    'customer_merges',
    {
      survivor_id: customer,
      merged_ids: [twin],
      report: JSON.stringify({ fields: [field], records: [{ kind: 'notes', moved: 1, folded: 0, dropped: 0 }] }),
      merged_by: 'system:test',
      merged_at: now,
      merged_request: 'test',
    },
    'merge',
  );
  query('update customers set merged_into_id = $3 where organization_id = $1 and id = $2', [
    organization.id,
    twin,
    customer,
  ]);
  await put('customer_merge_changes', {
    merge_id: merge,
    table_name: 'customers',
    row_id: twin,
    before: JSON.stringify({ deleted_at: null, merged_into_id: null }),
    after: JSON.stringify({ deleted_at: '2026-11-01T10:00:00+00:00', merged_into_id: customer }),
  });
  await put(
    'customer_relations',
    { from_customer_id: customer, to_customer_id: other, kind: 'FRIEND', detail: marker },
    'relation',
  );
  const belongs = { customer_id: customer };
  await put('contact_points', { ...belongs, kind: 'EMAIL', value: `${marker}@example.org` }, 'contact');
  await put('preferences', { ...belongs, key: marker, value: marker }, 'preference');
  await put(
    'consents',
    { ...belongs, purpose: 'SERVICE', channel: 'EMAIL', state: 'GRANTED', evidence: marker },
    'consent',
  );
  await put('custom_field_definitions', { key: marker, label: marker, type: 'TEXT' }, 'field');
  await put('notes', { ...belongs, author: 'system:test', text: name('note') }, 'note');

  const network = 'BLOG';
  const account = await put(
    'accounts',
    { network, connector: 'echo', handle: marker, display_name: name('account') },
    'account',
  );
  const source = await put(
    'sources',
    { account_id: account, connector: 'feed', network, kind: 'FEED', query: `http://127.0.0.1:9/${marker}` },
    'source',
  );
  await put('source_gaps', { source_id: source, from_at: now, to_at: now, reason: name('gap') }, 'gap');
  const stranger = await put(
    'social_identities',
    { network, handle: name('stranger'), handle_key: `${marker}-s` },
    'identity',
  );
  const linked = await put(
    'social_identities',
    { network, handle: marker, handle_key: marker, bio: marker, authored: true, customer_id: customer },
    'linked_identity',
  );
  await put(
    'identity_links',
    {
      identity_id: linked,
      customer_id: customer,
      status: 'CONFIRMED',
      method: 'MANUAL',
      confidence: 1,
      evidence: JSON.stringify([{ kind: 'MANUAL', detail: marker, weight: 30 }]),
      linked_by: 'system:test',
    },
    'link',
  );
  await put(
    'link_suggestions',
    {
      identity_id: stranger,
      customer_id: customer,
      confidence: 0.9,
      bits: 3,
      evidence: JSON.stringify([{ kind: 'NAME', detail: marker, weight: 12 }]),
    },
    'suggestion',
  );
  await put('match_keys', { is_customer: true, key: 1, subject_id: customer });
  // One an organisation, in which more than one of everything may be kept.
  query(
    `insert into match_models (organization_id, customers, identities, model) values ($1, 1, 1, '{"shares": {}}') on conflict do nothing`,
    [organization.id],
  );
  const conversation = await put(
    'conversations',
    { network, root_external_id: marker, first_post_at: now, last_post_at: now },
    'conversation',
  );
  const post = await put(
    'posts',
    {
      network,
      external_id: marker,
      revision: '1',
      kind: 'COMMENT',
      author_id: linked,
      source_id: source,
      account_id: account,
      conversation_id: conversation,
      text: name('post'),
      sentiment_label: 'NEUTRAL',
      sentiment_score: 0,
      priority_score: 1,
      occurred_at: now,
    },
    'post',
  );
  const reply = {
    account_id: account,
    network,
    kind: 'REPLY',
    visibility: 'PUBLIC',
    post_id: post,
    conversation_id: conversation,
    recipient_identity_id: linked,
    text: name('reply'),
    author: 'system:test',
  };
  const failure = JSON.stringify({ code: 'FORBIDDEN', detail: marker });
  const replies: Record<string, string> = {};
  for (const [alias, state] of Object.entries(REPLIES))
    replies[alias] = await put('replies', { ...reply, state, failure, external_id: `${marker} ${alias}` }, alias);
  await put('reply_approval_rules', { account_id: account, role: 'PARTNER' }, 'approval');
  await put('early_receipts', { network, external_id: marker, state: 'read', at: now });
  await put('post_tombstones', { network: 'BLUESKY', external_id: marker });
  await put('post_revisions', { post_id: post, revision: '0', text: marker });
  await put(
    'interactions',
    { network, kind: 'MENTION', from_identity_id: linked, to_identity_id: stranger, post_id: post, occurred_at: now },
    'interaction',
  );
  const community = await put('communities', { words: [marker], size: 3, cohesion: 1 }, 'community');
  const influence = { score: 50, percentile: 50, engagers: 1, distinct_engagers: 1, pagerank: 0.1, reach: 1, trend: 0 };
  for (const identity of [stranger, linked])
    await put('identity_influence', { identity_id: identity, community_id: community, ...influence });
  await put('customer_influence', { customer_id: customer, ...influence });
  await put('identity_edges', {
    from_identity_id: linked,
    to_identity_id: stranger,
    kind: 'MENTION',
    count: 1,
    strength: 0,
    first_at: now,
    last_at: now,
  });
  // There is one open run at a time.
  query("update graph_runs set state = 'DONE' where organization_id = $1", [organization.id]);
  await put('graph_runs', { kind: 'ANALYSIS', state: 'RUNNING', requested_by: 'system:test' }, 'graph_run');
  const ground = {
    marker,
    now,
    organizationId: organization.id,
    customer,
    otherCustomer: other,
    member,
    team,
    linkedIdentity: linked,
    post,
    conversation,
    reply: replies['reply']!,
    account,
    kept: {},
  };
  for (const area of areas) {
    await area.plant?.(put, ground);
    for (const [alias, prefix] of Object.entries(area.prefixes ?? {}))
      ids[alias] = ids[alias]!.replace(`${alias}_`, `${prefix}_`);
  }
  ids['identity'] = publicId('identity', stranger);
  ids['linked_identity'] = publicId('identity', linked);
  for (const alias of Object.keys(REPLIES)) ids[alias] = ids[alias]!.replace(`${alias}_`, 'reply_');
  ids['spare_team'] = ids['spare_team']!.replace('spare_team_', 'team_');
  for (const alias of ['deleted_customer', 'other_customer', 'twin_customer'])
    ids[alias] = ids[alias]!.replace(`${alias}_`, 'customer_');
  ids['organization'] = publicId('organization', organization.id);
  return { marker, ids, customerId: customer };
}
