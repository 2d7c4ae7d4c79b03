import { brands, organization } from './brands.js';
import { exampleCustomers } from './customers.js';
import { exampleDeals } from './deals.js';
import type { Example, ExamplePost, Scale } from './example.js';
import { exampleIdentities } from './identities.js';
import { peopleOf } from './people.js';
import { drawsOf, examplePosts, postsFrom, rememberedTimes } from './posts.js';
import { schedule } from './schedule.js';
import { exampleStory } from './story.js';

export interface ExampleOptions {
  seed: string | number;
  /** Nothing in the example is later. */
  now: Date;
  /** 200 unless said. */
  customers?: number;
  /** Two and a half a customer unless said, which makes about four in ten of them strangers. */
  identities?: number;
  /** 2,000 unless said; a few edits come on top. */
  posts?: number;
}

/** The whole example organisation in memory. Throws `RangeError` for a count that is none or a date that is none. */
export function createExample(options: ExampleOptions): Example {
  const scale = scaleOf(options);
  const customers = [...exampleCustomers(scale.customers, scale)];
  const identities = [...exampleIdentities(scale.identities, scale.customers, scale)];
  return {
    organization,
    scale,
    brands: [...brands],
    customers,
    identities,
    posts: [...examplePosts(scale)],
    deals: exampleDeals(scale, customers),
    story: exampleStory(scale, customers, identities),
  };
}

/** Fills in what was left out, and refuses what makes no sense. */
export function scaleOf({ seed, now, customers = 200, identities, posts = 2000 }: ExampleOptions): Scale {
  const scale = { seed, now, customers, identities: identities ?? Math.ceil(customers * 2.5), posts };
  if (Number.isNaN(now.getTime())) throw new RangeError('now is not a date');
  for (const name of ['customers', 'identities', 'posts'] as const) {
    if (!Number.isInteger(scale[name]) || scale[name] < 0) {
      throw new RangeError(`${name} must be a whole number from 0 up, not ${scale[name]}`);
    }
  }
  return scale;
}

/**
 * What is written after the example ends, for ever: mentions, answers in threads of the example and of the stream itself,
 * edits. Each event happens at the moment it is taken (`clock`), so two streams never give two posts one id.
 */
export function mentionStream(options: {
  seed: string | number;
  example: Example;
  clock?: () => Date;
}): Generator<ExamplePost> {
  const { seed, example, clock = () => new Date() } = options;
  const { scale } = example;
  const before = { timeOf: schedule(scale), draws: drawsOf(scale.seed) };
  const since = { newest: scale.posts - 1, times: [] as number[], draws: drawsOf(seed) };

  function timeOf(index: number): number {
    if (index < scale.posts) return before.timeOf(index);
    if (index > since.newest) {
      since.newest = index;
      since.times[index % rememberedTimes] = clock().getTime();
    }
    return since.times[index % rememberedTimes]!;
  }
  const draw = (topic: keyof typeof since.draws) => (index: number) =>
    (index < scale.posts ? before : since).draws[topic](index);

  const draws = { shape: draw('shape'), text: draw('text'), edit: draw('edit') };
  return postsFrom({ people: peopleOf(example.identities), timeOf, draws }, scale.posts);
}
