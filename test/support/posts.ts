import { type InboundEvent, Network, PostKind, type UpsertEvent } from '../../src/ingest/connector.js';
import { type IngestOptions, ingest } from '../../src/ingest/ingest.service.js';
import type { TestApp, TestOrganization } from './app.js';

/** A mention as an adapter would hand it over. */
export function mention(id: string, given: Partial<UpsertEvent> & { handle?: string } = {}): UpsertEvent {
  const { handle = 'cliente', ...rest } = given;
  return {
    op: 'upsert',
    ref: { id },
    revision: '1',
    kind: PostKind.MENTION,
    author: { handle },
    own: false,
    occurredAt: new Date('2026-11-01T10:00:00Z'),
    text: `post ${id}`,
    media: [],
    auto: false,
    ...rest,
  };
}

/** Accepts events as they would come from a network. */
export function accept(
  test: TestApp,
  organization: TestOrganization,
  events: InboundEvent[],
  options: Partial<IngestOptions> = {},
) {
  const scope = { organizationId: organization.id, actor: 'system:test', requestId: 'test' };
  return ingest(test.app.database, scope, events, { network: Network.TWITTER, ...options });
}

/** Starts listening on a free port; the address of GraphQL. */
export async function listen(test: TestApp): Promise<string> {
  return `${await test.app.server.fastify.listen({ port: 0, host: '127.0.0.1' })}/graphql`;
}
