import type { ExternalIdentity, ExternalRef, Network, UpsertEvent } from '../ingest/connector.js';
import { accountOn, brands, profileUrl } from './brands.js';
import { countryOf, phoneOf } from './countries.js';
import type { ExampleCustomer, ExampleIdentity, ExamplePost, ExampleStory, Intent, Scale } from './example.js';
import { type Random, randomOf } from './random.js';
import { conversation, type Line } from './story.words.js';
import { compose } from './texts.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const spain = countryOf.get('ES')!;
const city = 'Sevilla';
const brand = brands.find(({ sector }) => sector === 'MARKET')!;
/** Where her complaint is. */
const stage = 'BLUESKY' as Network;
const email = 'dolores.valdecasas@example.com';

const customer: ExampleCustomer = {
  key: 'customer-story',
  kind: 'PERSON',
  displayName: 'Dolores Valdecasas Ibarra',
  givenName: 'Dolores',
  familyName: 'Valdecasas Ibarra',
  language: spain.language,
  tags: ['frequent'],
  email,
  // No other customer gets as far as this number.
  phone: phoneOf(spain, 99_999),
  address: { street: 'Calle Betis 21', city, region: 'Sevilla', postalCode: '41010', country: spain.code },
  preferences: [{ key: 'delivery', value: 'dejar el pedido con el portero' }],
  consents: [],
  relations: [],
  notes: [],
};

/** One proven, by which she is known; the two others say who she is as people do, each in its own way. */
const identities: readonly ExampleIdentity[] = [
  identity(stage, 'did:plc:examplelola', 'lolavaldecasas.example.com', 'Lola Valdecasas', 2_310, {
    bio: 'Sevilla. Cocino en la azotea y lo cuento.',
    url: 'https://example.com/la-azotea-de-lola',
    verifiedEmail: email,
  }),
  identity('TWITTER' as Network, 'twitter-lola', 'lola_valdecasas', 'Lola Valdecasas', 1_480, {
    bio: 'Cocino en la azotea y lo cuento. Sevilla',
  }),
  identity('INSTAGRAM' as Network, 'instagram-lola', 'lolavaldecasas.sev', 'Dolores Valdecasas', 3_920, {
    bio: 'La azotea de Lola: cocino y lo cuento, desde Sevilla',
  }),
];

function identity(
  network: Network,
  id: string,
  handle: string,
  displayName: string,
  followersCount: number,
  given: Pick<ExternalIdentity, 'bio' | 'url' | 'verifiedEmail'>,
): ExampleIdentity {
  const where = { language: spain.language, country: spain.code, city };
  const url = profileUrl(network, handle);
  return { network, id, handle, displayName, followersCount, url, ...where, customer: customer.key, ...given };
}

/**
 * Something to look for in the example: an unhappy customer, the customers and strangers she moves, and two identities that are
 * hers without proof. Undefined beside an example in which nobody is there to be moved.
 */
export function exampleStory(
  { seed, now }: Pick<Scale, 'seed' | 'now'>,
  customers: readonly ExampleCustomer[],
  people: readonly ExampleIdentity[],
): ExampleStory | undefined {
  const persons = new Set(customers.filter(({ kind }) => kind === 'PERSON').map(({ key }) => key));
  const near = people.filter(({ network, language }) => network === stage && language.startsWith('es'));
  const proven = near.filter(
    ({ customer: key = '', verifiedEmail, verifiedPhone }) => persons.has(key) && (verifiedEmail ?? verifiedPhone),
  );
  const strangers = near.filter(each => !each.customer);
  if (proven.length === 0 || strangers.length === 0) return undefined;
  const cast = { C: proven, S: strangers };
  const heard = told(now, cast);
  const all = Map.groupBy([...habits(seed, now), ...heard], ({ network }) => network);
  const posts = identities.flatMap(({ network }) => all.get(network)!.toSorted(byTime));
  const complaint = heard.flatMap(({ event }, place) =>
    conversation[place]!.by === 'SHE' || conversation[place]!.by === 'BRAND' ? [event.ref.id] : [],
  );
  return { customer, identities: [...identities], posts, complaint };
}

const byTime = (a: ExamplePost, b: ExamplePost): number => a.event.occurredAt.getTime() - b.event.occurredAt.getTime();

/** Half past seven in the evening, UTC, so many days ago. */
const evening = (now: Date, daysAgo: number): number => Math.floor(now.getTime() / day - daysAgo) * day + 19.5 * hour;

