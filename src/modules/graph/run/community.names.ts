import type { PoolClient } from 'pg';
import { authorsOfWords, type SaidText, tellingWords } from '../words.rules.js';

/** Only of the largest communities are words looked for; the rest are known by their members. */
const MOST_NAMED = 200;
const MEMBERS_READ = 60;
const POSTS_OF_A_MEMBER = 10;
/** A word fewer of them say would tell of somebody rather than of all. */
const FEWEST_AUTHORS = 3;
const WORDS = 8;

/**
 * Words each community is known by, by its number, from what its most influential members said last.
 * @param leaders stored ids of the most influential members of each community
 */
export async function wordsOfCommunities(
  client: PoolClient,
  organizationId: string,
  leaders: string[][],
): Promise<string[][]> {
  const said: SaidText[][] = [];
  for (const members of leaders.slice(0, MOST_NAMED)) {
    const { rows } = await client.query<SaidText>(
      `select p.author_id as "authorId", p.text from unnest($2::uuid[]) as m(id)
        cross join lateral (
          select author_id, text from posts
           where organization_id = $1 and author_id = m.id and deleted_at is null
           order by occurred_at desc limit ${POSTS_OF_A_MEMBER}) p`,
      [organizationId, members.slice(0, MEMBERS_READ)],
    );
    said.push(rows);
  }
  const everybody = authorsOfWords(said.flat());
  return said.map(texts => tellingWords(authorsOfWords(texts), everybody, { fewest: FEWEST_AUTHORS, most: WORDS }));
}
