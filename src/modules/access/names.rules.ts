import { z } from 'zod';
import { invalid } from '../../platform/errors.js';
import { cleanLine } from '../../platform/text.js';

const NAME_LENGTH = 200;
const LANGUAGE_LENGTH = 35;
const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const PASSWORD_LENGTH = { least: 10, most: 128 };

/** A name on one line, of 1 to 200 characters. Throws `InputError` naming the field. */
export function checkedName(field: string, raw: string): string {
  const name = cleanLine(raw);
  if (!name) throw invalid(field, 'A name is needed.', 'REQUIRED');
  if (name.length > NAME_LENGTH) throw invalid(field, `A name has at most ${NAME_LENGTH} characters.`, 'TOO_LONG');
  return name;
}

/** An e-mail address in lower case. Throws `InputError`. */
export function checkedEmail(raw: string): string {
  const email = z.email().max(254).safeParse(raw.trim().toLowerCase());
  if (!email.success) throw invalid('email', 'This is not an e-mail address.');
  return email.data;
}

/** The short name of an organisation, as in addresses. Throws `InputError`. */
export function checkedSlug(slug: string, field = 'slug'): string {
  if (!SLUG.test(slug))
    throw invalid(field, 'A slug has 1 to 63 lower-case letters, digits and hyphens, and no hyphen at its ends.');
  return slug;
}

/** The rule of the credentials, known here so that a one-time link is not spent on a password that is then refused. */
export function checkPassword(password: string): void {
  const { least, most } = PASSWORD_LENGTH;
  if (password.length < least) throw invalid('password', `A password has at least ${least} characters.`);
  if (password.length > most) throw invalid('password', `A password has at most ${most} characters.`, 'TOO_LONG');
}

/** A language tag in its one normal spelling (BCP 47). Throws `InputError`. */
export function checkedLanguage(field: string, tag: string): string {
  try {
    if (tag.length <= LANGUAGE_LENGTH) return Intl.getCanonicalLocales(tag)[0]!;
  } catch {
    // Said below, together with what is too long to be one.
  }
  throw invalid(field, 'This is not a language tag such as es or pt-BR (BCP 47).');
}
