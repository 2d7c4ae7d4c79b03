// The writer, a process of its own: posts come in through `ingest`, as those of any channel do.
import { setTimeout as sleep } from 'node:timers/promises';
import { Network, PostKind, type UpsertEvent } from '../src/ingest/connector.js';
import { ingest } from '../src/ingest/ingest.service.js';
import { Database, type Scope } from '../src/platform/database/database.js';
import { newId } from '../src/platform/ids.js';
import { answering } from './support/processes.js';
import { wallClock } from './support/statistics.js';

export type Question =
  | { open: { ownerUrl: string; appUrl: string; organizationId: string } }
  | { write: { run: string; posts: number; perSecond: number | null } };

/** When the last statement before each commit had ended, by the post's number: a little before the commit itself. */
export interface Written {
  at: number[];
}

const BATCH = 500;
let database: Database;
let scope: Scope;
let everWritten = 0;

function post(run: string, number: number): UpsertEvent {
  const order = everWritten++;
  return {
    op: 'upsert',
    ref: { id: `${run}-${number}` },
    revision: '1',
    kind: PostKind.MENTION,
    author: { id: `author-${number % 500}`, handle: `author${number % 500}`, followersCount: number % 5000 },
    own: false,
    occurredAt: new Date(Date.now() + order / 1000),
    text: `El pan de hoy estaba buenísimo, gracias @panaderia [${run} ${number}]`,
    media: [],
    auto: false,
  };
}

async function write(run: string, posts: number, perSecond: number | null): Promise<Written> {
  const at: number[] = [];
  if (perSecond === null) {
    for (let first = 0; first < posts; first += BATCH) {
      const events = Array.from({ length: Math.min(BATCH, posts - first) }, (_, offset) => post(run, first + offset));
      await ingest(database, scope, events, { network: Network.TWITTER });
    }
    return { at };
  }
  const started = performance.now();
  const underway: Promise<unknown>[] = [];
  for (let number = 0; number < posts; number++) {
    await sleep(Math.max(0, started + (number * 1000) / perSecond - performance.now()));
    const finish = async () => {
      at[number] = wallClock();
    };
    // One after the other, so that the numbers are also the order of the commits.
    await underway.at(-1);
    underway.push(ingest(database, scope, [post(run, number)], { network: Network.TWITTER, finish }));
  }
  await Promise.all(underway);
  return { at };
}

answering<Question, Written | null>(async question => {
  if ('write' in question) return write(question.write.run, question.write.posts, question.write.perSecond);
  const { ownerUrl, appUrl, organizationId } = question.open;
  database = await Database.open({ ownerUrl, appUrl, entities: [], poolSize: 4 });
  scope = { organizationId, actor: 'system:bench', requestId: newId() };
  return null;
});
process.once('disconnect', () => void database?.close());
