import { createHash } from 'node:crypto';

const IDS = /<([^<>\s]{1,900})>/g;
const OWN = /^vinculo\.[\da-f-]{36}\.[\da-f]{12}@/i;
const MOST_KEPT = 20;

/** The ids in a Message-ID, In-Reply-To or References header, without their brackets, in order. */
export function messageIds(header: string | undefined): string[] {
  return [...(header ?? '').slice(0, 50_000).matchAll(IDS)].map(([, id]) => id!);
}

/** The Message-ID, without brackets, of what this address sends for this key: the same for every attempt. */
export function messageIdOf(key: string, address: string): string {
  return `vinculo.${key}${signatureOf(address)}`;
}

/** Whether somebody sent it through Vínculo; with an address, whether that one did. */
export function isOwnMessageId(id: string, address?: string): boolean {
  return OWN.test(id) && (address === undefined || id.endsWith(signatureOf(address)));
}

/** Many have their address at one provider, so its domain alone does not say whose an id is. */
function signatureOf(address: string): string {
  return `.${createHash('sha256').update(address).digest('hex').slice(0, 12)}@${address.split('@').at(-1)}`;
}

/**
 * What a mail answers, and the first mail of its thread. An id of ours says it most surely, since mail programs and list servers
 * garble the rest; then In-Reply-To; then the last of References. A subject says nothing.
 */
export function threadOf(mail: { inReplyTo?: string; references?: string }): { parent?: string; root?: string } {
  const answered = messageIds(mail.inReplyTo);
  const references = messageIds(mail.references);
  const parent = [...references, ...answered].findLast(id => isOwnMessageId(id)) ?? answered[0] ?? references.at(-1);
  if (parent === undefined) return {};
  return { parent, ...(references[0] !== undefined && { root: references[0] }) };
}

/** References of an answer: its first and the latest, for a head that no server refuses. */
export function referencesOf(references: readonly string[], messageId: string): string[] {
  const all = [...references.filter(id => id !== messageId), messageId];
  return all.length <= MOST_KEPT ? all : [all[0]!, ...all.slice(1 - MOST_KEPT)];
}
