import { xConnector } from '../../integrations/x/connector.js';
import { CREDENTIALS, fixture, OUR_ID, openXServer, type XServer } from '../../integrations/x/test.server.js';
import type { XCursor } from '../../integrations/x/timeline.reader.js';
import type { Costs, Limits, RateReading, SourceDescription } from '../../src/ingest/connector.js';
import { contextFor } from './connector-context.js';

export const ACCOUNT: SourceDescription = {
  kind: 'ACCOUNT',
  query: '@panaderia',
  credentials: CREDENTIALS,
  settings: { userId: OUR_ID },
};
export const SEARCH: SourceDescription = { ...ACCOUNT, kind: 'KEYWORD', query: 'medialunas' };

interface Seen {
  taken: string[];
  observed: [string, RateReading][];
  reserved: { unit: string; most: number; microsEach: number; settled?: number }[];
  warnings: object[];
}

/** X on loopback, and the adapter reading from it; what it counts and reserves is written down. */
export async function openReading(source = ACCOUNT) {
  const server: XServer = await openXServer();
  const { data, includes } = fixture('mentions');
  server.posts.push(...data);
  server.includes = includes;
  const connector = xConnector({ origin: server.origin });
  const seen: Seen = { taken: [], observed: [], reserved: [], warnings: [] };
  const limits: Limits = {
    take: async bucket => void seen.taken.push(bucket),
    observe: async (bucket, reading) => void seen.observed.push([bucket, reading]),
  };
  const costs: Costs = {
    async reserve(spending) {
      const kept: Seen['reserved'][number] = { ...spending };
      seen.reserved.push(kept);
      return { settle: async units => void Object.assign(kept, { settled: units }) };
    },
  };
  const log = { info() {}, warn: (details: object) => void seen.warnings.push(details) };
  const contextOf = (services: { limits?: Limits; costs?: Costs } = {}) =>
    contextFor(connector, source, { log, services: { limits, costs, ...services } });
  const read = (cursor: XCursor | null = null) => Array.fromAsync(connector.poll!(contextOf(), cursor));
  return { server, connector, seen, contextOf, read };
}
