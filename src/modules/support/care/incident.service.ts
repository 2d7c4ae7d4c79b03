import { recordEvents } from '../../../events/index.js';
import type { Tx } from '../../../platform/database/database.js';
import { invalid, staleVersion } from '../../../platform/errors.js';
import { newId, storedId } from '../../../platform/ids.js';
import { type Problems, requiredLine, throwAny } from '../../../platform/input.rules.js';
import { enqueue } from '../../../platform/jobs.js';
import { Parameters } from '../../../platform/paging/index.js';
import { type Viewer, visibleIds } from '../../access/index.js';
import { Post } from '../../social/index.js';
import { lockTicket, recordTicketEvents, writeTickets } from '../tickets/ticket.queries.js';
import { TicketChange } from '../tickets/ticket.states.rules.js';
import { type FloodPost, groupAlike } from './flood.rules.js';
import { addToIncident, watchForFloods } from './flood.service.js';
import { IncidentStatus } from './incident.entity.js';
import type { OpenIncidentInput, UpdateIncidentInput } from './incident.inputs.js';
import { joinTickets } from './incident-tickets.service.js';
import { cleanTexts, cleanWords } from './intake-rule.values.js';

/** The job that solves the tickets of an incident, some at a time. */
export const SOLVE_TASK = 'care.solve';

const MOST_POSTS = 200;

interface Known {
  id: string;
  status: IncidentStatus;
  stage: string;
  version: number;
  answers: Record<string, string>;
}

