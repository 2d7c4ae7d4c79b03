import Big from 'big.js';
import { splitByLargestRemainder } from '../../../platform/money.js';
import { type Days, lengthOf } from './period.rules.js';

/** A target in the organisation's currency, exact; whose it is by stored id, or nobody's: the whole organisation's. */
export interface KnownTarget {
  ownerId: string | null;
  teamId: string | null;
  days: Days;
  amount: string;
}

export interface KnownTeam {
  id: string;
  parentId: string | null;
  memberIds: string[];
}

/** Who is asked of: a member or a team by stored id, or with neither the whole organisation. */
export interface Holder {
  ownerId?: string | null | undefined;
  teamId?: string | null | undefined;
}

const overlaps = (a: Days, b: Days): boolean => a.start <= b.end && b.start <= a.end;

/**
 * What a target comes to in each period: its amount by days, split by the largest remainder over the periods and what lies outside of them, so that
 * the months of a quarter add up to it to the coin.
 */
export function spreadTarget(target: KnownTarget, periods: readonly Days[], places: number): Big[] {
  const shared = periods.map(period => {
    if (!overlaps(period, target.days)) return 0;
    // The middle two of four days are what both have in common.
    const [, start, end] = [period.start, target.days.start, period.end, target.days.end].sort();
    return lengthOf({ start: start!, end: end! });
  });
  const outside = lengthOf(target.days) - shared.reduce((all, days) => all + days, 0);
  const weights = [...shared, outside].map(days => Big(days));
  return splitByLargestRemainder(Big(target.amount).round(places, Big.roundHalfUp), weights, places).slice(0, -1);
}

/**
 * The target of a holder in each period, or null where there is none: its own where it has one that touches the period, otherwise
 * what those below it add up to (teams, and members whose team has none of its own); nobody counts twice.
 */
export function targetsOf(
  holder: Holder,
  periods: readonly Days[],
  { targets, teams, places }: { targets: readonly KnownTarget[]; teams: readonly KnownTeam[]; places: number },
): (Big | null)[] {
  const spread = new Map<KnownTarget, Big[]>();
  const amountIn = (target: KnownTarget, at: number): Big => {
    let parts = spread.get(target);
    if (!parts) {
      parts = spreadTarget(target, periods, places);
      spread.set(target, parts);
    }
    return parts[at]!;
  };
  const tree = treeOf(teams);
  return periods.map((period, at) => {
    const here = targets.filter(target => overlaps(target.days, period));
    const counted = holdersIn(holder, here, tree);
    return counted.length === 0 ? null : counted.reduce((all, target) => all.plus(amountIn(target, at)), Big(0));
  });
}

interface Tree {
  byId: Map<string, KnownTeam>;
  below: Map<string | null, KnownTeam[]>;
}

function treeOf(teams: readonly KnownTeam[]): Tree {
  const byId = new Map(teams.map(team => [team.id, team]));
  const below = new Map<string | null, KnownTeam[]>();
  for (const team of teams) {
    // A team whose parent is not known here stands at the top.
    const parent = team.parentId !== null && byId.has(team.parentId) ? team.parentId : null;
    below.set(parent, [...(below.get(parent) ?? []), team]);
  }
  return { byId, below };
}

function holdersIn(holder: Holder, targets: readonly KnownTarget[], { byId, below }: Tree): KnownTarget[] {
  if (holder.ownerId) return targets.filter(target => target.ownerId === holder.ownerId);
  const own = targets.filter(target => target.ownerId === null && target.teamId === (holder.teamId ?? null));
  if (own.length > 0) return own;
  const counted: KnownTarget[] = [];
  const covered = new Set<string>();
  const people = new Set<string>();
  const walk = (team: KnownTeam, isCovered: boolean, seen: ReadonlySet<string>): void => {
    if (seen.has(team.id)) return;
    const its = targets.filter(target => target.teamId === team.id);
    if (!isCovered) counted.push(...its);
    const isNow = isCovered || its.length > 0;
    for (const member of team.memberIds) (isNow ? covered : people).add(member);
    for (const child of below.get(team.id) ?? []) walk(child, isNow, new Set([...seen, team.id]));
  };
  if (holder.teamId) {
    const team = byId.get(holder.teamId);
    if (team) walk(team, false, new Set());
  } else {
    for (const team of below.get(null) ?? []) walk(team, false, new Set());
    for (const { ownerId } of targets) if (ownerId) people.add(ownerId);
  }
  return [...counted, ...targets.filter(({ ownerId }) => ownerId && people.has(ownerId) && !covered.has(ownerId))];
}
