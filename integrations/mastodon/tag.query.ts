/** Hashtags as Mastodon's own timelines combine them: `first` or any of `any`, with all of `all`, without `none`; no `#`, in lower case. */
export interface TagQuery {
  first: string;
  any: string[];
  all: string[];
  none: string[];
}

/** What one timeline takes of each list. */
const MOST_OF_EACH = 4;

/**
 * Reads `#pan`, `#pan OR #bread`, `#pan #artesano` and `#pan -#anuncio`; undefined when it is not all hashtags, which is then a
 * search for words. Throws when one timeline cannot hold it.
 */
export function parseTagQuery(text: string): TagQuery | undefined {
  const words = text.trim().split(/\s+/);
  if (!words.every(word => /^(-?[#＃][\p{L}\p{M}\p{N}_·]+|OR|AND)$/u.test(word))) return undefined;
  const query: TagQuery = { first: '', any: [], all: [], none: [] };
  let isAlternative = false;
  for (const word of words) {
    const tag = word.replace(/^-?[#＃]/u, '').toLowerCase();
    if (word === 'OR' || word === 'AND') isAlternative = word === 'OR';
    else {
      if (word.startsWith('-')) query.none.push(tag);
      else if (query.first === '') query.first = tag;
      else query[isAlternative ? 'any' : 'all'].push(tag);
      isAlternative = false;
    }
  }
  if (query.first === '') throw new Error('At least one hashtag must be wanted');
  if ([query.any, query.all, query.none].some(list => list.length > MOST_OF_EACH)) {
    throw new Error(`A timeline takes at most ${MOST_OF_EACH} hashtags of each kind beside the first`);
  }
  return query;
}

/** Whether a post with these tags (lower case) belongs to the timeline; the stream gives whatever has one tag. */
export function matchesTags({ first, any, all, none }: TagQuery, tags: readonly string[]): boolean {
  const has = (tag: string) => tags.includes(tag);
  return (has(first) || any.some(has)) && all.every(has) && !none.some(has);
}
