import { createHash, createHmac } from 'node:crypto';
import type { RawRequest } from '../../src/ingest/connector.js';
import { isSameSecret } from '../../src/platform/secrets.js';
import { formOf, type PostedForm } from './form.parts.js';

/**
 * HMAC-SHA1, in hex, over the address, then each field in order of its name with its value, then each file's field with the
 * SHA-1 of the file: Phaxio's "Verifying callbacks", as its own clients do it.
 */
export function signatureOf(token: string, url: string, { fields, files }: PostedForm): string {
  const said = [...fields].sort(byName).map(([name, value]) => name + value);
  const sent = files
    .map(({ field, bytes }): [string, string] => [field, createHash('sha1').update(bytes).digest('hex')])
    .sort(byName)
    .map(([name, digest]) => name + digest);
  return createHmac('sha1', token)
    .update(url + said.join('') + sent.join(''), 'utf8')
    .digest('hex');
}

const byName = ([a]: [string, string], [b]: [string, string]): number => (a < b ? -1 : a > b ? 1 : 0);

export function isSigned(request: RawRequest, token: string): boolean {
  const given = (request.headers['x-phaxio-signature'] ?? '').toLowerCase();
  return isSameSecret(given, signatureOf(token, request.url, formOf(request)));
}
