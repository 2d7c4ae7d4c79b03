import type { Tx } from '../../platform/database/database.js';
import { publicId } from '../../platform/ids.js';
import { resolveConversations } from './conversation.service.js';
import { enrich } from './enrichment/index.js';
import { wordsOf } from './evidence.rules.js';
import { resolveIdentities } from './identity.service.js';
import { EvidenceKind, LinkMethod, PROOF_BITS } from './linking.rules.js';
import { linkWhereOpen } from './linking.service.js';
import { Network, PostKind } from './networks.js';
import { keepPosts } from './post.service.js';

/** Something a customer said to us on a page of our own, without a channel that brought it. */
export interface CustomerWord {
  /** Stored id; null for somebody we do not know, who is then known by what they spoke about only. */
  customerId: string | null;
  /** What it was said about: the same word about the same is kept once. */
  about: string;
  text: string;
  occurredAt: Date;
}

/** Keeps what a customer said as a post on the web, read and judged like any other. Answers its stored id. */
export async function keepCustomerWord(
  tx: Tx,
  { customerId, about, text, occurredAt }: CustomerWord,
): Promise<string | null> {
  const network = Network.WEB;
  const who = customerId ? publicId('customer', customerId) : about;
  const [author] = await resolveIdentities(tx, network, [{ externalId: who, authored: true }]);
  if (customerId && !author!.customerId) {
    const code = 'OWN_PAGE';
    const link = { identityId: author!.id, customerId, method: LinkMethod.AUTOMATIC, confidence: 1 };
    await linkWhereOpen(tx, [
      { ...link, evidence: [{ kind: EvidenceKind.CONFIRMED_CLAIM, code, detail: wordsOf(code), weight: PROOF_BITS }] },
    ]);
  }
  const externalId = `${who} ${about}`;
  const thread = { externalId, rootExternalId: null, parentExternalId: null, occurredAt };
  const conversations = await resolveConversations(tx, network, [thread]);
  const { created } = await keepPosts(
    tx,
    network,
    [
      {
        externalId,
        revision: '1',
        kind: PostKind.REVIEW,
        authorId: author!.id,
        conversationId: conversations.get(externalId)!,
        sourceId: null,
        accountId: null,
        parentExternalId: null,
        title: null,
        html: null,
        url: null,
        media: [],
        own: false,
        auto: false,
        replyTo: null,
        replyability: null,
        call: null,
        occurredAt,
        editedAt: null,
        enrichment: enrich({ text, network, kind: PostKind.REVIEW, own: false, auto: false }),
      },
    ],
    new Map(),
    true,
  );
  return created.get(externalId) ?? null;
}
