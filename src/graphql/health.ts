import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { EventFeed } from '../events/index.js';
import type { Database } from '../platform/database/database.js';
import type { StreamHub } from './hub.js';

interface Observed {
  database: Database;
  feed: EventFeed;
  hub: StreamHub;
  sockets: { count(): number };
}

/** `/health/live` (the process answers), `/health/ready` (it can serve), `/metrics` (Prometheus). */
export function registerHealth(fastify: FastifyInstance, { database, feed, hub, sockets }: Observed): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: 'vinculo_http_request_duration_seconds',
    help: 'How long HTTP requests took',
    labelNames: ['route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  gauge('vinculo_sockets', 'Open WebSockets', () => sockets.count());
  gauge('vinculo_subscribers', 'Open subscriptions that follow the live feed', () => hub.subscribers);
  gauge('vinculo_subscription_groups', 'Groups of subscribers served by one execution', () => hub.groupCount);
  gauge('vinculo_events_delivered', 'Events delivered to subscribers since the start', () => hub.delivered);
  gauge('vinculo_database_connections', 'Connections of the request pool', () => database.poolState.total);
  gauge('vinculo_database_waiting', 'Requests waiting for a connection', () => database.poolState.waiting);

  fastify.addHook('onResponse', (request, reply, done) => {
    duration.observe(
      { route: request.routeOptions.url ?? 'none', status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    );
    done();
  });
  fastify.get('/health/live', async () => ({ status: 'ok' }));
  fastify.get('/health/ready', async (_request, reply) => {
    const problems: string[] = [];
    await database.system.query('select 1').catch(() => problems.push('the database does not answer'));
    if (!feed.isFollowing) problems.push('the event feed is not being read');
    return reply
      .code(problems.length > 0 ? 503 : 200)
      .send({ status: problems.length > 0 ? 'unavailable' : 'ok', problems });
  });
  fastify.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()));
}
