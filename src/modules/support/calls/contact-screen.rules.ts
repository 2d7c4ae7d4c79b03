import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { cleanLine } from '../../../platform/text.js';
import { ContactPointKind, normaliseEmail, normalisePhone, normaliseWebsite } from '../../customers/index.js';

export interface Contact {
  kind: ContactPointKind | null;
  /** In its normal spelling; as it was given, cleaned, where it has none. */
  value: string;
  /** How networks may spell it as the id of who uses it. */
  spellings: string[];
}

const PHONE = /^[+(\d][\d\s().\-/]{2,}$/;

/** What was dialled or written, in the one spelling it is kept in. `country` (ISO 3166-1) is where numbers without one are dialled. */
export function readContact(raw: string, kind: ContactPointKind | null, country?: string): Contact {
  const text = cleanLine(raw);
  const is = (other: ContactPointKind) => kind === null || kind === other;
  if (is(ContactPointKind.EMAIL) && text.includes('@')) {
    const email = normaliseEmail(text.replace(/^(mailto|sip):/i, ''));
    if (email) return { kind: ContactPointKind.EMAIL, value: email, spellings: [email] };
  }
  const number = text.replace(/^(tel|sip|whatsapp):/i, '');
  if (is(ContactPointKind.PHONE) && PHONE.test(number)) {
    const phone = normalisePhone(number, country);
    const digits = number.replace(/\D/g, '');
    if (!phone) return { kind: ContactPointKind.PHONE, value: digits || text, spellings: [digits, `+${digits}`] };
    const national = parsePhoneNumberFromString(phone)?.nationalNumber ?? phone;
    return {
      kind: ContactPointKind.PHONE,
      value: phone,
      // WhatsApp leaves the plus out, an exchange dials as its country does.
      spellings: [...new Set([phone, phone.slice(1), `00${phone.slice(1)}`, national, `0${national}`, digits])],
    };
  }
  if (is(ContactPointKind.WEBSITE) && /\.[a-z]{2,}/i.test(text)) {
    const website = normaliseWebsite(text);
    if (website) return { kind: ContactPointKind.WEBSITE, value: website, spellings: [] };
  }
  return { kind, value: text, spellings: [] };
}
