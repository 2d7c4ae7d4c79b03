import { type Country, countries, fillDigits, phoneOf } from './countries.js';
import type { ExampleConsent, ExampleCustomer, Scale, Tongue } from './example.js';
import { companyNames, companyTrades, customerTags, givenNames, notes, preferences, surnames } from './names.words.js';
import { type Random, randomOf } from './random.js';

type Seed = Pick<Scale, 'seed' | 'now'>;

const day = 86_400_000;
const companyEvery = 8;

/** Customers one after the other; each could be made alone, so any number takes the memory of one. */
export function* exampleCustomers(count: number, { seed, now }: Seed): Generator<ExampleCustomer> {
  const customer = customerMaker({ seed, now });
  for (let index = 0; index < count; index++) yield customer(index);
}

/** Makes the customer of an index. The same seed and index give the same customer, whatever was made before. */
export function customerMaker({ seed, now }: Seed): (index: number) => ExampleCustomer {
  const random = randomOf(seed, 'customer');
  const details = randomOf(seed, 'customer-details');
  const homes = randomOf(seed, 'country');
  const countryAt = (index: number): Country => homes(relativeOf(index) ?? index).weighted(countries);

  function person(index: number): { given: string; family: string; second: string } {
    const draw = random(index);
    const { tongue } = countryAt(index);
    const [given, family, second] = [
      draw.pick(givenNames[tongue]),
      draw.pick(surnames[tongue]),
      draw.pick(surnames[tongue]),
    ];
    const relative = relativeOf(index);
    return { given, family: relative === undefined ? family : person(relative).family, second };
  }

  return index => {
    const country = countryAt(index);
    const draw = details(index);
    const named = isCompany(index) ? companyOf(country, draw, index) : personOf(country.tongue, person(index), index);
    return {
      key: customerKey(index),
      ...named,
      language: country.language,
      tags: tagsOf(draw),
      phone: phoneOf(country, index),
      address: addressOf(country, draw),
      preferences: preferencesOf(country.tongue, draw),
      consents: consentsOf(draw, now),
      relations: relationsOf(index, draw),
      notes: draw.chance(0.3) ? [{ text: draw.pick(notes[country.tongue]), writtenAt: past(draw, now, 90) }] : [],
    };
  };
}

export const customerKey = (index: number): string => `customer-${index}`;

export function isCompany(index: number): boolean {
  return index % companyEvery === companyEvery - 1;
}

// Every fourth household has two customers, who share a home country and a surname.
function relativeOf(index: number): number | undefined {
  return index % 16 === 1 || index % 16 === 10 ? index - 1 : undefined;
}

function personOf(
  tongue: Tongue,
  { given, family, second }: { given: string; family: string; second: string },
  index: number,
) {
  // Spanish names end with the mother's surname, Portuguese ones with the father's.
  const familyName = { es: `${family} ${second}`, pt: `${second} ${family}`, en: family }[tongue];
  return {
    kind: 'PERSON' as const,
    displayName: `${given} ${familyName}`,
    givenName: given,
    familyName,
    email: `${plain(given)}.${plain(family)}${index}@example.com`,
  };
}

function companyOf(country: Country, draw: Random, index: number) {
  const name = `${draw.pick(companyTrades[country.tongue])} ${draw.pick(companyNames[country.tongue])}`;
  const slug = `${plain(name, '-')}-${index}`;
  return {
    kind: 'COMPANY' as const,
    displayName: `${name} ${country.companySuffix}`,
    website: `https://example.org/${slug}`,
    email: `${slug}@example.org`,
  };
}

/** Lower case and without accents, for addresses and handles. */
export function plain(text: string, between = ''): string {
  const letters = text.normalize('NFD').replace(/[^\p{L}\p{N} ]/gu, '');
  return letters.toLowerCase().trim().replace(/ +/g, between);
}

function tagsOf(draw: Random): string[] {
  const tags = new Set<string>();
  for (let left = draw.int(0, 3); left > 0; left--) tags.add(draw.weighted(customerTags));
  return [...tags];
}

function addressOf(country: Country, draw: Random): ExampleCustomer['address'] {
  const [city, region, postal] = draw.pick(country.cities);
  const number = draw.int(1, 980);
  const street = draw.pick(country.streets);
  return {
    street: country.tongue === 'en' ? `${number} ${street}` : `${street} ${number}`,
    city,
    region,
    postalCode: postal + fillDigits(country.postal, draw),
    country: country.code,
  };
}

function preferencesOf(tongue: Tongue, draw: Random): ExampleCustomer['preferences'] {
  return preferences[tongue]
    .filter(() => draw.chance(0.35))
    .map(([key, values]) => ({ key, value: draw.pick(values) }));
}

function consentsOf(draw: Random, now: Date): ExampleConsent[] {
  const asked = [
    { purpose: 'SERVICE', channel: 'EMAIL', likely: 0.97 },
    { purpose: 'MARKETING', channel: 'EMAIL', likely: 0.6 },
    { purpose: 'MARKETING', channel: 'PHONE', likely: 0.25 },
    { purpose: 'ANALYSIS', channel: 'SOCIAL', likely: 0.7 },
  ] as const;
  return asked
    .filter(() => draw.chance(0.8))
    .map(({ purpose, channel, likely }) => ({
      purpose,
      channel,
      granted: draw.chance(likely),
      recordedAt: past(draw, now, 700),
      source: draw.pick(['sign-up form', 'shop', 'call centre', 'loyalty card']),
    }));
}

function relationsOf(index: number, draw: Random): ExampleCustomer['relations'] {
  const relative = relativeOf(index);
  const relations: ExampleCustomer['relations'] =
    relative === undefined ? [] : [{ kind: 'FAMILY', to: customerKey(relative) }];
  const companies = Math.floor(index / companyEvery);
  if (companies > 0 && draw.chance(isCompany(index) ? 0.4 : 0.25)) {
    const company = draw.int(0, companies - 1) * companyEvery + companyEvery - 1;
    relations.push({ kind: isCompany(index) ? 'SUPPLIER_OF' : 'EMPLOYEE_OF', to: customerKey(company) });
  }
  return relations;
}

function past(draw: Random, now: Date, days: number): Date {
  return new Date(now.getTime() - Math.floor(draw.next() * days * day));
}
