// The product in a process of its own, with the adapter of the network at ECHO_URL, so that a test can kill it while it sends.
import { openApp } from '../../dist/src/app.js';
import { readConfig } from '../../dist/src/platform/config.js';
import { openLogger } from '../../dist/src/platform/logger.js';

const { OWNER_URL: ownerUrl, APP_URL: appUrl, ECHO_URL: url, CLAIM_MS: claimMs } = process.env;
const echo = {
  kind: 'echo',
  version: 1,
  network: 'TELEGRAM',
  capabilities: {
    inbound: { webhook: false, stream: false, poll: false },
    reply: { public: true, private: true },
    edits: { notified: false, detectable: false },
    deletions: { notified: false, detectable: false },
    threadDepth: 100,
    media: false,
    idempotency: 'lookup',
    receipts: false,
  },
  configure: () => ({}),
  check: async () => ({ ok: true }),
  async send(context, { key, rendered: { text } }) {
    const response = await context.http.request({ method: 'POST', url: `${url}/messages`, json: { key, text } });
    return { state: 'sent', ref: { id: response.json().id } };
  },
  async findSent(context, { key }) {
    const found = (await context.http.request({ url: `${url}/messages`, query: { key } })).json();
    return found && { ref: { id: found.id } };
  },
};
await openApp({
  config: readConfig(process.env, '/nonexistent'),
  ownerUrl,
  appUrl,
  log: openLogger(process.env.TEST_LOG ?? 'silent'),
  adapters: [echo],
  sending: { claimMs: Number(claimMs), lookUpAfterMs: 20 },
});
process.stdout.write('ready\n');
