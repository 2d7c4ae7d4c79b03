import { mastodonConnector } from '../../integrations/mastodon/connector.js';
import type { SourceDescription } from '../../src/ingest/connector.js';
import { contextFor } from './connector-context.js';
import { type MastodonServer, startMastodon } from './mastodon-server.js';

/** Instances that a test file opened, to be closed behind each test. */
export function mastodonInstances() {
  const opened: MastodonServer[] = [];
  return {
    async open() {
      const server = await startMastodon();
      opened.push(server);
      const connector = mastodonConnector({ originOf: () => server.url, allowPrivateAddresses: true });
      const source = (
        kind: SourceDescription['kind'],
        query: string,
        accessToken: string | null = server.token,
      ): SourceDescription => ({
        kind,
        query,
        settings: { instance: server.instance },
        ...(accessToken && { credentials: { accessToken } }),
      });
      const account = source('ACCOUNT', '@panaderia@mastodon.example');
      return { server, connector, source, account, context: contextFor(connector, account) };
    },
    async close() {
      for (const server of opened.splice(0)) await server.close();
    },
  };
}

/** A bakery's account on an instance of its own, and the adapter that was given its token. */
export type Instance = Awaited<ReturnType<ReturnType<typeof mastodonInstances>['open']>>;
