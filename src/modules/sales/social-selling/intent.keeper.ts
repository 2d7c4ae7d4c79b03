import { setTimeout as sleep } from 'node:timers/promises';
import type { Database, Scope, Tx } from '../../../platform/database/database.js';
import { newId } from '../../../platform/ids.js';
import type { Logger } from '../../../platform/logger.js';
import { intentOfPost, type ReadPost } from './intent.rules.js';

export interface IntentKeeper {
  /** Ends after the batch in hand. */
  stop(): Promise<void>;
}

const LOOK_MS = 1000;
/** So many posts a transaction: some milliseconds of reading. */
const BATCH = 100;

/** Suggests leads as posts come, change and go, in every organisation, beside other processes that do the same. */
export function openIntentKeeper(database: Database, log: Logger): IntentKeeper {
  const stopping = new AbortController();
  const running = (async () => {
    while (!stopping.signal.aborted) {
      await readAll(database, log, stopping.signal).catch(error => {
        if (!stopping.signal.aborted)
          log.warn({ err: error }, 'posts could not be read for intent and are tried again');
      });
      await sleep(LOOK_MS, undefined, { signal: stopping.signal }).catch(() => {});
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

async function readAll(database: Database, log: Logger, signal: AbortSignal): Promise<void> {
  const { rows } = await database.system.query<{ organizationId: string }>(
    `with recursive o as (
       (select organization_id from intent_queue order by organization_id limit 1)
       union all
       select (select q.organization_id from intent_queue q where q.organization_id > o.organization_id order by q.organization_id limit 1)
         from o where o.organization_id is not null)
     select organization_id as "organizationId" from o where organization_id is not null`,
  );
  for (const { organizationId } of rows) {
    if (signal.aborted) return;
    // What keeps one organisation from being read is none of the others' business.
    await readIntents(database, organizationId, signal).catch(error =>
      log.warn({ err: error, organizationId }, 'posts could not be read for intent and are tried again'),
    );
  }
}

/**
 * Reads what came and changed in an organisation. A batch and its removal from the queue are one transaction, so a crash loses and
 * doubles nothing; of two readers one works.
 */
export async function readIntents(database: Database, organizationId: string, signal?: AbortSignal): Promise<void> {
  const scope: Scope = { organizationId, actor: 'system:intent', requestId: `intent:${organizationId}` };
  while (!signal?.aborted && (await database.write(scope, readBatch)));
}

async function readBatch(tx: Tx): Promise<boolean> {
  const { organizationId } = tx.scope;
  const [lock] = await tx.query<{ held: boolean }>(
    'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as held',
    [`intent:${organizationId}`],
  );
  if (!lock?.held) return false;
  const queued = await tx.query<{ postId: string }>(
    `delete from intent_queue where organization_id = $1 and id = any (
       array(select id from intent_queue where organization_id = $1 order by id limit ${BATCH}))
     returning post_id as "postId"`,
    [organizationId],
  );
  if (queued.length === 0) return false;
  const posts = await tx.query<ReadPost & { id: string; authorId: string }>(
    `select p.id, p.author_id as "authorId", p.kind, p.text, p.title, p.language, p.own, p.auto, p.deleted_at as "deletedAt"
       from posts p where p.organization_id = $1 and p.id = any ($2::uuid[])`,
    [organizationId, [...new Set(queued.map(({ postId }) => postId))]],
  );
  const intents = new Map(posts.map(post => [post, intentOfPost(post)]));
  // What people have decided stays decided, whatever becomes of the post.
  await tx.query(
    `delete from lead_suggestions where organization_id = $1 and state = 'OPEN' and post_id = any ($2::uuid[])`,
    [organizationId, posts.filter(post => !intents.get(post)).map(({ id }) => id)],
  );
  for (const [post, intent] of intents) {
    if (!intent) continue;
    await tx.query(
      `insert into lead_suggestions (organization_id, id, post_id, identity_id, language, strength, words)
       select $1, $2, $3, $4, $5, $6, $7
        where not exists (select 1 from leads l where l.organization_id = $1 and l.post_id = $3)
       on conflict (organization_id, post_id) do update
          set language = excluded.language, strength = excluded.strength, words = excluded.words, updated_at = now()
        where lead_suggestions.state = 'OPEN'`,
      [organizationId, newId(), post.id, post.authorId, post.language, intent.strength, JSON.stringify(intent.words)],
    );
  }
  return true;
}