/** Opens an incident by hand. What its first posts have in common, later ones are compared with. */
export async function openIncident(tx: Tx, viewer: Viewer, input: OpenIncidentInput): Promise<{ incidentId: string }> {
  const problems: Problems = [];
  const columns = cleanIncident(problems, input);
  throwAny(problems);
  const posts = await visiblePosts(tx, viewer, input.postIds ?? []);
  const incidentId = newId();
  await tx.query(
    `insert into incidents (organization_id, id, title, words, networks, answers, signature, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      tx.scope.organizationId,
      incidentId,
      columns['title'],
      columns['words'] ?? [],
      columns['networks'] ?? [],
      columns['answers'] ?? {},
      await signatureOf(tx, posts),
      tx.scope.actor,
    ],
  );
  await addToIncident(tx, incidentId, posts);
  await watchForFloods(tx);
  return { incidentId };
}

/** What the largest group of posts that are alike has in common. */
async function signatureOf(tx: Tx, postIds: readonly string[]): Promise<string[]> {
  if (postIds.length < 2) return [];
  const posts = await tx.query<FloodPost>(
    `select id, author_id as "authorId", text, hashtags, links from posts where organization_id = $1 and id = any ($2::uuid[]) order by occurred_at`,
    [tx.scope.organizationId, postIds],
  );
  const [largest] = groupAlike(posts).sort((a, b) => b.posts.length - a.posts.length);
  return largest && largest.posts.length > 1 ? largest.signature : [];
}

export async function updateIncident(tx: Tx, input: UpdateIncidentInput): Promise<{ incidentId: string }> {
  const known = await lockIncident(tx, input);
  const problems: Problems = [];
  const columns = cleanIncident(problems, input);
  throwAny(problems);
  await writeIncident(tx, known.id, columns);
  if (known.status !== IncidentStatus.ENDED) await watchForFloods(tx);
  return { incidentId: known.id };
}

function cleanIncident(
  problems: Problems,
  input: Pick<UpdateIncidentInput, 'title' | 'words' | 'networks' | 'answers'>,
): Record<string, unknown> {
  return {
    ...(input.title !== undefined && { title: requiredLine(problems, 'title', input.title, 200) }),
    ...(input.words !== undefined && { words: cleanWords(problems, 'words', input.words ?? []) }),
    ...(input.networks !== undefined && { networks: [...new Set(input.networks ?? [])] }),
    ...(input.answers !== undefined && { answers: cleanTexts(problems, 'answers', input.answers) }),
  };
}

/** Says that a flood is an incident: the tickets of its posts belong to it from now on. */
export async function confirmIncident(
  tx: Tx,
  input: { id: string; version?: number | null },
): Promise<{ incidentId: string }> {
  const known = await lockIncident(tx, input);
  if (known.stage === 'CONFIRMED') return { incidentId: known.id };
  await writeIncident(tx, known.id, { stage: 'CONFIRMED' });
  const posts = await tx.query<{ id: string }>(
    'select post_id as id from incident_posts where organization_id = $1 and incident_id = $2 and not is_out',
    [tx.scope.organizationId, known.id],
  );
  await joinTickets(
    tx,
    posts.map(({ id }) => id),
  );
  return { incidentId: known.id };
}

/** It is over: no post joins it any more. Its tickets stay as they are. */
export async function endIncident(
  tx: Tx,
  input: { id: string; version?: number | null },
): Promise<{ incidentId: string }> {
  const known = await lockIncident(tx, input);
  if (known.status !== IncidentStatus.ENDED)
    await writeIncident(tx, known.id, { status: IncidentStatus.ENDED, ended_at: new Date() });
  return { incidentId: known.id };
}

/** Has all its tickets solved that are not done, some at a time. */
export async function solveIncident(
  tx: Tx,
  input: { id: string; version?: number | null },
): Promise<{ incidentId: string }> {
  const known = await lockIncident(tx, input);
  await enqueue(tx, SOLVE_TASK, { incidentId: known.id }, { key: `solve:${known.id}` });
  return { incidentId: known.id };
}

/** Adds posts by hand, also those that somebody had taken out. One that is in another incident is a TAKEN. */
export async function addPostsToIncident(
  tx: Tx,
  viewer: Viewer,
  input: { id: string; postIds: string[] },
): Promise<{ incidentId: string }> {
  const known = await lockIncident(tx, input);
  const posts = await visiblePosts(tx, viewer, input.postIds);
  await tx.query('delete from incident_posts where organization_id = $1 and post_id = any ($2::uuid[]) and is_out', [
    tx.scope.organizationId,
    posts,
  ]);
  const taken = await tx.query(
    'select 1 from incident_posts where organization_id = $1 and post_id = any ($2::uuid[]) and incident_id <> $3 limit 1',
    [tx.scope.organizationId, posts, known.id],
  );
  if (taken.length > 0)
    throw invalid('postIds', 'One of them is in another incident. Take it out there first.', 'TAKEN');
  await addToIncident(tx, known.id, posts);
  return { incidentId: known.id };
}

/** Takes posts out, with the tickets that they alone brought; they do not join by themselves again. */
export async function removePostsFromIncident(
  tx: Tx,
  viewer: Viewer,
  input: { id: string; postIds: string[] },
): Promise<{ incidentId: string }> {
  const known = await lockIncident(tx, input);
  const posts = await visiblePosts(tx, viewer, input.postIds);
  await tx.query(
    'update incident_posts set is_out = true where organization_id = $1 and incident_id = $2 and post_id = any ($3::uuid[])',
    [tx.scope.organizationId, known.id, posts],
  );
  const moved = await tx.query<{ id: string }>(
    `update tickets t set incident_id = null, version = t.version + 1, updated_at = clock_timestamp()
      where t.organization_id = $1 and t.incident_id = $2
        and t.id in (select m.ticket_id from ticket_messages m where m.organization_id = $1 and m.post_id = any ($3::uuid[]))
        and not exists (select 1 from ticket_messages m
              join incident_posts p on p.organization_id = m.organization_id and p.post_id = m.post_id and p.incident_id = $2 and not p.is_out
             where m.organization_id = $1 and m.ticket_id = t.id)
     returning t.id`,
    [tx.scope.organizationId, known.id, posts],
  );
  await tellTickets(tx, moved);
  await touch(tx, known.id);
  return { incidentId: known.id };
}

/** Takes a ticket out of its incident, with what was said in it. One that belongs to none stays as it is. */
export async function removeTicketFromIncident(tx: Tx, viewer: Viewer, id: string): Promise<{ ticketId: string }> {
  const ticket = await lockTicket(tx, viewer, id, { field: 'ticketId' });
  if (ticket.incidentId === null) return { ticketId: ticket.id };
  await writeTickets(tx, [ticket.id], { incident_id: null });
  await tx.query(
    `update incident_posts p set is_out = true from ticket_messages m
      where p.organization_id = $1 and p.incident_id = $2 and m.organization_id = $1 and m.ticket_id = $3 and m.post_id = p.post_id`,
    [tx.scope.organizationId, ticket.incidentId, ticket.id],
  );
  await tellTickets(tx, [ticket]);
  await touch(tx, ticket.incidentId);
  return { ticketId: ticket.id };
}

const tellTickets = (tx: Tx, tickets: readonly { id: string }[]): Promise<void> =>
  recordTicketEvents(
    tx,
    tickets.map(({ id }) => ({ ticketId: id, change: TicketChange.UPDATED })),
  );

async function visiblePosts(tx: Tx, viewer: Viewer, ids: readonly string[]): Promise<string[]> {
  if (ids.length > MOST_POSTS) throw invalid('postIds', `At most ${MOST_POSTS} posts are taken at once.`, 'TOO_LONG');
  return visibleIds(tx, viewer, Post, ids, 'postIds');
}

/** The incident behind a public id, held for a change. */
export async function lockIncident(tx: Tx, { id, version }: { id: string; version?: number | null }): Promise<Known> {
  const [known] = await tx.query<Known>(
    'select id, status, stage, version, answers from incidents where organization_id = $1 and id = $2 for update',
    [tx.scope.organizationId, storedId('incident', id)],
  );
  if (!known) throw invalid('id', 'There is no such incident, or you may not see it.', 'NOT_FOUND');
  if (version != null && version !== known.version) throw staleVersion('incident', known.version);
  return known;
}

export async function writeIncident(tx: Tx, id: string, columns: Record<string, unknown>): Promise<void> {
  const parameters = new Parameters();
  const [organization, incident] = [parameters.add(tx.scope.organizationId), parameters.add(id)];
  const sets = Object.entries(columns).map(([column, value]) => `${column} = ${parameters.add(value)}`);
  await tx.query(
    `update incidents set ${[...sets, 'version = version + 1', 'updated_at = clock_timestamp()'].join(', ')}
      where organization_id = ${organization} and id = ${incident}`,
    parameters.values,
  );
  await recordEvents(tx, [{ type: 'incident.changed', subjectId: id }]);
}

async function touch(tx: Tx, id: string): Promise<void> {
  await recordEvents(tx, [{ type: 'incident.changed', subjectId: id }]);
}
