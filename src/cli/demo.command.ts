import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type App, openApp } from '../app.js';
import { mentionStream } from '../demo/index.js';
import { analyseExample, type LoadedExample, loadExample, loadPosts } from '../demo/load.js';
import { registerGraphiql } from '../graphql/graphiql.js';
import { createOrganizationApiKey, Role } from '../modules/access/index.js';
import { readConfig } from '../platform/config.js';
import { openEmbeddedServer } from '../platform/database/embedded.js';
import { migrate } from '../platform/database/migrate.js';
import { type Logger, openLogger } from '../platform/logger.js';
import type { Stop } from '../platform/process.js';
import { DEMO_DESK, DEMO_QUERY, DEMO_STORY, DEMO_SUBSCRIPTION, demoForecast } from './demo.documents.js';
import { listen } from './serve.js';
import { print } from './verb.js';

/** How long nobody says anything, at the least and at the most. */
const QUIET_MS = [700, 2_500] as const;

/** The example organisation on an embedded server of its own, whatever database is configured, with new mentions all the time. */
export async function demo(stop: Stop): Promise<number> {
  const given = readConfig();
  const config = { ...given, LOG_LEVEL: process.env.LOG_LEVEL ? given.LOG_LEVEL : ('warn' as const) };
  const server = await openEmbeddedServer({ directory: join(config.DATA_DIR, 'demo'), disposable: true });
  try {
    await migrate(server.ownerUrl);
    if (stop.requested) return 0;
    const log = openLogger(config.LOG_LEVEL);
    const app = await openApp({ config, ownerUrl: server.ownerUrl, appUrl: server.appUrl, log });
    try {
      const loaded = await loadExample(app.database, new Date());
      const { slug, name } = loaded.example.organization;
      const { key } = await createOrganizationApiKey(app.database.system, app.access.credentials, {
        organization: slug,
        role: Role.OWNER,
        name: 'Demo',
      });
      const headers = { Authorization: `Bearer ${key}` };
      const spanish = JSON.stringify({ ...headers, 'Accept-Language': 'es' }, null, 2);
      const forecast = demoForecast(loaded.example.scale.now);
      registerGraphiql(app.server.fastify, {
        tabs: [
          { query: DEMO_QUERY },
          { query: DEMO_SUBSCRIPTION },
          { query: DEMO_STORY, headers: spanish },
          { query: forecast },
          { query: DEMO_DESK, headers: spanish },
        ],
        headers: JSON.stringify(headers, null, 2),
      });
      const address = await listen(app, config);
      print(welcome(`${address}/graphql`, name, key, forecast));
      await analyseExample(loaded, app.database, stop.signal);
      await receiveMentions(app, loaded, stop, log);
    } finally {
      await app.close();
    }
    return 0;
  } finally {
    await server.close();
  }
}

/** Goes on receiving new mentions until it is asked to stop. */
async function receiveMentions(app: App, loaded: LoadedExample, stop: Stop, log: Logger): Promise<void> {
  const mentions = mentionStream({ seed: Date.now(), example: loaded.example });
  const [least, most] = QUIET_MS;
  while (!stop.requested) {
    await sleep(least + Math.random() * (most - least), undefined, { signal: stop.signal }).catch(() => {});
    if (stop.requested) return;
    try {
      await loadPosts(loaded, app.database, [mentions.next().value]);
    } catch (error) {
      log.warn({ err: error }, 'a mention of the demo was lost');
    }
  }
}

const welcome = (url: string, organization: string, key: string, forecast: string): string => `
Vínculo is ready, with the example organisation "${organization}".

  GraphQL and GraphiQL  ${url}
  API key               ${key}

A query to paste:

${DEMO_QUERY}

A subscription to paste; new mentions arrive every second or two:

${DEMO_SUBSCRIPTION}

Dolores Valdecasas, a customer, waits for an order that was paid and lost, and said so on Bluesky. Ten other customers answered,
quoted or passed it on: see how much of their attention she has. And two identities, on Twitter and Instagram, are probably hers
too: see why, and link them or not. A query to paste, a few seconds from now:

${DEMO_STORY}

Four people sell to companies. What each quarter was to bring and brought, what was said of the last one when it was a month old,
and what came of it since, and why:

${forecast}

Complaints become tickets, hers with what was said in public and among us; two people answer them, and each has its time. Those of new
mentions arrive while you watch. What everybody may read is at ${url.replace('graphql', 'help')}/grupo-olivar:

${DEMO_DESK}

Open the address in a browser to find all five as tabs. Or from here:

  curl -s ${url} -H 'content-type: application/json' -H 'authorization: Bearer ${key}' \\
    -d '{"query":"{ posts(first: 3) { totalCount edges { node { text sentiment { label } author { handle } } } } }"}'

Ctrl-C stops it. The data stay in a folder of their own for the next time.
`;
