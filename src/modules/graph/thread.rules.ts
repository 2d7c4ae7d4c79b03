/** A post as far as its place in a thread goes. */
export interface ThreadPost {
  id: string;
  inReplyToId: string | null;
}

export interface PlacedPost<Post extends ThreadPost> {
  post: Post;
  /** Steps below the post that begins its thread, 0 for that post itself. */
  depth: number;
  /** What it answers, if that is among the posts. */
  parentId: string | null;
}

/**
 * Posts in reading order: each followed by its answers, in the order given. What answers something that is not among them begins
 * a thread of its own; of answers in a circle, the first one given does.
 */
export function placeThread<Post extends ThreadPost>(posts: Post[]): PlacedPost<Post>[] {
  const byId = new Map(posts.map(post => [post.id, post]));
  const answers = Map.groupBy(posts, post => post.inReplyToId);
  const placed = new Map<string, PlacedPost<Post>>();
  const place = (top: Post): void => {
    const stack: PlacedPost<Post>[] = [{ post: top, depth: 0, parentId: null }];
    for (let next = stack.pop(); next; next = stack.pop()) {
      const { post, depth } = next;
      if (placed.has(post.id)) continue;
      placed.set(post.id, next);
      for (const answer of (answers.get(post.id) ?? []).toReversed())
        if (!placed.has(answer.id)) stack.push({ post: answer, depth: depth + 1, parentId: post.id });
    }
  };
  for (const post of posts) if (post.inReplyToId === null || !byId.has(post.inReplyToId)) place(post);
  // What is left only answers itself, round and round.
  for (const post of posts) if (!placed.has(post.id)) place(post);
  return [...placed.values()];
}

/** Only what follows from `id`, with depths counted from it. */
export function threadBelow<Post extends ThreadPost>(placed: PlacedPost<Post>[], id: string): PlacedPost<Post>[] {
  const start = placed.findIndex(({ post }) => post.id === id);
  const top = placed[start];
  if (!top) return [];
  const after = placed.slice(start + 1);
  const end = after.findIndex(({ depth }) => depth <= top.depth);
  const below = end === -1 ? after : after.slice(0, end);
  return [{ ...top, parentId: null }, ...below].map(each => ({ ...each, depth: each.depth - top.depth }));
}

/**
 * Of posts in order and one more than there is room for at most, those that are kept, and always the one that was asked for: it
 * takes the last place where others are cut too, and is one more where it was missing from all there are.
 */
export function keepAsked<Post extends ThreadPost>(posts: Post[], asked: Post, most: number): Post[] {
  const kept = posts.slice(0, most);
  if (kept.some(({ id }) => id === asked.id)) return kept;
  return [...(posts.length > most ? kept.slice(0, -1) : kept), asked];
}
