import { createHmac } from 'node:crypto';
import type { RawRequest } from '../../src/ingest/connector.js';
import { isSameSecret } from '../../src/platform/secrets.js';

/**
 * Base64 of HMAC-SHA1 over the public address and, for a form, its fields in order of their names, each name followed by its value:
 * Twilio's "Validating requests". Fields it adds tomorrow are signed too, so all that came are taken.
 */
export function signatureOf(authToken: string, url: string, form: URLSearchParams): string {
  const names = [...new Set(form.keys())].sort();
  const fields = names.map(name =>
    [...new Set(form.getAll(name))]
      .sort()
      .map(value => name + value)
      .join(''),
  );
  return createHmac('sha1', authToken)
    .update(url + fields.join(''), 'utf8')
    .digest('base64');
}

export function isSigned(request: RawRequest, authToken: string): boolean {
  const given = request.headers['x-twilio-signature'] ?? '';
  return isSameSecret(given, signatureOf(authToken, request.url, formOf(request)));
}

export function formOf({ headers, body }: RawRequest): URLSearchParams {
  const isForm = headers['content-type']?.toLowerCase().startsWith('application/x-www-form-urlencoded');
  return new URLSearchParams(isForm ? body.toString('utf8') : '');
}
