import { parsePublicId, publicId } from '../../platform/ids.js';

/** Kinds of actor as they are stored, and the prefix of the record each of them is. */
const PREFIXES: Record<string, string> = {
  user: 'member',
  key: 'api_key',
  client: 'oauth_client',
  customer: 'customer',
};

/** `key:<uuid>` as `api_key_…`; what is no record of ours, such as `system:worker`, stays as it is. */
export function publicActor(actor: string): string {
  const [kind = '', id = ''] = actor.split(':', 2);
  const prefix = PREFIXES[kind];
  return prefix && /^[0-9a-f-]{36}$/.test(id) ? publicId(prefix, id) : actor;
}

/** The way back. An id that is none of ours stays as it is, and then matches nothing. */
export function storedActor(id: string): string {
  const parsed = parsePublicId(id);
  const kind = parsed && Object.entries(PREFIXES).find(([, prefix]) => prefix === parsed.prefix)?.[0];
  return kind ? `${kind}:${parsed.uuid}` : id;
}
