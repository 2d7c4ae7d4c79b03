// Customers, a process of their own: what they say comes in through `ingest`, as that of any channel does, and is filed into their tickets.
import { setTimeout as sleep } from 'node:timers/promises';
import { Network, PostKind, type UpsertEvent } from '../src/ingest/connector.js';
import { ingest } from '../src/ingest/ingest.service.js';
import '../src/modules/support/index.js';
import { Database, type Scope } from '../src/platform/database/database.js';
import { newId, publicId } from '../src/platform/ids.js';
import { answering } from './support/processes.js';
import { wallClock } from './support/statistics.js';

export type Question =
  | { open: { ownerUrl: string; appUrl: string; organizationId: string; tickets: number } }
  | { write: { messages: number; perSecond: number } };

/** Stored ids of the tickets that are spoken in. */
export interface Prepared {
  tickets: string[];
}

/** Public id of the ticket of each message and when it arrived, in order of arrival. */
export interface Written {
  messages: [ticket: string, at: number][];
}

const BATCH = 200;
/** How often what has arrived is handed over, as a webhook or a stream does. */
const EVERY_MS = 50;
let database: Database;
let scope: Scope;
let everWritten = 0;
let tickets: string[] = [];
const run = newId();

function message(thread: number): UpsertEvent {
  const order = everWritten++;
  return {
    op: 'upsert',
    ref: { id: `${run}-${order}` },
    revision: '1',
    kind: PostKind.DIRECT_MESSAGE,
    author: { id: `writer-${run}-${thread}`, handle: `writer${thread}` },
    own: false,
    root: { id: `thread-${run}-${thread}` },
    occurredAt: new Date(),
    text: `¿Cuándo llega mi pan? Pregunto otra vez, ya van ${order}.`,
    media: [],
    auto: false,
  };
}

const accept = (events: UpsertEvent[]) => ingest(database, scope, events, { network: Network.TELEGRAM });

/** A first word in each thread, and a ticket for each: what is said later is filed into it. */
async function prepare(count: number): Promise<string[]> {
  for (let first = 0; first < count; first += BATCH)
    await accept(Array.from({ length: Math.min(BATCH, count - first) }, (_, at) => message(first + at)));
  const { rows } = await database.system.query<{ id: string }>(
    `with made as (
       insert into tickets (organization_id, id, number, subject, status, channel, network, identity_id, conversation_id, waiting_since, last_message_at, created_by)
       select c.organization_id, gen_random_uuid(), 'L-' || c.root_external_id, 'When does my bread come?', 'OPEN', 'CHAT', 'TELEGRAM', p.author_id, c.id, now(), now(), 'system:bench'
         from conversations c join lateral (select author_id from posts p where p.organization_id = c.organization_id and p.conversation_id = c.id limit 1) p on true
        where c.organization_id = $1 and c.root_external_id like $2
       returning organization_id, id, conversation_id, number),
     tied as (insert into ticket_conversations (organization_id, ticket_id, conversation_id) select organization_id, id, conversation_id from made)
     select id from made order by split_part(number, '-', 8)::int`,
    [scope.organizationId, `thread-${run}-%`],
  );
  await database.system.query('analyze tickets, ticket_conversations, conversations, posts, social_identities');
  return rows.map(({ id }) => id);
}

async function write(messages: number, perSecond: number): Promise<Written> {
  const arrived: [string, number][] = [];
  const began = performance.now();
  const waiting: number[] = [];
  let underway: Promise<void> | null = null;
  // One batch after the other, as the messages of one stream are; what arrives meanwhile goes into the next one.
  async function handOver(): Promise<void> {
    while (waiting.length > 0) await accept(waiting.splice(0, BATCH).map(message));
    underway = null;
  }
  for (let told = 0; told < messages; ) {
    await sleep(EVERY_MS);
    const due = Math.min(messages, Math.floor(((performance.now() - began) / 1000) * perSecond));
    const at = wallClock();
    for (; told < due; told++) {
      const thread = told % tickets.length;
      arrived.push([publicId('ticket', tickets[thread]!), at]);
      waiting.push(thread);
    }
    underway ??= handOver();
  }
  await underway;
  return { messages: arrived };
}

answering<Question, Prepared | Written | null>(async question => {
  if ('write' in question) return write(question.write.messages, question.write.perSecond);
  const { ownerUrl, appUrl, organizationId, tickets: count } = question.open;
  database = await Database.open({ ownerUrl, appUrl, entities: [], poolSize: 4 });
  scope = { organizationId, actor: 'system:bench', requestId: newId() };
  tickets = await prepare(count);
  return { tickets };
});
process.once('disconnect', () => void database?.close());
