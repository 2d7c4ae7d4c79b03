import type { Network } from '../ingest/connector.js';
import { blog, brands, brandsOf, socialNetworks } from './brands.js';
import type { ExampleBrand, Intent, Tongue } from './example.js';
import type { People } from './people.js';
import type { Random } from './random.js';

export type Role =
  | 'MENTION'
  | 'NEWS'
  | 'ARTICLE'
  | 'ANSWER'
  | 'REPLY'
  | 'COMMENT'
  | 'QUOTE'
  | 'REPOST'
  | 'REVIEW'
  | 'MESSAGE';

/** Who says what kind of thing to whom, before any word of it is written. */
export interface Shape {
  index: number;
  role: Role;
  network: Network;
  brand: ExampleBrand;
  intent: Intent;
  /** Index of an identity; undefined when the brand itself speaks. */
  author: number | undefined;
  /** The post it answers. */
  parent?: Shape;
  /** What it quotes or reposts. */
  target?: Shape;
  /** Index of the first post of its thread: its own when it begins one. */
  root: number;
  depth: number;
}

type Builder = (index: number, draw: Random) => Shape | undefined;
type ShapeMaker = (index: number) => Shape;

const articleEvery = 100;
const firstArticle = 10;
const deepest = 5;
/** No post answers one that is further back than this, and no thread is deeper than `deepest`. */
export const lookBack = 400;

const roles: readonly (readonly [Role, number])[] = [
  ['MENTION', 47],
  ['REPLY', 17],
  ['COMMENT', 9],
  ['ANSWER', 6],
  ['REPOST', 7],
  ['QUOTE', 5],
  ['REVIEW', 3],
  ['MESSAGE', 3],
  ['NEWS', 3],
];
const intents: readonly (readonly [Intent, number])[] = [
  ['COMPLAINT', 29],
  ['QUESTION', 19],
  ['PRAISE', 21],
  ['PURCHASE', 11],
  ['CHATTER', 20],
];
const mentionShares = [38, 24, 18, 13, 7] as const;
const byMention = socialNetworks.map((network, at) => [network, mentionShares[at]!] as const);
const facebook = socialNetworks[2]!;
const messaging = socialNetworks.slice(1, 3);

