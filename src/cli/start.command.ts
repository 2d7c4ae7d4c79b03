import type { AddressInfo } from 'node:net';
import { openApp } from '../app.js';
import { issueFirstOwnerLink } from '../modules/access/index.js';
import { migrate } from '../platform/database/migrate.js';
import { openLogger } from '../platform/logger.js';
import type { Stop } from '../platform/process.js';
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
        await app.server.fastify.listen({ port: config.PORT, host: config.HOST });
        const { port } = app.server.fastify.server.address() as AddressInfo;
        print(`Vínculo is ready at ${addressOf(config.HOST, port)}/graphql`);
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

/** A server on all addresses is reached at this machine's own. */
function addressOf(host: string, port: number): string {
  const reached = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${reached.includes(':') ? `[${reached}]` : reached}:${port}`;
}
