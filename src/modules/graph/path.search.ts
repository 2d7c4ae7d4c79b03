import { Labels } from './path.labels.js';

/** What part of somebody's attention goes to another. */
export interface Attention<Kind> {
  to: string;
  /** Above 0, at most 1. */
  share: number;
  /** What it shows in, most strongly. */
  kind: Kind;
}

/** Whose attention is wanted, and what share of it matters: what is not above leads to nothing better, unless to a mover. */
export interface Wanted {
  id: string;
  above: number;
}

export interface ChainHop<Kind> {
  /** Who moves. */
  from: string;
  /** Who is moved. */
  to: string;
  weight: number;
  kind: Kind;
}

export interface ChainOptions<Kind> {
  /** Answers in the order it is asked: where the attention of each goes. */
  attentionOf(wanted: Wanted[]): Promise<Attention<Kind>[][]>;
  /** Everybody whose attention a mover has, and the most that one of them has of it; null where they are too many to read. */
  lastSteps: ReadonlyMap<string, Attention<Kind>> | null;
  /** 1 to 254. */
  mostHops: number;
  /** Attentions read before the search makes do with what it has. */
  mostRead: number;
}

/** Attentions read at first in one go, and at most: the first few steps often tell that the rest is not needed. */
const FEWEST_AT_ONCE = 8;
const MOST_AT_ONCE = 256;

/**
 * The chain from one of `from` to one of `to` whose product of shares is largest, in the order it moves people; null where there is
 * none of so few hops. Dijkstra's search over -log(share), from the moved end towards the mover: a node is gone on from again only
 * where it is come to in fewer hops than by any stronger way. No share is above 1, so the first way to arrive is the strongest; and
 * no last step is above the largest of `lastSteps`, so a way that even such a step leaves below one that arrived is given up. With
 * more to read than `mostRead`, the strongest among what was read.
 */
export async function strongestChain<Kind>(
  from: readonly string[],
  to: readonly string[],
  { attentionOf, lastSteps, mostHops, mostRead }: ChainOptions<Kind>,
): Promise<ChainHop<Kind>[] | null> {
  const names: string[] = [];
  const numbers = new Map<string, number>();
  /** Strongest ways to a node, by their hops. */
  const reached: Float64Array[] = [];
  const labels = new Labels();
  /** The step each label adds to the one it prolongs. */
  const steps: (Attention<Kind> | null)[] = [];
  const known = new Map<number, { above: number; attention: Attention<Kind>[] }>();
  const goals = new Set(from.map(numberOf));
  const largestLast = lastSteps ? Math.max(0, ...lastSteps.values().map(({ share }) => share)) : 1;
  let best = 0;
  let atOnce = FEWEST_AT_ONCE;
  let left = mostRead;

  for (const id of to) come(numberOf(id), -1, 0, 1, null);
  for (let label = labels.takeStrongest(); label >= 0; label = labels.takeStrongest()) {
    const node = labels.node[label]!;
    if (goals.has(node)) return chainTo(label);
    const hops = labels.hops[label]!;
    const strength = labels.strength[label]!;
    if (!isPromising(hops, strength) || isOutdone(node, hops, strength)) continue;
    if (!isRead(label)) await readAhead(label);
    for (const step of known.get(node)?.attention ?? []) {
      come(numberOf(step.to), label, hops + 1, strength * step.share, step);
    }
  }
  return null;

  function numberOf(id: string): number {
    const found = numbers.get(id);
    if (found !== undefined) return found;
    numbers.set(id, names.length);
    reached.push(new Float64Array(mostHops + 1));
    return names.push(id) - 1;
  }

  /** Whether going on may still lead to something better. */
  function isPromising(hops: number, strength: number): boolean {
    // What a last step leads to is known without reading.
    return hops < mostHops - (lastSteps ? 1 : 0) && strength * largestLast > best;
  }

  function come(node: number, previous: number, hops: number, strength: number, step: Attention<Kind> | null): void {
    const isGoal = goals.has(node);
    if (strength <= best || (hops === mostHops && !isGoal)) return;
    const ways = reached[node]!;
    for (let fewer = 0; fewer <= hops; fewer++) if (ways[fewer]! >= strength) return;
    ways[hops] = strength;
    const label = labels.add(node, previous, hops, strength);
    steps.push(step);
    if (isGoal) best = strength;
    const last = isGoal ? undefined : lastSteps?.get(names[node]!);
    if (last) come(numberOf(last.to), label, hops + 1, strength * last.share, last);
  }

  /** Whether a stronger way of no more hops was found since. */
  function isOutdone(node: number, hops: number, strength: number): boolean {
    return reached[node]!.subarray(0, hops + 1).some(other => other > strength);
  }

  /** Whether all that can still matter of what its node attends to is there. */
  function isRead(label: number): boolean {
    const read = known.get(labels.node[label]!);
    return read !== undefined && read.above <= leastOf(label);
  }

  /** The share above which what its node attends to can lead to something better. */
  function leastOf(label: number): number {
    return best / (labels.strength[label]! * largestLast);
  }

  /** Reads the attention of a way's node, and of those that will probably be next. */
  async function readAhead(label: number): Promise<void> {
    const wanted = new Map<number, number>();
    const want = (each: number) => {
      const above = leastOf(each);
      wanted.set(labels.node[each]!, Math.min(above, wanted.get(labels.node[each]!) ?? above));
    };
    const most = Math.min(atOnce, left);
    if (most > 0) want(label);
    for (const next of labels.ahead()) {
      if (wanted.size >= most) break;
      if (isPromising(labels.hops[next]!, labels.strength[next]!) && !isRead(next)) want(next);
    }
    if (wanted.size === 0) return;
    left -= wanted.size;
    atOnce = Math.min(MOST_AT_ONCE, atOnce * 2);
    const asked = [...wanted];
    const answers = await attentionOf(asked.map(([node, above]) => ({ id: names[node]!, above })));
    for (const [at, [node, above]] of asked.entries()) known.set(node, { above, attention: answers[at]! });
  }

  function chainTo(end: number): ChainHop<Kind>[] {
    const hops: ChainHop<Kind>[] = [];
    for (let at = end; labels.previous[at]! >= 0; at = labels.previous[at]!) {
      const { to: mover, share, kind } = steps[at]!;
      hops.push({ from: mover, to: names[labels.node[labels.previous[at]!]!]!, weight: share, kind });
    }
    return hops;
  }
}