/** The hours in which she writes show after two dozen posts; she writes one an evening on each network. */
function* habits(seed: Scale['seed'], now: Date): Generator<ExamplePost> {
  const draws = randomOf(seed, 'story');
  const intents: readonly (readonly [Intent, number])[] = [
    ['QUESTION', 3],
    ['PRAISE', 2],
    ['PURCHASE', 2],
    ['CHATTER', 3],
  ];
  for (const [place, author] of identities.entries()) {
    for (let evenings = 0; evenings < 26; evenings++) {
      const draw = draws(place * 100 + evenings);
      // Never the evening of her complaint: two posts of hers at one moment would have one id.
      const at = evening(now, evenings + 3) + draw.pick([0, 1, 1, 2]) * hour + draw.int(0, 29) * minute;
      yield habit(author, evenings < 6 ? 'COMPLAINT' : draw.weighted(intents), at, draw);
    }
  }
}

function habit(author: ExampleIdentity, intent: Intent, at: number, draw: Random): ExamplePost {
  const account = accountOn(brand, author.network);
  const brandWord = `@${account.handle}`;
  let text = compose({ role: 'MENTION', intent, brand, brandWord, country: spain, city }, draw);
  if (!text.includes(brandWord)) text = `${brandWord} ${text}`;
  return post(author, at, intent, { kind: 'MENTION' as UpsertEvent['kind'], text, mentions: [account] });
}

/** The conversation, spoken by whom there is. */
function told(now: Date, cast: Record<'C' | 'S', readonly ExampleIdentity[]>): ExamplePost[] {
  const start = evening(now, 2);
  const posts: ExamplePost[] = [];
  for (const line of conversation) posts.push(say(line, start + line.after * minute, posts, cast));
  return posts;
}

function say(
  { by, answers, quotes, reposts, text: written }: Line,
  at: number,
  before: readonly ExamplePost[],
  cast: Record<'C' | 'S', readonly ExampleIdentity[]>,
): ExamplePost {
  const account = accountOn(brand, stage);
  const author = by === 'BRAND' ? account : by === 'SHE' ? identities[0]! : castMember(cast, by);
  const [parent, quoted, reposted] = [answers, quotes, reposts].map(place =>
    place === undefined ? undefined : shown(before[place]!),
  );
  const root = parent && before[0]!.event.ref;
  const addressed = parent?.author ?? account;
  const called = `@${addressed.handle}`;
  const text = reposted
    ? before[reposts!]!.event.text
    : parent && by !== 'BRAND'
      ? `${called} ${written}`
      : written.replace('{brand}', called);
  // An answer to the brand's own post is a comment on it.
  const isComment = parent?.author.id === account.id;
  const kind = by === 'BRAND' ? 'POST' : reposted ? 'REPOST' : isComment ? 'COMMENT' : 'MENTION';
  const intent = by === 'BRAND' ? 'CHATTER' : 'COMPLAINT';
  const mentions = text.includes(called) && !reposted ? [addressed] : undefined;
  return post(author, at, intent, {
    kind: kind as UpsertEvent['kind'],
    own: by === 'BRAND',
    text,
    parent,
    root,
    quoted,
    reposted,
    mentions,
  });
}

function castMember(cast: Record<'C' | 'S', readonly ExampleIdentity[]>, by: string): ExampleIdentity {
  const list = cast[by[0] as 'C' | 'S'];
  return list[Number(by.slice(1)) % list.length]!;
}

const shown = ({ event: { ref, author } }: ExamplePost): ExternalRef & { author: ExternalIdentity } => ({
  ...ref,
  author,
});

function post(
  speaker: ExternalIdentity & { network: Network; id: string; handle: string },
  at: number,
  intent: Intent,
  given: Pick<UpsertEvent, 'kind' | 'text'> & Partial<UpsertEvent>,
): ExamplePost {
  const { network, id, handle, displayName, bio, url, followersCount, verifiedEmail } = speaker;
  const page = `https://${network.toLowerCase()}.example.com`;
  // Posts of one moment are by different people; those of the example end in smaller numbers.
  const number = `${at}999${id.length}${handle.length}`.padEnd(19, '0').slice(0, 19);
  const isBluesky = network === stage;
  const event: UpsertEvent = {
    op: 'upsert',
    ref: isBluesky
      ? { id: `at://${id}/app.bsky.feed.post/${number}`, url: `${page}/profile/${handle}/post/${number}` }
      : { id: number, url: `${page}/${handle}/${number}` },
    revision: '1',
    author: { id, handle, displayName, bio, url, followersCount, verifiedEmail },
    own: false,
    occurredAt: new Date(at),
    media: [],
    auto: false,
    ...given,
  };
  if (isBluesky) event.language = spain.language;
  return { network, brand: brand.key, intent, event };
}
