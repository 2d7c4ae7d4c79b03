import { recordEvents } from '../../../events/index.js';
import type { Database, Scope, Tx } from '../../../platform/database/database.js';
import { newId } from '../../../platform/ids.js';
import { enqueue } from '../../../platform/jobs.js';
import { type CareSettings, careGround } from './care.ground.js';
import { areAlike, type FloodPost, featuresOf, findFloods, titleOf } from './flood.rules.js';
import { foldText, holdsPhrase } from './folding.rules.js';
import { joinTickets } from './incident-tickets.service.js';

/** The job that looks whether what is said now is a flood, or belongs to an incident. */
export const FLOOD_TASK = 'care.flood';

const LOOK_AFTER_MS = 2_000;
const MOST_RECENT = 2000;
const USUAL_HOURS = 24;
/** A sentiment that nobody means as a complaint, from -1 to 1: a weaker one may be a complaint that was misread. */
const PRAISE = 0.5;

/** Has somebody look soon; however many posts come meanwhile, once. */
export const watchForFloods = (tx: Tx): Promise<void> =>
  enqueue(
    tx,
    FLOOD_TASK,
    {},
    {
      key: `flood:${tx.scope.organizationId}`,
      runAt: new Date(Date.now() + LOOK_AFTER_MS),
      keepRunAt: true,
    },
  );

interface OpenIncident {
  id: string;
  words: string[];
  networks: string[];
  signature: string[];
  isConfirmed: boolean;
}

type Seen = FloodPost & { network: string; title: string | null; isPraise: boolean };

/** Reads first, and writes in a transaction of its own that is short. */
export async function lookForFloods(database: Database, scope: Scope): Promise<void> {
  const read = { scope, query: <Row>(sql: string, values: unknown[] = []) => database.read<Row>(scope, sql, values) };
  const { settings, hasIncidents } = await careGround(read);
  if (settings.floodMode === 'OFF' && !hasIncidents) return;
  await database.write(scope, async tx => {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`flood:${scope.organizationId}`]);
    const recent = await recentPosts(tx, settings);
    // Praise may belong to what is known already; it is no reason to call for help.
    const left = (hasIncidents ? await joinIncidents(tx, recent) : recent).filter(({ isPraise }) => !isPraise);
    if (settings.floodMode !== 'OFF' && left.length >= settings.floodPosts) await openFloods(tx, left, settings);
  });
}

/** What others said in the last minutes and is in no incident yet. */
const recentPosts = (tx: Tx, { floodMinutes }: CareSettings): Promise<Seen[]> =>
  tx.query<Seen>(
    `select p.id, p.author_id as "authorId", p.text, p.title, p.network, p.hashtags, p.links, p.sentiment_score > ${PRAISE} as "isPraise" from posts p
      where p.organization_id = $1 and p.received_at > now() - make_interval(mins => $2::integer)
        and not p.own and not p.auto and p.deleted_at is null and p.kind not in ('CALL', 'FAX')
        and not exists (select 1 from incident_posts i where i.organization_id = p.organization_id and i.post_id = p.id)
      order by p.received_at desc limit ${MOST_RECENT}`,
    [tx.scope.organizationId, floodMinutes],
  );

/** Posts that are like an open incident join it; answers the others. */
async function joinIncidents(tx: Tx, posts: readonly Seen[]): Promise<Seen[]> {
  const incidents = await tx.query<OpenIncident>(
    `select id, words, networks, signature, stage = 'CONFIRMED' as "isConfirmed" from incidents
      where organization_id = $1 and status <> 'ENDED' order by created_at, id`,
    [tx.scope.organizationId],
  );
  const prepared = incidents.map(({ words, signature, ...incident }) => ({
    ...incident,
    words: words.map(foldText),
    signature: new Set(signature),
  }));
  const joined = new Map<string, string[]>();
  const left: Seen[] = [];
  for (const post of posts) {
    const text = foldText(`${post.title ?? ''}\n${post.text}`);
    const features = featuresOf(post);
    const incident = prepared.find(
      ({ networks, words, signature }) =>
        (networks.length === 0 || networks.includes(post.network)) &&
        (words.some(word => holdsPhrase(text, word)) || areAlike(features, signature)),
    );
    if (incident) joined.set(incident.id, [...(joined.get(incident.id) ?? []), post.id]);
    else left.push(post);
  }
  for (const [incidentId, postIds] of joined) await addToIncident(tx, incidentId, postIds);
  return left;
}

async function openFloods(tx: Tx, posts: readonly Seen[], settings: CareSettings): Promise<void> {
  const usual = await tx.query<FloodPost>(
    `select p.id, p.author_id as "authorId", p.text, p.hashtags, p.links from posts p
      where p.organization_id = $1 and p.received_at <= now() - make_interval(mins => $2::integer)
        and p.received_at > now() - make_interval(hours => ${USUAL_HOURS}, mins => $2::integer)
        and not p.own and not p.auto and p.deleted_at is null
      order by p.received_at desc limit ${MOST_RECENT}`,
    [tx.scope.organizationId, settings.floodMinutes],
  );
  const floods = findFloods([...posts].reverse(), usual, {
    atLeast: settings.floodPosts,
    usualTimes: (USUAL_HOURS * 60) / settings.floodMinutes,
  });
  for (const { posts: alike, signature } of floods) {
    const incidentId = newId();
    await tx.query(
      `insert into incidents (organization_id, id, title, stage, signature, created_by) values ($1, $2, $3, $4, $5, $6)`,
      [
        tx.scope.organizationId,
        incidentId,
        titleOf(signature),
        settings.floodMode === 'AUTOMATIC' ? 'CONFIRMED' : 'SUGGESTED',
        signature,
        tx.scope.actor,
      ],
    );
    await addToIncident(
      tx,
      incidentId,
      alike.map(({ id }) => id),
    );
  }
}

/** Adds posts (stored ids) to an incident, those that are in none and were not taken out; their tickets go with them. */
export async function addToIncident(tx: Tx, incidentId: string, postIds: readonly string[]): Promise<void> {
  const added = await tx.query<{ postId: string }>(
    `insert into incident_posts (organization_id, incident_id, post_id) select $1, $2, unnest($3::uuid[])
     on conflict (organization_id, post_id) do nothing returning post_id as "postId"`,
    [tx.scope.organizationId, incidentId, postIds],
  );
  await tx.query(
    `update incidents set last_post_at = now(), updated_at = clock_timestamp() where organization_id = $1 and id = $2`,
    [tx.scope.organizationId, incidentId],
  );
  await joinTickets(
    tx,
    added.map(({ postId }) => postId),
  );
  await recordEvents(tx, [{ type: 'incident.changed', subjectId: incidentId }]);
}
