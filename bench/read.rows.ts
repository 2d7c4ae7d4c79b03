// Generated example people and posts as rows of our tables, by the names of their columns.
import type { ExampleCustomer, ExamplePost } from '../src/demo/example.js';
import { newId } from '../src/platform/ids.js';

export function customerRow(customer: ExampleCustomer, id: string, team_id: string | null, created_at: Date) {
  const { kind, displayName, givenName = null, familyName = null, language, tags, key } = customer;
  return {
    id,
    kind,
    display_name: displayName,
    given_name: givenName,
    family_name: familyName,
    language,
    tags,
    custom_fields: {},
    external_id: key,
    team_id,
    version: 1,
    created_at,
    updated_at: created_at,
  };
}

export function contactPointsOf({ email, phone, website }: ExampleCustomer, customer_id: string, created_at: Date) {
  const points = [
    { kind: 'EMAIL', value: email },
    { kind: 'PHONE', value: phone },
    ...(website ? [{ kind: 'WEBSITE', value: website }] : []),
  ];
  return points.map(point => ({ id: newId(), customer_id, ...point, is_primary: point.kind === 'EMAIL', created_at }));
}

export function identityRow(
  identity: {
    network: string;
    id?: string;
    handle: string;
    displayName?: string;
    bio?: string;
    url?: string;
    followersCount?: number;
  },
  id: string,
  customer_id: string | null,
  first_seen_at: Date,
) {
  const { network, handle, displayName = null, bio = null, url = null, followersCount } = identity;
  return {
    id,
    network,
    external_id: identity.id ?? null,
    handle,
    handle_key: handle.toLowerCase(),
    display_name: displayName,
    bio,
    url,
    followers_count: followersCount ?? 0,
    authored: true,
    customer_id,
    first_seen_at,
    updated_at: first_seen_at,
  };
}

/** What enrichment would say is made up here: its cost is measured by the import. */
export function postRow({ event, network, intent }: ExamplePost, id: string, author_id: string) {
  const label = { COMPLAINT: 'NEGATIVE', PRAISE: 'POSITIVE' }[intent as string] ?? 'NEUTRAL';
  const score = { NEGATIVE: -0.6, POSITIVE: 0.7, NEUTRAL: 0 }[label]!;
  const priority = Math.round(Math.abs(score) * 60 + (event.text.length % 30));
  return {
    id,
    network,
    external_id: event.ref.id,
    revision: event.revision,
    kind: event.kind,
    author_id,
    text: event.text,
    language: event.language ?? 'es',
    url: event.ref.url ?? null,
    hashtags: [],
    links: [],
    media: event.media,
    sentiment_label: label,
    sentiment_score: score,
    sentiment_words: label === 'NEUTRAL' ? [] : [{ word: event.text.split(' ')[1] ?? 'pan', weight: score }],
    priority_score: priority,
    priority_reasons: [{ code: 'SENTIMENT', weight: priority }],
    own: event.own,
    auto: event.auto,
    occurred_at: event.occurredAt,
    received_at: event.occurredAt,
  };
}

export function interactionRow(
  network: string,
  kind: string,
  from_identity_id: string,
  to_identity_id: string,
  post_id: string | null,
  occurred_at: Date,
) {
  return { id: newId(), network, kind, from_identity_id, to_identity_id, post_id, occurred_at };
}
