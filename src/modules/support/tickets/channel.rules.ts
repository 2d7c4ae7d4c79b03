import { Network, PostKind } from '../../social/index.js';
import { TicketChannel, TicketMessageVisibility } from './ticket.states.rules.js';

const CHANNELS: Partial<Record<Network, TicketChannel>> = {
  [Network.EMAIL]: TicketChannel.EMAIL,
  [Network.SMS]: TicketChannel.SMS,
  [Network.FAX]: TicketChannel.FAX,
  [Network.PHONE]: TicketChannel.CALL,
  [Network.WHATSAPP]: TicketChannel.CHAT,
  [Network.TELEGRAM]: TicketChannel.CHAT,
  [Network.WEB]: TicketChannel.CHAT,
};

const PRIVATE = new Set<PostKind>([PostKind.DIRECT_MESSAGE, PostKind.CALL, PostKind.FAX]);

/** What people would call the way something came: a form of a web site is told from its chat by having a title. */
export function channelOfPost({ network, title }: { network: Network; title?: string | null }): TicketChannel {
  if (network === Network.WEB && title) return TicketChannel.WEB_FORM;
  return CHANNELS[network] ?? TicketChannel.SOCIAL;
}

export const visibilityOfPost = (kind: PostKind): TicketMessageVisibility =>
  PRIVATE.has(kind) ? TicketMessageVisibility.PRIVATE : TicketMessageVisibility.PUBLIC;
