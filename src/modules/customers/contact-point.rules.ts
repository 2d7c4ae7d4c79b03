import { domainToASCII } from 'node:url';
import { type CountryCode, getCountries, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import validator from 'validator';
import { optionalLine, type Problems, report } from '../../platform/input.rules.js';
import { cleanLine } from '../../platform/text.js';
import { ContactPointKind } from './contact-point.entity.js';
import type { ContactPointInput, PostalAddressInput } from './contact-point.inputs.js';

export interface CleanContactPoint {
  kind: ContactPointKind;
  value: string;
  label: string | null;
  address: PostalAddressInput | null;
  isPrimary: boolean;
}

/**
 * The one spelling of an e-mail address, or null when it is none. The whole of it is lower case: a server may tell capitals in
 * the part before the @ apart, none in use does, and people type them as they like.
 */
export function normaliseEmail(raw: string): string | null {
  const text = cleanLine(raw);
  const at = text.lastIndexOf('@');
  const domain = domainToASCII(text.slice(at + 1));
  const address = `${text.slice(0, at)}@${domain}`;
  if (at < 1 || !domain || !validator.isEmail(address)) return null;
  // What comes after a plus and dots before the @ are the provider's matter: two spellings may be two people elsewhere.
  return (
    validator.normalizeEmail(address, {
      all_lowercase: true,
      gmail_remove_dots: false,
      gmail_remove_subaddress: false,
      gmail_convert_googlemaildotcom: false,
      outlookdotcom_remove_subaddress: false,
      yahoo_remove_subaddress: false,
      icloud_remove_subaddress: false,
      yandex_convert_yandexru: false,
    }) || null
  );
}

/** E.164 of a number that can exist, or null. `country` (ISO 3166-1) is where it is dialled unless it begins with +. */
export function normalisePhone(raw: string, country?: string): string | null {
  const home = country && isSupportedCountry(country) ? (country as CountryCode) : undefined;
  const number = parsePhoneNumberFromString(cleanLine(raw), { defaultCountry: home, extract: false });
  // E.164 has no room for an extension, and dropping it would call somebody else.
  return number?.isValid() && !number.ext ? number.number : null;
}

/** The numbers, E.164, that one may be which is perhaps written without its country. */
export function phonesLike(raw: string): string[] {
  const countries = raw.startsWith('+') ? [undefined] : getCountries();
  return [...new Set(countries.flatMap(country => normalisePhone(raw, country) ?? []))];
}

/** The address of a web site as browsers write it, or null. Without a scheme it is https. */
export function normaliseWebsite(raw: string): string | null {
  const text = cleanLine(raw);
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  if (!url || url.username || url.password || url.href.length > 2000) return null;
  return validator.isURL(url.href, { protocols: ['http', 'https'], require_protocol: true }) ? url.href : null;
}

const NORMALISERS = {
  EMAIL: { normalise: normaliseEmail, mistake: 'It is not an e-mail address.' },
  PHONE: {
    normalise: normalisePhone,
    mistake:
      'It is not a telephone number; write it with its country as in +34 912 345 678, and an extension in the label.',
  },
  WEBSITE: { normalise: normaliseWebsite, mistake: 'It is not the address of a web site.' },
};

/** The stored form of a contact point, or null after what is wrong with it was reported under `path`. */
export function cleanContactPoint(
  problems: Problems,
  path: string,
  input: ContactPointInput,
  country: string,
): CleanContactPoint | null {
  const label = optionalLine(problems, `${path}label`, input.label, 60);
  const common = { kind: input.kind, label, isPrimary: input.isPrimary === true };
  if (input.kind === ContactPointKind.ADDRESS) {
    const address = cleanAddress(problems, `${path}address`, input.address);
    return address && { ...common, address, value: addressLine(address) };
  }
  if (input.address) return report(problems, `${path}address`, 'Only a postal address has one.');
  if (!input.value?.trim()) return report(problems, `${path}value`, 'It must be given.', 'REQUIRED');
  if (input.value.length > 2000) return report(problems, `${path}value`, 'It has at most 2000 characters.', 'TOO_LONG');
  const { normalise, mistake } = NORMALISERS[input.kind];
  const value = normalise(input.value, country);
  return value ? { ...common, value, address: null } : report(problems, `${path}value`, mistake);
}

function cleanAddress(
  problems: Problems,
  path: string,
  input: PostalAddressInput | null | undefined,
): PostalAddressInput | null {
  if (!input) return report(problems, path, 'It must be given.', 'REQUIRED');
  const country = input.country.trim().toUpperCase();
  if (!validator.isISO31661Alpha2(country)) {
    return report(problems, `${path}.country`, 'It is not a country of ISO 3166-1, two letters.');
  }
  const before = problems.length;
  const address = {
    street: optionalLine(problems, `${path}.street`, input.street, 200),
    city: optionalLine(problems, `${path}.city`, input.city, 100),
    region: optionalLine(problems, `${path}.region`, input.region, 100),
    postalCode: optionalLine(problems, `${path}.postalCode`, input.postalCode, 20),
    country,
  };
  if (problems.length > before) return null;
  if (!address.street && !address.city && !address.region && !address.postalCode) {
    return report(problems, path, 'A country alone is no address.', 'REQUIRED');
  }
  return address;
}

/** One line, from the door to the country, in the order most countries of our languages write it. */
export function addressLine({ street, city, region, postalCode, country }: PostalAddressInput): string {
  const town = [postalCode, city].filter(Boolean).join(' ');
  return [street, town, region, country].filter(Boolean).join(', ');
}
