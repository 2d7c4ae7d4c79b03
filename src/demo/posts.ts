import type { ExternalIdentity, ExternalRef, PostKind, UpsertEvent } from '../ingest/connector.js';
import { accountOn, blog } from './brands.js';
import { type Country, countries, countryOf } from './countries.js';
import type { ExamplePost, Scale } from './example.js';
import { type People, peopleAt } from './people.js';
import { type Random, randomOf } from './random.js';
import { schedule } from './schedule.js';
import { compose, corrected, headline, type Voice } from './texts.js';
import { lookBack, type Role, type Shape, shapeMaker } from './threads.js';

/** Where posts come from: who there is, when each is written, and the draws it is made with. */
export interface Source {
  people: People;
  /** Milliseconds since 1970 of any post up to the newest that was asked for. */
  timeOf(index: number): number;
  draws: Record<'shape' | 'text' | 'edit', (index: number) => Random>;
}

const editAfter = 25;
const editShare = 0.03;
const mayBeEdited: readonly Role[] = ['MENTION', 'REPLY', 'COMMENT', 'NEWS', 'ARTICLE'];
const spanishPeninsula = countryOf.get('ES')!;

const kinds = {
  MENTION: 'MENTION',
  REPLY: 'MENTION',
  QUOTE: 'MENTION',
  COMMENT: 'COMMENT',
  REPOST: 'REPOST',
  REVIEW: 'REVIEW',
  MESSAGE: 'DIRECT_MESSAGE',
  NEWS: 'POST',
  ARTICLE: 'POST',
  ANSWER: 'POST',
} as Record<Role, PostKind>;

/** The posts of a scale, oldest first, in constant memory but for a number per identity. */
export function examplePosts(scale: Scale): Generator<ExamplePost> {
  const source = { people: peopleAt(scale), timeOf: schedule(scale), draws: drawsOf(scale.seed) };
  return postsFrom(source, 0, scale.posts);
}

/** Posts of the indexes from `first` up to, not including, `end`, each edit some posts after the post it changes. */
export function* postsFrom(source: Source, first: number, end = Number.POSITIVE_INFINITY): Generator<ExamplePost> {
  const { write, isEdited, edit } = postWriter(source);
  for (let index = first; index < end; index++) {
    yield write(index);
    const earlier = index - editAfter;
    if (earlier >= first && isEdited(earlier)) yield edit(earlier, source.timeOf(index));
  }
}

export function drawsOf(seed: string | number): Source['draws'] {
  return { shape: randomOf(seed, 'shape'), text: randomOf(seed, 'text'), edit: randomOf(seed, 'edit') };
}

