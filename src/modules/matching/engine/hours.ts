import type { Dictionary } from './table.js';

/** A profile of posting hours as 24 letters, 'a' for none up to 'z' for the busiest hour (UTC). */
export function hoursText(posts: readonly number[]): string | null {
  const most = Math.max(...posts);
  // A handful of posts shows no habit.
  if (posts.length !== 24 || posts.reduce((sum, count) => sum + count, 0) < 24) return null;
  return posts.map(count => String.fromCharCode(97 + Math.round((25 * count) / most))).join('');
}

const LIKE = 0.85;
const BETWEEN = 0.6;

/** Cosine of two profiles, as levels: 1 alike, 2 between, 3 different. */
export function cosineOfHours({ units, starts }: Dictionary) {
  return (x: number, y: number): number => {
    let dot = 0;
    let left = 0;
    let right = 0;
    for (let hour = 0; hour < 24; hour++) {
      const a = units[starts[x]! + hour]! - 97;
      const b = units[starts[y]! + hour]! - 97;
      dot += a * b;
      left += a * a;
      right += b * b;
    }
    const cosine = dot / Math.sqrt(left * right || 1);
    return cosine >= LIKE ? 1 : cosine >= BETWEEN ? 2 : 3;
  };
}
