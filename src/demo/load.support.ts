import type { Viewer } from '../modules/access/index.js';
import {
  addPostToTicket,
  addTicketNote,
  createBusinessCalendar,
  createDefaultIntakeRules,
  createIntakeRule,
  createQueue,
  createSlaPolicy,
  importArticles,
  openTicketFromPost,
  setMemberSkills,
} from '../modules/support/index.js';
import type { Database, Scope, Tx } from '../platform/database/database.js';
import { newId, publicId } from '../platform/ids.js';
import { agents, articles, complaints, openingHours, promise, storyNote } from './desk.js';
import type { ExampleStory } from './example.js';
import { keepMembers } from './load.members.js';

/** Who answers, by when, and what opens a ticket: of what is said from now on, and of what the story's customer said. */
export async function loadSupport(
  database: Database,
  scope: Scope,
  viewer: Viewer,
  story: ExampleStory | undefined,
): Promise<void> {
  const teamId = await database.write(scope, tx => openDesk(tx, viewer));
  if (story) await database.write(scope, tx => openStory(tx, viewer, story, teamId));
}

/** Answers the public id of the team. */
async function openDesk(tx: Tx, viewer: Viewer): Promise<string> {
  const team = newId();
  const members = await keepMembers(tx, agents);
  await tx.query('insert into teams (organization_id, id, name) values ($1, $2, $3)', [
    tx.scope.organizationId,
    team,
    openingHours.name,
  ]);
  await tx.query(
    'insert into team_members (organization_id, team_id, member_id) select $1, $2, m.id from unnest($3::uuid[]) as m(id)',
    [tx.scope.organizationId, team, [...members.values()]],
  );
  for (const { key, languages } of agents)
    await setMemberSkills(tx, viewer, {
      memberId: publicId('member', members.get(key)!),
      languages: [...languages],
    } as never);
  const teamId = publicId('team', team);
  await createBusinessCalendar(tx, openingHours as never);
  await createSlaPolicy(tx, viewer, promise as never);
  await createQueue(tx, viewer, { name: openingHours.name, teamId, strategy: 'LEAST_BUSY' } as never);
  await createDefaultIntakeRules(tx, {});
  await createIntakeRule(tx, viewer, complaints as never);
  await importArticles(tx, articles.map(article => ({ ...article, publish: true })) as never);
  return teamId;
}

async function openStory(tx: Tx, viewer: Viewer, story: ExampleStory, teamId: string): Promise<void> {
  const kept = await tx.query<{ id: string }>(
    'select id from posts where organization_id = $1 and external_id = any ($2) order by occurred_at',
    [tx.scope.organizationId, story.complaint],
  );
  const [first, ...others] = kept.map(({ id }) => publicId('post', id));
  const { ticketId } = await openTicketFromPost(tx, viewer, {
    postId: first!,
    type: 'COMPLAINT',
    priority: 'URGENT',
    teamId,
  } as never);
  const id = publicId('ticket', ticketId);
  for (const postId of others) await addPostToTicket(tx, viewer, { ticketId: id, postId });
  await addTicketNote(tx, viewer, { ticketId: id, text: storyNote } as never);
}
