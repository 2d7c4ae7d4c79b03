import { createHash, randomInt } from 'node:crypto';
import type { Tx } from '../../platform/database/database.js';
import { InputError } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import type { Issue } from '../access/index.js';
import { wordsOf } from './evidence.rules.js';
import { EvidenceKind, LinkMethod, PROOF_BITS } from './linking.rules.js';
import { linkIdentity } from './linking.service.js';

const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const CODE = /\bvnc-([a-hjkmnp-z2-9]{10})\b/gi;
const DAYS = 7;

/**
 * Gives a code of 49 random bits that links the identity to the customer once the identity publishes it. Only its hash is kept,
 * so the code is told once.
 */
export async function claimIdentity(
  tx: Tx,
  identityId: string,
  customerId: string,
  making: Issue<{ code: string }>,
): Promise<{ expiresAt: string }> {
  const code = `vnc-${Array.from({ length: 10 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')}`;
  const expiresAt = new Date(Date.now() + DAYS * 86_400_000).toISOString();
  await tx.query(
    `insert into identity_claims (organization_id, id, identity_id, customer_id, code_hash, expires_at) values ($1, $2, $3, $4, $5, $6)`,
    [tx.scope.organizationId, newId(), identityId, customerId, hashOf(code), expiresAt],
  );
  making.tell({ code });
  return { expiresAt };
}

/** Confirms claims whose code stands in what the claimed identity itself has just said. Answers how many. */
export async function confirmClaims(tx: Tx, said: { identityId: string; text: string }[]): Promise<number> {
  const shown = said.flatMap(({ identityId, text }) =>
    [...text.matchAll(CODE)].map(match => ({ identityId, hash: hashOf(match[0].toLowerCase()) })),
  );
  if (shown.length === 0) return 0;
  const claims = await tx.query<{ id: string; identity_id: string; customer_id: string }>(
    `update identity_claims c set confirmed_at = now()
       from unnest($2::uuid[], $3::text[]) as s(identity_id, hash)
      where c.organization_id = $1 and c.identity_id = s.identity_id and c.code_hash = s.hash
        and c.confirmed_at is null and c.expires_at > now()
     returning c.id, c.identity_id, c.customer_id`,
    [tx.scope.organizationId, shown.map(({ identityId }) => identityId), shown.map(({ hash }) => hash)],
  );
  let confirmed = 0;
  for (const claim of claims) {
    try {
      await linkIdentity(tx, {
        identityId: claim.identity_id,
        customerId: claim.customer_id,
        method: LinkMethod.CLAIM,
        confidence: 1,
        evidence: [
          {
            kind: EvidenceKind.CONFIRMED_CLAIM,
            code: EvidenceKind.CONFIRMED_CLAIM,
            detail: wordsOf(EvidenceKind.CONFIRMED_CLAIM),
            weight: PROOF_BITS,
          },
        ],
      });
      confirmed += 1;
    } catch (error) {
      // Somebody linked it to another customer meanwhile: that is for people to settle, not a reason to lose the post.
      if (!(error instanceof InputError)) throw error;
    }
  }
  return confirmed;
}

const hashOf = (code: string): string => createHash('sha256').update(code).digest('base64url');
