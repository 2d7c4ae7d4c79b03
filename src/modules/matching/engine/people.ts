import type { BlockingRule } from './blocking.js';
import type { ComparisonSpec } from './comparison.js';
import { foldLetters, foldWords } from './fold.js';
import { chosenPart, lettersOf, wordsOfHandle, yearOfHandle } from './handles.js';
import type { Contexts } from './model.js';
import { givenNames, partsOfName, rootOf, surnames } from './names.js';
import { BORROWED } from './names.words.js';
import type { ColumnSpec, RecordValues } from './table.js';

/** What is known of an identity on a network. */
export interface IdentityFacts {
  handle: string;
  displayName?: string | null;
  bio?: string | null;
  /** The site it names, or its page on the network. */
  url?: string | null;
  avatarUrl?: string | null;
  email?: string | null;
  /** E.164. */
  phone?: string | null;
  /** BCP 47; of what it posts. */
  language?: string | null;
  /** As of `hoursText`. */
  hours?: string | null;
}

/** What is known of a customer, the identities linked to it included. */
export interface CustomerFacts {
  isCompany?: boolean;
  displayName: string;
  givenName?: string | null;
  familyName?: string | null;
  jobTitle?: string | null;
  legalName?: string | null;
  /** YYYY-MM-DD. */
  birthDate?: string | null;
  language?: string | null;
  emails?: readonly string[];
  phones?: readonly string[];
  sites?: readonly string[];
  cities?: readonly string[];
  identities?: readonly IdentityFacts[];
}

export const PEOPLE_COLUMNS: ColumnSpec[] = [
  { name: 'given', isList: true },
  { name: 'surname', isList: true },
  { name: 'company' },
  { name: 'body' },
  { name: 'handle', isList: true },
  { name: 'combination', isList: true },
  { name: 'email', isList: true },
  { name: 'phone', isList: true },
  { name: 'born' },
  { name: 'year', isList: true },
  { name: 'place', isList: true },
  { name: 'word', isList: true },
  { name: 'site', isList: true },
  { name: 'avatar', isList: true },
  { name: 'language', isList: true },
  { name: 'hours' },
  { name: 'standing' },
];

/** How an identity is held against a customer. */
export const PEOPLE_COMPARISONS: ComparisonSpec[] = [
  { kind: 'person', name: 'name', column: 'surname', given: 'given', handle: 'handle', unless: 'body', rarity: true },
  { kind: 'text', name: 'company', column: 'company', rarity: true },
  { kind: 'handle', name: 'handle', column: 'handle', rarity: true },
  { kind: 'exact', name: 'email', column: 'email' },
  { kind: 'exact', name: 'phone', column: 'phone', rarity: true },
  { kind: 'exact', name: 'year', column: 'year' },
  { kind: 'exact', name: 'place', column: 'place', rarity: true },
  { kind: 'exact', name: 'word', column: 'word', rarity: true },
  { kind: 'exact', name: 'site', column: 'site', rarity: true },
  { kind: 'exact', name: 'avatar', column: 'avatar', rarity: true },
  { kind: 'exact', name: 'language', column: 'language', rarity: true },
  { kind: 'hours', name: 'hours', column: 'hours' },
  // A parody is not whom it mocks; that is known, and the data could only teach the contrary, as their names agree.
  { kind: 'exact', name: 'standing', column: 'standing', certain: [0.99998, 0.00002] },
];

/** Of the levels of a name: whole names, in one way or another; parts of one by the given name; and the surname alone. */
export const PEOPLE_CONTEXTS: Contexts = {
  by: 'name',
  classes: [
    { levels: [1, 2, 3, 4, 5, 6] },
    { levels: [7, 9, 10], frame: { parts: [{ column: 'given', by: 'root' }] } },
    { levels: [8, 11], frame: { parts: [{ column: 'surname', by: 'value' }] } },
  ],
};

/** How two customers are held against each other. */
export const DUPLICATE_COMPARISONS: ComparisonSpec[] = [
  ...PEOPLE_COMPARISONS.filter(({ name }) => !['year', 'standing', 'word'].includes(name)),
  { kind: 'date', name: 'born', column: 'born' },
];

