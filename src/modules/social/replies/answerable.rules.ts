import { type ChannelDirectory, channelOfAccount, isConnectedFirst } from '../channel.directory.js';
import type { Network, PostKind } from '../networks.js';
import { ReplyKind, ReplyVisibility } from './reply.states.rules.js';
import { answerableUntil, type PostToAnswer, refusalOf } from './sendability.rules.js';

/** What decides whether a post can be answered, beside its adapter. */
export interface AnswerableFacts {
  network: Network;
  kind: PostKind;
  connector: string | null;
  accountState: string | null;
  granted: { reply?: { public?: boolean; private?: boolean } } | null;
  replyability: { public: boolean; private: boolean; until?: string; reason?: string } | null;
  isDeleted: boolean;
  own: boolean;
  occurredAt: string;
}

export interface AnswerableWays {
  publicly: boolean;
  privately: boolean;
  until: Date | null;
  /** Why neither is possible. */
  code: string | null;
}

/** In which ways a post can be answered at this moment. */
export function waysToAnswer(channels: ChannelDirectory, facts: AnswerableFacts, at: Date): AnswerableWays {
  const nothing = { publicly: false, privately: false, until: null };
  const { network, connector, accountState, granted } = facts;
  if (accountState === null) return { ...nothing, code: 'NO_ACCOUNT' };
  const channel = channelOfAccount(channels, { connector, network });
  // An account that is only kept has nothing to send with, where its network wants to know who we are.
  if (connector === null && channel?.sending.sends && isConnectedFirst(channel))
    return { ...nothing, code: 'NOT_CONNECTED' };
  const post = postOf(facts);
  const refusal = (visibility: ReplyVisibility) =>
    refusalOf({ channel, accountState, granted, kind: ReplyKind.REPLY, visibility, post, withMedia: false, at });
  const publicly = refusal(ReplyVisibility.PUBLIC);
  const privately = refusal(ReplyVisibility.PRIVATE);
  return {
    publicly: publicly === null,
    privately: privately === null,
    until: channel ? answerableUntil(channel, post) : null,
    code: publicly && privately ? (publicly.code === 'NOT_POSSIBLE' ? privately : publicly).code : null,
  };
}

function postOf({ network, kind, replyability, isDeleted, own, occurredAt }: AnswerableFacts): PostToAnswer {
  const { until, reason = null, ...may } = replyability ?? { public: true, private: true };
  return {
    id: '',
    network,
    accountId: null,
    conversationId: null,
    authorId: '',
    isDeleted,
    reason,
    answered: {
      ref: { id: '' },
      kind,
      author: {},
      own,
      text: '',
      occurredAt: new Date(occurredAt),
      ...(replyability && { replyability: { ...may, ...(until && { until: new Date(until) }) } }),
    },
  };
}
