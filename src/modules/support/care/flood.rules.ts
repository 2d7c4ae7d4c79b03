import { foldText } from './folding.rules.js';

/** A post as floods are looked for. */
export interface FloodPost {
  id: string;
  authorId: string;
  text: string;
  hashtags: readonly string[];
  links: readonly string[];
}

export interface Flood {
  posts: FloodPost[];
  /** What they have in common, the most frequent first. */
  signature: string[];
}

/** Words that are in any text, folded; shorter ones are left out by their length. */
const COMMON = new Set(
  (
    'about after again been before being cannot could does doing done from have having here into just more most much only other over same should some such than that their them then there these they this those very want were what when where which while will with would your ' +
    'algo alguien ante antes aqui asi aunque cada como cuando desde donde dos ella ellas ellos entre eran eres esta estaba estan estar este esto estos fueron hace hacer hasta hemos muchas mucho muchos muy nada nadie nosotros otra otro para pero porque puede pueden pues quien sino sobre solo somos soy tambien tanto tengo tiene tienen toda todas todo todos tras unas unos usted ustedes vosotros ' +
    'ainda alguem antes ate cada com como depois dele dela deles dos ela elas eles ele entao entre esse essa esta este isso isto mais mas mesmo muito nao nas nem nos nossa nosso onde ora outra outro para pela pelo pode porque quando quem sao seja sem ser seu sua tambem tem temos tenho tinha toda todo todos uma umas uns voce voces'
  ).split(' '),
);
const MOST_FEATURES = 60;
const MOST_SIGNATURE = 16;

/** What a text can be told by: its words that say something, its hashtags and where its links lead. */
export function featuresOf({ text, hashtags, links }: Pick<FloodPost, 'text' | 'hashtags' | 'links'>): Set<string> {
  const plain = foldText(text.replace(/https?:\/\/\S+/g, ' ').replace(/[@#][\p{L}\p{N}_.-]+/gu, ' '));
  const words = plain.match(/[\p{L}\p{N}]{4,40}/gu) ?? [];
  return new Set(
    [
      ...links.map(link => `link:${link.replace(/^https?:\/\/(?:www\.)?/, '').replace(/[?#].*$|\/$/g, '')}`),
      ...hashtags.map(tag => `#${foldText(tag)}`),
      ...words.filter(word => !COMMON.has(word)),
    ].slice(0, MOST_FEATURES),
  );
}

/** Whether two are about the same: they lead to one place, or share three words and half of the shorter one's. */
export function areAlike(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const [few, many] = one.size <= other.size ? [one, other] : [other, one];
  let shared = 0;
  let tags = 0;
  for (const feature of few) {
    if (!many.has(feature)) continue;
    if (feature.startsWith('link:')) return true;
    if (feature.startsWith('#')) tags += 1;
    shared += 1;
  }
  return (shared >= 3 || (shared >= 2 && tags > 0)) && shared * 2 >= few.size;
}

interface Group {
  members: FloodPost[];
  counts: Map<string, number>;
  core: Set<string>;
}

/** What at least a third of a group have, at most so many. */
function coreOf({ members, counts }: Pick<Group, 'members' | 'counts'>): string[] {
  return [...counts]
    .filter(([, count]) => count * 3 >= members.length)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, MOST_SIGNATURE)
    .map(([feature]) => feature);
}

/** Posts in groups of those that are alike, each with the group it is most like; in the order given. */
export function groupAlike(posts: readonly FloodPost[]): { posts: FloodPost[]; signature: string[] }[] {
  const groups: Group[] = [];
  const byFeature = new Map<string, Set<Group>>();
  for (const post of posts) {
    const features = featuresOf(post);
    if (features.size === 0) continue;
    const near = new Map<Group, number>();
    for (const feature of features)
      for (const group of byFeature.get(feature) ?? []) near.set(group, (near.get(group) ?? 0) + 1);
    let group = [...near]
      .sort(([, a], [, b]) => b - a)
      .slice(0, 10)
      .find(([candidate]) => areAlike(features, candidate.core))?.[0];
    if (!group) {
      group = { members: [], counts: new Map(), core: new Set() };
      groups.push(group);
    }
    group.members.push(post);
    for (const feature of features) group.counts.set(feature, (group.counts.get(feature) ?? 0) + 1);
    for (const feature of group.core) if (!group.counts.has(feature)) byFeature.get(feature)?.delete(group);
    group.core = new Set(coreOf(group));
    for (const feature of group.core) byFeature.set(feature, (byFeature.get(feature) ?? new Set()).add(group));
  }
  return groups.map(each => ({ posts: each.members, signature: [...each.core] }));
}

/** A flood is so many times what is usual. */
const TIMES_USUAL = 3;

/**
 * Groups of alike posts by at least `atLeast` different people, and three times as many as such posts usually are in that time.
 * `usual` is what was said before, in a time `usualTimes` as long as that of `recent`.
 */
export function findFloods(
  recent: readonly FloodPost[],
  usual: readonly FloodPost[],
  { atLeast, usualTimes }: { atLeast: number; usualTimes: number },
): Flood[] {
  const large = groupAlike(recent).filter(({ posts }) => new Set(posts.map(post => post.authorId)).size >= atLeast);
  if (large.length === 0) return [];
  const before = usual.map(featuresOf);
  return large.filter(({ posts, signature }) => {
    const core = new Set(signature);
    const asBefore = before.filter(features => areAlike(features, core)).length / Math.max(1, usualTimes);
    return posts.length >= TIMES_USUAL * asBefore;
  });
}

/** What a flood may be called: its most frequent words. */
export const titleOf = (signature: readonly string[]): string =>
  signature
    .map(feature => feature.replace(/^link:/, ''))
    .slice(0, 5)
    .join(' ')
    .slice(0, 200);