export const PEOPLE_BLOCKING: BlockingRule[] = [
  { parts: [{ column: 'email', by: 'value' }] },
  { parts: [{ column: 'phone', by: 'value' }] },
  { parts: [{ column: 'site', by: 'value' }] },
  { parts: [{ column: 'avatar', by: 'value' }] },
  { parts: [{ column: 'handle', by: 'letters' }] },
  { parts: [{ column: 'combination', by: 'value' }], refine: [{ column: 'place', by: 'value' }] },
  {
    parts: [
      { column: 'surname', by: 'sound' },
      { column: 'given', by: 'root' },
    ],
    refine: [{ column: 'place', by: 'value' }],
  },
  { parts: [{ column: 'company', by: 'sound' }] },
];

/** A surname short of this in a handle is there by chance too often. */
const SHORTEST = 4;
const WORDS_OF_PLACES = 3;

/**
 * An identity as a record. `cities` are those customers live in: a bio names places among words, and only these are looked for.
 */
export function identityRecord(facts: IdentityFacts, cities: ReadonlySet<string> = new Set()): RecordValues {
  const { given, surnames } = partsOfName(facts.displayName ?? '');
  const bio = facts.bio ?? '';
  const handle = chosenPart(facts.handle);
  const folded = foldWords(bio);
  const words = folded.split(' ').filter(Boolean);
  const year = yearOfHandle(handle);
  const places = placesIn(words, cities);
  return {
    given,
    surname: surnames,
    company: foldWords(facts.displayName ?? ''),
    // A mail box is a handle too.
    handle: [handle, ...(facts.email ? [chosenPart(facts.email.split('@')[0]!)] : [])],
    combination: combinationsInHandle(handle),
    email: [facts.email?.toLowerCase() ?? '', ...emailsIn(bio)],
    phone: [facts.phone ?? '', ...phonesIn(bio)],
    year: year ? [year] : [],
    place: places,
    word: otherWords(words, places),
    site: [...ownSite(facts), ...sitesIn(bio)].map(siteKey),
    avatar: facts.avatarUrl ? [facts.avatarUrl] : [],
    language: facts.language ? [primary(facts.language)] : [],
    hours: facts.hours,
    standing: BORROWED.test(`${foldWords(facts.displayName ?? '')} ${folded}`) ? 'borrowed' : 'plain',
  };
}

/** A customer as a record. */
export function customerRecord(facts: CustomerFacts): RecordValues {
  const parsed = partsOfName(facts.displayName);
  const given = facts.isCompany ? [] : facts.givenName ? givenNames(facts.givenName) : parsed.given;
  const family = facts.isCompany ? [] : facts.familyName ? surnames(facts.familyName) : parsed.surnames;
  const linked = facts.identities ?? [];
  const emails = [...(facts.emails ?? []), ...linked.flatMap(identity => identity.email ?? [])].map(email =>
    email.toLowerCase(),
  );
  const handles = [
    ...linked.map(identity => chosenPart(identity.handle)),
    ...emails.map(email => chosenPart(email.split('@')[0]!)).filter(mailbox => !SHARED_MAILBOXES.has(mailbox)),
  ];
  const texts = [facts.jobTitle, facts.isCompany ? null : facts.legalName, ...linked.map(identity => identity.bio)];
  const places = (facts.cities ?? []).map(foldWords);
  return {
    given,
    surname: family,
    company: facts.isCompany ? foldWords(facts.displayName) : null,
    body: facts.isCompany ? 'company' : null,
    handle: handles,
    combination: facts.isCompany ? [lettersOf(foldLetters(facts.displayName))] : combinationsOfName(given, family),
    email: emails,
    phone: [...(facts.phones ?? []), ...linked.flatMap(identity => identity.phone ?? [])],
    born: facts.birthDate?.replaceAll('-', ''),
    year: facts.birthDate ? [facts.birthDate.slice(0, 4)] : [],
    place: places,
    word: otherWords(
      texts.flatMap(text => foldWords(text ?? '').split(' ')),
      places,
    ),
    site: [...(facts.sites ?? []), ...linked.flatMap(ownSite)].map(siteKey),
    avatar: linked.flatMap(identity => identity.avatarUrl ?? []),
    language: [facts.language, ...linked.map(identity => identity.language)].flatMap(tag =>
      tag ? [primary(tag)] : [],
    ),
    hours: linked.find(identity => identity.hours)?.hours,
    standing: 'plain',
  };
}

