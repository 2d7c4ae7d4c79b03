import type { Network } from '../ingest/connector.js';
import { blog, profileUrl, socialNetworks } from './brands.js';
import { type Country, countries } from './countries.js';
import { customerMaker, plain } from './customers.js';
import type { ExampleCustomer, ExampleIdentity, Scale, Tongue } from './example.js';
import { givenNames, surnames } from './names.words.js';
import { type Random, randomOf } from './random.js';

type Seed = Pick<Scale, 'seed' | 'now'>;

// TWITTER, INSTAGRAM, FACEBOOK, BLUESKY, MASTODON, BLOG.
const networkShares = [34, 22, 16, 12, 6, 10] as const;
const networks: readonly Network[] = [...socialNetworks, blog];

const bios: Record<Tongue, readonly string[]> = {
  es: [
    'Pan, libros y caminatas',
    'Mamá de dos y un perro',
    'Opiniones mías',
    'Corro maratones despacio',
    'Diseño y café',
    '',
  ],
  pt: [
    'Pão, livros e caminhadas',
    'Mãe de dois e de um gato',
    'Opiniões minhas',
    'Correndo devagar',
    'Design e café',
    '',
  ],
  en: [
    'Bread, books and long walks',
    'Dad of two and a dog',
    'Opinions my own',
    'Slow runner',
    'Design and coffee',
    '',
  ],
};

/** Identities one after the other; see `identityMaker` for which belongs to whom. */
export function* exampleIdentities(count: number, customers: number, { seed, now }: Seed): Generator<ExampleIdentity> {
  const identity = identityMaker(customers, { seed, now });
  for (let index = 0; index < count; index++) yield identity(index);
}

/**
 * Makes the identity of an index. The first `customers` identities are one of each customer's, the next 40 % second ones,
 * the next 15 % third ones; all that follow are strangers, so 1.55 identities a customer cover everybody.
 */
export function identityMaker(customers: number, seed: Seed): (index: number) => ExampleIdentity {
  const random = randomOf(seed.seed, 'identity');
  const customer = customerMaker(seed);
  const network = networkPicker(customers, seed);
  return index => {
    const owner = ownerOf(index, customers);
    const draw = random(index);
    const on = network(index);
    return owner === undefined
      ? strangersIdentity(index, on, draw)
      : customersIdentity(index, on, draw, customer(owner.customer));
  };
}

/** The network of an identity, without making the identity: posts look for authors on a network by it. */
export function networkPicker(customers: number, { seed }: Pick<Scale, 'seed'>): (index: number) => Network {
  const random = randomOf(seed, 'networks');
  const table = networks.map((network, at) => [network, networkShares[at]!] as const);
  return index => {
    const owner = ownerOf(index, customers);
    if (owner === undefined) return random(index).weighted(table);
    // A customer's identities are on networks that differ: the second and third follow the first around the list.
    const first = networks.indexOf(random(owner.customer).weighted(table));
    return networks[(first + owner.ordinal) % networks.length]!;
  };
}

function ownerOf(index: number, customers: number): { customer: number; ordinal: number } | undefined {
  let from = 0;
  for (const [ordinal, share] of [1, 0.4, 0.15].entries()) {
    const size = Math.floor(customers * share);
    if (index < from + size) return { customer: Math.floor(((index - from) * customers) / size), ordinal };
    from += size;
  }
  return undefined;
}

function customersIdentity(index: number, network: Network, draw: Random, customer: ExampleCustomer): ExampleIdentity {
  const tongue = customer.language.slice(0, 2) as Tongue;
  const isCompany = customer.kind === 'COMPANY';
  const shownName = isCompany ? customer.displayName : draw.pick([customer.displayName, nickname(customer)]);
  const identity = profile(index, network, draw, {
    displayName: shownName,
    language: customer.language,
    country: customer.address.country,
    city: customer.address.city,
    bio: customer.website
      ? `${shownName} · ${customer.website}`
      : `${customer.address.city}. ${draw.pick(bios[tongue])}`.trim(),
    reach: isCompany ? 900 : 60,
  });
  identity.customer = customer.key;
  const proof = draw.next();
  if (proof < 0.25) identity.verifiedEmail = customer.email;
  else if (proof < 0.33) identity.verifiedPhone = customer.phone;
  return identity;
}

function strangersIdentity(index: number, network: Network, draw: Random): ExampleIdentity {
  const country: Country = draw.weighted(countries);
  const [city] = draw.pick(country.cities);
  return profile(index, network, draw, {
    displayName: `${draw.pick(givenNames[country.tongue])} ${draw.pick(surnames[country.tongue])}`,
    language: country.language,
    country: country.code,
    city,
    bio: draw.pick(bios[country.tongue]),
    reach: 45,
  });
}

interface Described {
  displayName: string;
  language: string;
  country: string;
  city: string;
  bio: string;
  /** Followers of the least followed. */
  reach: number;
}

function profile(index: number, network: Network, draw: Random, described: Described): ExampleIdentity {
  const handle = handleOn(network, described.displayName, draw, index);
  return {
    network,
    id: network === 'BLUESKY' ? `did:plc:example${index}` : `${network.toLowerCase()}-${index}`,
    handle,
    displayName: described.displayName,
    bio: described.bio || undefined,
    url: profileUrl(network, handle),
    // Pareto with exponent 1.1: most have dozens, one in ten thousand has a quarter of a million.
    followersCount: Math.min(
      9_000_000,
      Math.floor(described.reach * (1 - draw.next()) ** (-1 / 1.1)) - described.reach,
    ),
    language: described.language,
    country: described.country,
    city: described.city,
  };
}

/** The index is part of the handle, which makes it unique on its network; X allows 15 letters, digits and underscores. */
function handleOn(network: Network, displayName: string, draw: Random, index: number): string {
  const [first = 'ana', last = first] = displayName.split(' ').map(word => plain(word));
  const stem = draw.pick([
    first + last,
    `${first}_${last}`,
    `${last}_${first}`,
    first + last.slice(0, 3),
    last + first[0],
  ]);
  const short = `${stem.slice(0, 15 - String(index).length)}${index}`;
  if (network === 'BLUESKY') return `${short.replaceAll('_', '-')}.example.com`;
  return network === 'MASTODON' ? `${short}@social.example.org` : short;
}

function nickname(customer: ExampleCustomer): string {
  const [family = ''] = (customer.familyName ?? '').split(' ');
  return `${customer.givenName} ${family[0]?.toUpperCase() ?? ''}.`;
}
