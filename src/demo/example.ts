import type { ExternalIdentity, Network, UpsertEvent } from '../ingest/connector.js';

/** Shapes of the example organisation: plain objects that name one another by `key`, loaded by whoever owns a database. */
export interface Example {
  organization: { slug: string; name: string };
  /** What it was made from; the same scale gives the same example. */
  scale: Scale;
  brands: ExampleBrand[];
  /** A relation only points at a customer that comes earlier, so the list can be stored in its order. */
  customers: ExampleCustomer[];
  identities: ExampleIdentity[];
  /** Oldest first; an edit comes after its post. */
  posts: ExamplePost[];
  /** What companies bought, did not buy, or may buy; none where there is no company. */
  deals: ExampleDeal[];
  /** On top of the counts; absent where the example has nobody to tell it with. */
  story?: ExampleStory;
}

/** A customer, her identities and what is said by her and around her. */
export interface ExampleStory {
  customer: ExampleCustomer;
  /** The proven one first; of the others nothing is known before they write. */
  identities: ExampleIdentity[];
  /** Oldest first on each network, that of the proven identity first. */
  posts: ExamplePost[];
  /** Ids, on its network, of her complaint and of what she and the brand said after it: together they are her ticket. */
  complaint: string[];
}

/** How much there is of everything, and the moment all times are counted back from. */
export interface Scale {
  seed: string | number;
  now: Date;
  customers: number;
  identities: number;
  /** Edits of some of them come on top (about one in fifty). */
  posts: number;
}

export type Sector = 'BAKERY' | 'BANK' | 'MOBILE' | 'MARKET' | 'HOME';
export type Intent = 'COMPLAINT' | 'QUESTION' | 'PRAISE' | 'PURCHASE' | 'CHATTER';
export type Tongue = 'es' | 'pt' | 'en';

export interface ExampleAccount extends ExternalIdentity {
  network: Network;
  id: string;
  handle: string;
  displayName: string;
}

export interface ExampleBrand {
  key: string;
  name: string;
  sector: Sector;
  /** The brand's own account on each network it uses, its blog included. */
  accounts: ExampleAccount[];
  /** Where the blog's posts and its comments would be followed. */
  feed: { url: string; commentsUrl: string; title: string };
}

export interface ExampleCustomer {
  key: string;
  kind: 'PERSON' | 'COMPANY';
  displayName: string;
  /** Of a person. */
  givenName?: string;
  /** Of a person; two surnames where that is the custom. */
  familyName?: string;
  /** Of a company. */
  website?: string;
  /** BCP 47, with the region. */
  language: string;
  tags: string[];
  email: string;
  /** E.164, unique among the customers. */
  phone: string;
  address: ExampleAddress;
  /** In the customer's language. */
  preferences: { key: string; value: string }[];
  consents: ExampleConsent[];
  relations: { kind: 'EMPLOYEE_OF' | 'FAMILY' | 'SUPPLIER_OF'; to: string }[];
  notes: { text: string; writtenAt: Date }[];
}

export interface ExampleAddress {
  street: string;
  city: string;
  region: string;
  postalCode: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
}

export interface ExampleConsent {
  purpose: 'MARKETING' | 'SERVICE' | 'ANALYSIS';
  channel: 'EMAIL' | 'PHONE' | 'SOCIAL';
  granted: boolean;
  recordedAt: Date;
  source: string;
}

export interface ExampleIdentity extends ExternalIdentity {
  network: Network;
  id: string;
  handle: string;
  displayName: string;
  followersCount: number;
  url: string;
  language: string;
  country: string;
  city: string;
  /** Whose it truly is, also where nothing in the profile proves it; absent for strangers. */
  customer?: string;
}

export interface ExamplePost {
  network: Network;
  /** `key` of the brand that is spoken to or speaks. */
  brand: string;
  /** What the text was written to say: the truth to measure a classifier by. */
  intent: Intent;
  event: UpsertEvent;
}

export interface ExampleProduct {
  sku: string;
  name: string;
  names: { es: string; pt: string };
  /** In EUR, before tax. */
  price: string;
}

/** Something a company may buy, from the moment it was heard of. */
export interface ExampleDeal {
  key: string;
  name: string;
  /** Key of the company. */
  customer: string;
  /** Key of who sells it. */
  seller: string;
  product: string;
  quantity: string;
  price: string;
  openedAt: Date;
  expectedCloseOn: string;
  source: string;
  /** Oldest first: on to another open stage of the pipeline (by its place, from 0), to an end, or another day of closing. */
  moves: { at: Date; to?: number | 'WON' | 'LOST'; expectedCloseOn?: string }[];
}