/** Mailboxes that say who reads them no more than the domain does. */
const SHARED_MAILBOXES = new Set(
  'info hola hello contact contacto contato ventas sales admin office mail correo'.split(' '),
);

/**
 * What people with such a name call themselves, as letters only; fond names are led back to the name they stand for. Of a second
 * surname only what is usual: every one of these is a row in an index.
 */
function combinationsOfName(given: readonly string[], family: readonly string[]): string[] {
  const found = new Set<string>();
  for (const first of given.slice(0, 2)) {
    for (const name of new Set([first, rootOf(first)])) {
      for (const [place, last] of family.slice(0, 2).entries()) {
        if (last.length < 2) continue;
        found.add(name + last);
        if (last.length >= SHORTEST) found.add(name[0] + last);
        if (place > 0) continue;
        found.add(last + name);
        if (last.length >= SHORTEST) found.add(last + name[0]);
        if (name.length >= SHORTEST) found.add(name + last[0]);
      }
    }
  }
  return [...found];
}

/** The names a handle may be made of: all its letters, its words one by one and by two, and each with a fond name led back. */
function combinationsInHandle(handle: string): string[] {
  const words = wordsOfHandle(handle);
  const parts = new Set([lettersOf(handle), ...words, ...words.slice(1).map((word, i) => words[i] + word)]);
  for (const part of [...parts]) {
    for (let length = 2; length < Math.min(part.length - 1, 10); length++) {
      const start = part.slice(0, length);
      const end = part.slice(-length);
      if (rootOf(start) !== start) parts.add(rootOf(start) + part.slice(length));
      if (rootOf(end) !== end) parts.add(part.slice(0, -length) + rootOf(end));
    }
  }
  return [...parts].filter(part => part.length >= SHORTEST);
}

/** Words worth comparing: longer ones, and none of the places, which are compared as such. */
function otherWords(words: readonly string[], places: readonly string[]): string[] {
  const ofPlaces = new Set(places.flatMap(place => place.split(' ')));
  return words.filter(word => word.length >= SHORTEST && !ofPlaces.has(word));
}

function placesIn(words: readonly string[], cities: ReadonlySet<string>): string[] {
  const found: string[] = [];
  for (let from = 0; from < words.length; from++) {
    for (let length = 1; length <= WORDS_OF_PLACES; length++) {
      const place = words.slice(from, from + length).join(' ');
      if (cities.has(place)) found.push(place);
    }
  }
  return found;
}

const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const PHONE = /\+\d[\d ().-]{6,}\d/g;
const SITE = /\b(?:https?:\/\/)?(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:\/[\w./-]*)?/gi;

const emailsIn = (text: string): string[] => (text.match(EMAIL) ?? []).map(email => email.toLowerCase());
const phonesIn = (text: string): string[] => (text.match(PHONE) ?? []).map(phone => phone.replace(/[^\d+]/g, ''));
const sitesIn = (text: string): string[] => text.replace(EMAIL, ' ').match(SITE) ?? [];

/** The site a profile names. Its own page on the network is none: that of every other identity is another one. */
function ownSite({ url, handle }: IdentityFacts): string[] {
  if (!url) return [];
  const path = siteKey(url).split('/').slice(1).join('/');
  return path.includes(chosenPart(handle)) ? [] : [url];
}

/** A site's address as it is compared: without scheme, "www." and the last slash. */
export const siteKey = (url: string): string =>
  url
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/[?#].*$/, '')
    .replace(/\/+$/, '');

const primary = (tag: string): string => tag.split('-')[0]!.toLowerCase();