/** Decides the shape of the post of any index from its own draw and, for an answer, from the shapes it looks back at. */
export function shapeMaker(people: People, draws: (index: number) => Random): ShapeMaker {
  const kept: Shape[] = [];

  const shape: ShapeMaker = index => {
    const slot = index % 1024;
    const known = kept[slot];
    if (known?.index === index) return known;
    const draw = draws(index);
    const role = index % articleEvery === firstArticle ? 'ARTICLE' : draw.weighted(roles);
    const made = builders[role](index, draw) ?? mention(index, draw, 'MENTION', draw.weighted(byMention));
    kept[slot] = made;
    return made;
  };

  /** The nearest earlier post that is accepted, most often a recent one. */
  function earlier(index: number, draw: Random, accepts: (shape: Shape) => boolean): Shape | undefined {
    const from = index - 1 - Math.min(120, Math.floor(-Math.log(1 - draw.next()) * 25));
    for (let at = from; at >= 0 && at > from - 40; at--) {
      const candidate = shape(at);
      if (candidate.depth < deepest && accepts(candidate)) return candidate;
    }
    return undefined;
  }

  /** Somebody on a network who speaks the language a thread is in, when a few tries find one. */
  function companion(network: Network, draw: Random, thread: Shape): number | undefined {
    const spoken = thread.author ?? thread.parent?.author;
    let found = people.someone(network, draw);
    for (let tries = 5; tries > 0 && found !== undefined && spoken !== undefined; tries--) {
      if (tongueOf(found) === tongueOf(spoken)) break;
      found = people.someone(network, draw);
    }
    return found;
  }

  const tongueOf = (author: number) => people.identity(author).language.slice(0, 2) as Tongue;

  function mention(index: number, draw: Random, role: Role, network: Network, allowed = intents): Shape {
    for (const on of [network, ...socialNetworks]) {
      const author = people.someone(on, draw);
      if (author === undefined) continue;
      const brand = draw.weighted(brandsOf[tongueOf(author)]);
      return { index, role, network: on, brand, intent: draw.weighted(allowed), author, root: index, depth: 0 };
    }
    return byBrand(index, draw, 'NEWS', network);
  }

  function inThread(index: number, role: Role, parent: Shape, author: number | undefined, intent: Intent): Shape {
    const { network, brand, root, depth } = parent;
    return { index, role, network, brand, intent, author, parent, root, depth: depth + 1 };
  }

  const byBrand = (index: number, draw: Random, role: Role, network: Network): Shape => {
    return {
      index,
      role,
      network,
      brand: draw.pick(brands),
      intent: 'CHATTER',
      author: undefined,
      root: index,
      depth: 0,
    };
  };

  const builders: Record<Role, Builder> = {
    MENTION: (index, draw) => mention(index, draw, 'MENTION', draw.weighted(byMention)),
    REVIEW: (index, draw) => mention(index, draw, 'REVIEW', facebook, [intents[0]!, intents[2]!]),
    MESSAGE: (index, draw) => mention(index, draw, 'MESSAGE', draw.pick(messaging)),
    NEWS: (index, draw) => byBrand(index, draw, 'NEWS', draw.weighted(byMention)),
    ARTICLE: (index, draw) => byBrand(index, draw, 'ARTICLE', blog),
    REPLY(index, draw) {
      const parent = earlier(index, draw, isConversation);
      if (parent === undefined) return undefined;
      // Whom a brand answered often writes back.
      const before = parent.role === 'ANSWER' && draw.chance(0.5) ? parent.parent?.author : undefined;
      const author = before ?? companion(parent.network, draw, parent);
      return author === undefined ? undefined : inThread(index, 'REPLY', parent, author, parent.intent);
    },
    ANSWER(index, draw) {
      const parent = earlier(index, draw, each => each.author !== undefined && isAnswerable(each));
      return parent && inThread(index, 'ANSWER', parent, undefined, parent.intent);
    },
    COMMENT(index, draw) {
      const back =
        draw.weighted([
          [0, 6],
          [1, 3],
          [2, 1],
        ] as const) * articleEvery;
      const article = Math.floor((index - 1 - firstArticle - back) / articleEvery) * articleEvery + firstArticle;
      const author = people.someone(blog, draw);
      if (article < 0 || author === undefined) return undefined;
      const isUnderSame = (each: Shape) => each.role === 'COMMENT' && each.root === article;
      const parent = (draw.chance(0.35) ? earlier(index, draw, isUnderSame) : undefined) ?? shape(article);
      return inThread(index, 'COMMENT', parent, author, draw.weighted(intents));
    },
    QUOTE: (index, draw) => sharing(index, draw, 'QUOTE'),
    REPOST: (index, draw) => sharing(index, draw, 'REPOST'),
  };

  function sharing(index: number, draw: Random, role: 'QUOTE' | 'REPOST'): Shape | undefined {
    const target = earlier(index, draw, each => each.role === 'MENTION' || each.role === 'NEWS');
    const author = target && companion(target.network, draw, target);
    if (target === undefined || author === undefined) return undefined;
    const { network, brand, intent } = target;
    return { index, role, network, brand, intent, author, target, root: index, depth: 0 };
  }

  return shape;
}

function isConversation({ role }: Shape): boolean {
  return role === 'MENTION' || role === 'REPLY' || role === 'NEWS' || role === 'ANSWER' || role === 'QUOTE';
}

function isAnswerable({ role, intent }: Shape): boolean {
  if (role === 'REVIEW' || role === 'MESSAGE') return true;
  return (role === 'MENTION' || role === 'COMMENT') && intent !== 'CHATTER';
}
