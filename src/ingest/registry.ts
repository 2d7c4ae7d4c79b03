import {
  type Channel,
  type ChannelAccount,
  type ChannelDirectory,
  NETWORK_LABELS,
  type RefusedReply,
  type RenderedReply,
  type ReplyDraft,
} from '../modules/social/index.js';
import { followedBy, recognise, signInOf } from './channel.accounts.js';
import { type AnyConnector, ConnectorError, type Fault, type ParentPost, type SourceDescription } from './connector.js';
import { type ChannelServices, contextOf, type ServicesFor } from './context.js';
import { faultOf, problemOf } from './fault.rules.js';

export { faultOf, problemOf };

/** The adapters that are plugged in, and what the rest of the product sees of them. */
export interface ConnectorRegistry extends ChannelDirectory {
  connectors: readonly AnyConnector[];
  servicesFor: ServicesFor;
  connector(kind: string): AnyConnector | undefined;
}

const quiet = { info() {}, warn() {} };

/** Two adapters of one kind are a mistake; of several for one network the first is its own. */
export function connectorRegistry(all: readonly AnyConnector[], servicesFor: ServicesFor): ConnectorRegistry {
  const connectors = new Map(all.map(connector => [connector.kind, connector]));
  if (connectors.size < all.length) throw new Error('Two adapters have the same kind.');
  const channels = new Map(
    all.map(connector => [connector.kind, channelOf(connector, servicesFor, labelOf(connector, all))]),
  );
  return {
    all: [...channels.values()],
    connectors: all,
    servicesFor,
    connector: kind => connectors.get(kind),
    byKind: kind => channels.get(kind),
    forNetwork: network => [...channels.values()].find(channel => channel.network === network),
  };
}

/** Adapters of one network are told apart by their own names. */
function labelOf({ kind, label, network }: AnyConnector, all: readonly AnyConnector[]): string {
  const others = all.filter(other => other.network === network && other.kind !== kind);
  return label ?? (others.length > 0 ? `${NETWORK_LABELS[network]} (${kind})` : NETWORK_LABELS[network]);
}

function channelOf(connector: AnyConnector, servicesFor: ServicesFor, label: string): Channel {
  const { kind, network, capabilities } = connector;
  return {
    kind,
    network,
    label,
    fields: connector.connection?.fields ?? [],
    signIn: signInOf(connector, holder => servicesFor({ ...holder, purpose: 'reply' })),
    follows: followedBy(connector),
    recognise: (account, signal, holder) =>
      recognise(connector, servicesFor({ ...holder, purpose: 'reply' }), account, signal),
    capabilities: {
      canReplyPublicly: capabilities.reply.public,
      canReplyPrivately: capabilities.reply.private,
      streams: capabilities.inbound.stream,
      polls: capabilities.inbound.poll,
      webhooks: capabilities.inbound.webhook,
      textLimit: capabilities.textLimit?.max ?? null,
    },
    alwaysStreams: connector.listen !== undefined && (connector.streams === undefined || !connector.poll),
    sending: {
      sends: connector.send !== undefined,
      calls: capabilities.calls === true,
      media: capabilities.media,
      deletes: connector.delete !== undefined,
      hides: connector.hide !== undefined,
      textUnit: capabilities.textLimit?.unit ?? null,
      windowHours: capabilities.reply.windowHours ?? null,
      isTraceable: connector.findSent !== undefined || capabilities.idempotency !== 'none',
    },
    render: (account, draft, parent) => render(connector, account, draft, parent),
    refusal(source) {
      try {
        connector.configure(source);
        return null;
      } catch (error) {
        if (error instanceof ConnectorError) return error.fault.message;
        throw error;
      }
    },
    secretsGoTo(source) {
      if (!connector.secretsGoTo) return undefined;
      try {
        return connector.secretsGoTo(connector.configure(source));
      } catch (error) {
        if (error instanceof ConnectorError) return '';
        throw error;
      }
    },
    async check(source, signal, holder) {
      const services = servicesFor({ ...holder, purpose: 'reply' });
      const fault = await faultOfCheck(connector, source, services, signal);
      return fault && problemOf(fault, fault.retryAt ?? null, new Date());
    },
  };
}

/** An account as something to send from, in the adapter's own terms. Throws `ConnectorError` of class `invalid`. */
export function configureAccount(connector: AnyConnector, account: ChannelAccount): unknown {
  const { handle: query, credentials, settings } = account;
  return connector.configure({ kind: 'ACCOUNT', query, credentials, settings });
}

/** An adapter without rules of its own sends the text as it is. */
export function render(
  connector: AnyConnector,
  account: ChannelAccount,
  draft: ReplyDraft,
  parent: ParentPost | null,
): RenderedReply | RefusedReply {
  const { text } = draft;
  try {
    if (connector.render)
      return connector.render({ config: configureAccount(connector, account), now: () => new Date() }, draft, parent);
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    if (account.connector === null) return { code: 'NOT_CONNECTED', message: error.fault.message };
    return {
      code: error.fault.class === 'auth' ? 'NEEDS_REAUTHORIZATION' : 'NOT_POSSIBLE',
      message: error.fault.message,
    };
  }
  const { textLimit } = connector.capabilities;
  const length = [...text].length;
  if (textLimit && length > textLimit.max)
    return { code: 'TEXT_TOO_LONG', message: 'It is too long.', parameters: { length, max: textLimit.max } };
  return { text, length, payload: null };
}

async function faultOfCheck(
  connector: AnyConnector,
  source: SourceDescription,
  services: ChannelServices,
  signal: AbortSignal,
): Promise<Fault | null> {
  try {
    const config = connector.configure(source);
    const result = await connector.check(contextOf(connector, config, services, { signal, log: quiet }));
    return result.ok ? null : result.problem;
  } catch (error) {
    return faultOf(error);
  }
}
