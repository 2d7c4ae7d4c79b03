import type { AddressInfo } from 'node:net';
import type { App } from '../app.js';
import type { Config } from '../platform/config.js';

/** Listens as configured and answers the address people reach it at. */
export async function listen(app: App, config: Config): Promise<string> {
  await app.server.fastify.listen({ port: config.PORT, host: config.HOST });
  const { port } = app.server.fastify.server.address() as AddressInfo;
  // A server on all addresses is reached at this machine's own.
  const reached = config.HOST === '0.0.0.0' || config.HOST === '::' ? '127.0.0.1' : config.HOST;
  return `http://${reached.includes(':') ? `[${reached}]` : reached}:${port}`;
}
