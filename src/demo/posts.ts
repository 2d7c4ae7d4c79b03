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

const kinds: Record<Role, PostKind> = {
  MENTION: 'MENTION' as PostKind,
  REPLY: 'MENTION' as PostKind,
  QUOTE: 'MENTION' as PostKind,
  COMMENT: 'COMMENT' as PostKind,
  REPOST: 'REPOST' as PostKind,
  REVIEW: 'REVIEW' as PostKind,
  MESSAGE: 'DIRECT_MESSAGE' as PostKind,
  NEWS: 'POST' as PostKind,
  ARTICLE: 'POST' as PostKind,
  ANSWER: 'POST' as PostKind,
};

/** The posts of a scale, oldest first, in constant memory but for a number per identity. */
export function* examplePosts(scale: Scale): Generator<ExamplePost> {
  if (scale.posts === 0) return;
  const source = { people: peopleAt(scale), timeOf: schedule(scale), draws: drawsOf(() => scale.seed) };
  yield* postsFrom(source, 0, scale.posts);
}

/** Posts of the indexes from `first` up to, not including, `end`, each edit some posts after the post it changes. */
export function* postsFrom(source: Source, first: number, end: number): Generator<ExamplePost> {
  const write = postWriter(source);
  for (let index = first; index < end; index++) {
    yield write(index);
    const editedOne = index - editAfter;
    if (editedOne < first) continue;
    const edit = write(editedOne, source.timeOf(index));
    if (edit !== undefined) yield edit;
  }
}

/** The draws of each post; a stream that goes on after an example draws with a seed of its own. */
export function drawsOf(seedAt: (index: number) => string | number): Source['draws'] {
  const known = new Map<string, (index: number) => Random>();
  const by = (topic: string) => (index: number) => {
    const key = `${seedAt(index)}/${topic}`;
    let draw = known.get(key);
    if (draw === undefined) known.set(key, (draw = randomOf(seedAt(index), topic)));
    return draw(index);
  };
  return { shape: by('shape'), text: by('text'), edit: by('edit') };
}

interface Writer {
  (index: number): ExamplePost;
  (index: number, editedAt: number): ExamplePost | undefined;
}

function postWriter({ people, timeOf, draws }: Source): Writer {
  const shape = shapeMaker(people, draws.shape);

  function authorOf({ author, brand, network }: Shape): ExternalIdentity {
    if (author === undefined) return accountOn(brand, network);
    const { id, handle, displayName, bio, url, followersCount, verifiedEmail, verifiedPhone } = people.identity(author);
    return { id, handle, displayName, bio, url, followersCount, verifiedEmail, verifiedPhone };
  }

  function refOf(post: Shape): ExternalRef {
    const number = `${timeOf(post.index)}${String(post.index % 1_000_000).padStart(6, '0')}`;
    const page = `https://${post.network.toLowerCase()}.example.com`;
    if (post.network === blog) {
      const article = `https://blog.example.com/${post.brand.key}/?p=${post.root}`;
      const url = post.role === 'ARTICLE' ? article : `${article}#comment-${number}`;
      return { id: post.role === 'ARTICLE' ? `${article}&t=${timeOf(post.index)}` : url, url };
    }
    if (post.network !== 'BLUESKY') return { id: number, url: `${page}/${authorOf(post).handle}/${number}` };
    const author = authorOf(post);
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

  function write(index: number): ExamplePost;
  function write(index: number, editedAt: number): ExamplePost | undefined;
  function write(index: number, editedAt?: number): ExamplePost | undefined {
    const post = shape(index);
    if (editedAt !== undefined && !(mayBeEdited.includes(post.role) && draws.edit(index).chance(editShare)))
      return undefined;
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
    if (post.role === 'MENTION' && draw.chance(0.07)) {
      event.media.push({ kind: 'image', url: `https://example.com/media/${index}.jpg` });
    }
    if (editedAt !== undefined) {
      event.text = corrected(text, voice, draw);
      event.revision = '2';
      event.editedAt = new Date(editedAt);
    }
    if (post.network === blog) event.html = `<p>${event.text}</p>`;
    return { network: post.network, brand: post.brand.key, intent: post.intent, event };
  }

  function addRelations(event: UpsertEvent, post: Shape, voice: Voice): void {
    if (post.parent) {
      event.parent = withAuthor(post.parent);
      event.root = refOf(shape(post.root));
    }
    if (post.target && post.role === 'REPOST') event.reposted = withAuthor(post.target);
    if (post.target && post.role === 'QUOTE') event.quoted = withAuthor(post.target);
    if (voice.brandWord.startsWith('@') && event.text.includes(voice.brandWord)) {
      event.mentions = [accountOn(post.brand, post.network)];
    }
  }

  return write;
}

/** How many of the last times a stream has to remember, so that every thread it may answer still has its ids. */
export const rememberedTimes = lookBack * 8;
