import { openApp } from '../app.js';
import { registerGraphiql } from '../graphql/graphiql.js';
import { issueFirstOwnerLink } from '../modules/access/index.js';
import { migrate } from '../platform/database/migrate.js';
import { openLogger } from '../platform/logger.js';
import type { Stop } from '../platform/process.js';
import { listen } from './serve.js';
import { print, withDatabase } from './verb.js';

/** Serves until it is asked to stop, then finishes what is in flight. A stop during the start ends it just as cleanly. */
export async function start(stop: Stop): Promise<number> {
  return withDatabase(stop, async ({ config, access }) => {
    await migrate(access.ownerUrl);
    if (stop.requested) return 0;
    const log = openLogger(config.LOG_LEVEL);
    const app = await openApp({ config, ownerUrl: access.ownerUrl, appUrl: access.appUrl, log });
    try {
      if (!stop.requested) {
        registerGraphiql(app.server.fastify);
        print(`Vínculo is ready at ${await listen(app, config)}/graphql`);
        const link = await issueFirstOwnerLink(app.access);
        if (link) print(link.text);
        await stop.wait();
        log.info({}, 'stopping');
      }
    } finally {
      await app.close();
    }
    return 0;
  });
}
