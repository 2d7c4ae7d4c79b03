import type { Network } from '../ingest/connector.js';
import type { ExampleAccount, ExampleBrand, Sector, Tongue } from './example.js';

// Written as a person would see them; the cast is the enum's own text, whose values this folder must not load.
export const socialNetworks = ['TWITTER', 'INSTAGRAM', 'FACEBOOK', 'BLUESKY', 'MASTODON'] as Network[];
export const blog = 'BLOG' as Network;

export const organization = { slug: 'grupo-olivar', name: 'Grupo Olivar' };

const described: readonly (readonly [slug: string, name: string, sector: Sector, followers: number])[] = [
  ['horno-alborada', 'Horno Alborada', 'BAKERY', 48_200],
  ['banco-ribera', 'Banco Ribera', 'BANK', 312_000],
  ['movil-zafiro', 'Móvil Zafiro', 'MOBILE', 521_000],
  ['mercado-olivar', 'Mercado Olivar', 'MARKET', 187_500],
  ['casa-marola', 'Casa Marola', 'HOME', 93_400],
];

export const brands: readonly ExampleBrand[] = described.map(([slug, name, sector, followers]) => ({
  key: slug,
  name,
  sector,
  accounts: [...socialNetworks, blog].map(network => account(network, slug, name, followers)),
  feed: {
    url: `https://blog.example.com/${slug}/feed/`,
    commentsUrl: `https://blog.example.com/${slug}/comments/feed/`,
    title: `Blog de ${name}`,
  },
}));

const accountsByBrand = new Map(brands.map(brand => [brand, new Map(brand.accounts.map(own => [own.network, own]))]));

export function accountOn(brand: ExampleBrand, network: Network): ExampleAccount {
  return accountsByBrand.get(brand)!.get(network)!;
}

/** Which brand people of a language speak to, by relative frequency. */
export const brandsOf: Record<Tongue, readonly (readonly [ExampleBrand, number])[]> = {
  es: shares(30, 22, 24, 18, 6),
  pt: shares(20, 18, 20, 14, 28),
  en: shares(36, 18, 18, 12, 16),
};

function shares(...weights: number[]): readonly (readonly [ExampleBrand, number])[] {
  return brands.map((brand, at) => [brand, weights[at]!] as const);
}

function account(network: Network, slug: string, name: string, followers: number): ExampleAccount {
  const handle = brandHandle(network, slug);
  return {
    network,
    id: network === 'BLUESKY' ? `did:plc:${slug.replaceAll('-', '')}` : `${network.toLowerCase()}-${slug}`,
    handle,
    displayName: name,
    followersCount: network === blog ? undefined : followers,
    url: profileUrl(network, handle),
  };
}

function brandHandle(network: Network, slug: string): string {
  if (network === 'BLUESKY') return `${slug}.example.com`;
  if (network === 'MASTODON') return `${slug.replaceAll('-', '')}@social.example.org`;
  return network === blog ? slug : slug.replaceAll('-', '');
}

/** Profiles are on example.com, so that nothing in the example points at a real person. */
export function profileUrl(network: Network, handle: string): string {
  return `https://${network.toLowerCase()}.example.com/${handle}`;
}