function postWriter({ people, timeOf, draws }: Source) {
  const shape = shapeMaker(people, draws.shape);

  function authorOf({ author, brand, network }: Shape): ExternalIdentity {
    if (author === undefined) return accountOn(brand, network);
    const { id, handle, displayName, bio, url, followersCount, verifiedEmail, verifiedPhone } = people.identity(author);
    return { id, handle, displayName, bio, url, followersCount, verifiedEmail, verifiedPhone };
  }

  // Nineteen digits, as X's are: moment and index together are given once, also by a stream that is started again.
  function numberOf(index: number): string {
    return `${timeOf(index)}${String(index % 1_000_000).padStart(6, '0')}`;
  }

  function refOf(post: Shape): ExternalRef {
    const page = `https://${post.network.toLowerCase()}.example.com`;
    if (post.network === blog) {
      const article = `https://blog.example.com/${post.brand.key}/?p=${numberOf(post.root)}`;
      const id = post.role === 'ARTICLE' ? article : `${article}#comment-${numberOf(post.index)}`;
      return { id, url: id };
    }
    const author = authorOf(post);
    const number = numberOf(post.index);
    if (post.network !== 'BLUESKY') return { id: number, url: `${page}/${author.handle}/${number}` };
    return {
      id: `at://${author.id}/app.bsky.feed.post/${number}`,
      url: `${page}/profile/${author.handle}/post/${number}`,
    };
  }

  function withAuthor(post: Shape): ExternalRef & { author: ExternalIdentity } {
    return { ...refOf(post), author: authorOf(post) };
  }

  function voiceOf(post: Shape, draw: Random): Voice {
    const { role, intent, brand, network } = post;
    const isPublic = role === 'MENTION' || role === 'REPLY' || role === 'QUOTE';
    const brandWord = isPublic ? `@${accountOn(brand, network).handle}` : brand.name;
    return { role, intent, brand, brandWord, ...homeOf(post, draw) };
  }

  // A brand answers in the language it is spoken to, and announces in that of one of its markets.
  function homeOf(post: Shape, draw: Random): { country: Country; city: string } {
    const speaker = post.author ?? post.parent?.author;
    if (speaker !== undefined) {
      const { country, city } = people.identity(speaker);
      return { country: countryOf.get(country) ?? spanishPeninsula, city };
    }
    const country = draw.weighted(countries);
    return { country, city: draw.pick(country.cities)[0] };
  }

  function textOf(post: Shape): { text: string; voice: Voice; draw: Random } {
    const draw = draws.text(post.index);
    const voice = voiceOf(post, draw);
    if (post.role === 'REPOST' && post.target) {
      const { text } = textOf(post.target);
      const isQuotedWhole = post.network === 'TWITTER';
      return { text: isQuotedWhole ? `RT @${authorOf(post.target).handle}: ${text}` : text, voice, draw };
    }
    let text = compose(voice, draw);
    const addressed = post.role === 'REPLY' && post.parent ? `@${authorOf(post.parent).handle}` : voice.brandWord;
    if (voice.brandWord.startsWith('@') && !text.includes(addressed)) text = `${addressed} ${text}`;
    return { text, voice, draw };
  }

  function write(index: number): ExamplePost {
    const post = shape(index);
    const { text, voice, draw } = textOf(post);
    const event: UpsertEvent = {
      op: 'upsert',
      ref: refOf(post),
      revision: '1',
      kind: post.role === 'REPLY' && post.parent?.author === undefined ? kinds.COMMENT : kinds[post.role],
      author: authorOf(post),
      own: post.author === undefined,
      occurredAt: new Date(timeOf(index)),
      text,
      media: [],
      auto: false,
    };
    addRelations(event, post, voice);
    if (post.role === 'ARTICLE') event.title = headline(voice, draw);
    if (post.network === 'BLUESKY' || post.network === 'MASTODON') event.language = voice.country.language;
    if (post.network === blog) event.html = `<p>${text}</p>`;
    if (post.role === 'MENTION' && draw.chance(0.07)) {
      event.media.push({ kind: 'image', url: `https://example.com/media/${index}.jpg` });
    }
    return { network: post.network, brand: post.brand.key, intent: post.intent, event };
  }

  function isEdited(index: number): boolean {
    return mayBeEdited.includes(shape(index).role) && draws.edit(index).chance(editShare);
  }

  function edit(index: number, at: number): ExamplePost {
    const post = write(index);
    const draw = draws.edit(index);
    const text = corrected(post.event.text, voiceOf(shape(index), draw), draw);
    const html = post.event.html === undefined ? undefined : `<p>${text}</p>`;
    return { ...post, event: { ...post.event, revision: '2', editedAt: new Date(at), text, html } };
  }

  function addRelations(event: UpsertEvent, post: Shape, voice: Voice): void {
    if (post.parent) {
      event.parent = withAuthor(post.parent);
      event.root = refOf(shape(post.root));
    }
    if (post.target && post.role === 'REPOST') event.reposted = withAuthor(post.target);
    if (post.target && post.role === 'QUOTE') event.quoted = withAuthor(post.target);
    const addressed = [accountOn(post.brand, post.network), ...(event.parent?.author ? [event.parent.author] : [])];
    const mentioned = addressed.filter(({ handle }) => event.text.includes(`@${handle}`));
    if (voice.brandWord.startsWith('@') && mentioned.length > 0) event.mentions = [...new Set(mentioned)];
  }

  return { write, isEdited, edit };
}

/** How many of the last times a stream has to remember, so that every thread it may answer still has its ids. */
export const rememberedTimes = lookBack * 8;
