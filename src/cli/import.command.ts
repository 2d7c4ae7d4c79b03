import {
  INTERACTION_FIELDS,
  interactionOf,
  POST_FIELDS,
  parseMapping,
  postOf,
} from '../../integrations/archive/index.js';
import { ingest } from '../ingest/ingest.service.js';
import { ingestInteractions } from '../ingest/interactions.service.js';
import { catchUpWithPresent } from '../modules/graph/index.js';
import { InteractionKind, Network, PostKind } from '../modules/social/index.js';
import type { Database } from '../platform/database/database.js';
import type { Stop } from '../platform/process.js';
import { type ArchiveOptions, importArchive, oneOf } from './archive.import.js';

export interface ImportOptions extends ArchiveOptions {
  network: string;
  map: string;
}

export async function importPosts(
  stop: Stop,
  file: string,
  options: ImportOptions & { kind: string },
): Promise<number> {
  const network = networkOf(options.network);
  const kinds = Object.values(PostKind);
  const kind = oneOf('--kind', options.kind, kinds);
  const mapping = parseMapping(options.map, POST_FIELDS);
  return importArchive(stop, file, options, mapping, IN_POSTS, (database, scope) => ({
    read: row => postOf(row, mapping, { kind, kinds }),
    key: post => post.ref.id,
    fingerprint: post => JSON.stringify([post.ref.id, post.revision]),
    async write(posts) {
      const { created, edited, unchanged } = await ingest(database, scope, posts, { network });
      return { imported: created + edited, unchanged };
    },
  }));
}

export async function importInteractions(stop: Stop, file: string, options: ImportOptions): Promise<number> {
  const network = networkOf(options.network);
  const kinds = Object.values(InteractionKind);
  const mapping = parseMapping(options.map, INTERACTION_FIELDS);
  return importArchive(stop, file, options, mapping, IN_POSTS, (database, scope) => ({
    read: row => interactionOf(row, mapping, kinds),
    fingerprint: row => JSON.stringify(row),
    async write(rows) {
      const { created, unchanged } = await ingestInteractions(database, scope, rows, { network });
      return { imported: created, unchanged };
    },
  }));
}

const CATCH_UP_MS = 60_000;

/** What an import of posts fills, and what is done once it is there. */
const IN_POSTS = {
  filled: ['social_identities', 'conversations', 'posts', 'interactions', 'events'],
  /** Whoever asks next finds the ties of what was read, also where no server is there to add them up. */
  async afterwards({ system }: Database, stop: Stop): Promise<void> {
    const patience = AbortSignal.any([stop.signal, AbortSignal.timeout(CATCH_UP_MS)]);
    if (!(await catchUpWithPresent(system, patience)))
      process.stderr.write('The ties of these rows are still to be added up; a running server sees to that.\n');
  },
};

/** X is what people call it today; the value is the one it was stored under from the beginning. */
function networkOf(name: string): Network {
  return name.toUpperCase() === 'X' ? Network.TWITTER : oneOf('--network', name, Object.values(Network));
}
