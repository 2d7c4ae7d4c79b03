import { ConnectorError } from '../ingest/connector.js';
import { render } from '../ingest/registry.js';
import { breakerAllows, isRefused } from '../modules/social/index.js';
import type { ConfidentialMessage } from '../modules/support/index.js';
import { newId } from '../platform/ids.js';
import type { JobContext } from '../platform/jobs.js';
import { type DispatchOptions, departureOf } from './departure.js';

const TIMEOUT_MS = 60_000;

/**
 * Sends a message of which no copy is kept: neither as a reply nor as a post, nor, where we can help it, among an account's sent
 * mail. Answers the network's id of it, null when its outcome is not known; throws, without a word of the text, when it has not gone out.
 */
export const confidentialSender =
  (options: DispatchOptions) =>
  async ({ accountId, recipient, text, language }: ConfidentialMessage, job: JobContext): Promise<string | null> => {
    const departure = await departureOf(options, accountId, job);
    if (!departure?.connector.send) throw notSent('NO_ACCOUNT');
    const { account, connector } = departure;
    if (account.state !== 'ACTIVE') throw notSent(account.state);
    if (await breakerAllows(options.database.system, { organizationId: account.organizationId, accountId }))
      throw notSent('NETWORK_DOWN');
    account.settings = { ...account.settings, saveSent: 'no' };
    const rendered = render(connector, account, { text, visibility: 'private', language }, null);
    if (isRefused(rendered)) throw notSent(rendered.code);
    try {
      const result = await connector.send!(departure.context(AbortSignal.timeout(TIMEOUT_MS)), {
        key: newId(),
        kind: 'message',
        visibility: 'private',
        parent: null,
        recipient: { id: recipient, handle: recipient },
        rendered: rendered as never,
        media: [],
        firstTriedAt: new Date(),
      });
      if (result.state === 'failed') throw new ConnectorError(result.fault);
      return 'ref' in result ? result.ref.id : null;
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw notSent('ADAPTER_FAILED');
      if (error.fault.mayHaveHappened) return null;
      // What the network said may repeat what it was given.
      throw notSent(error.fault.class);
    }
  };

const notSent = (why: string): Error => new Error(`A code could not be sent: ${why}.`);
