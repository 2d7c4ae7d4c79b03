import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { keepAsked, placeThread, threadBelow } from './thread.rules.js';

const post = (id: string, inReplyToId: string | null = null) => ({ id, inReplyToId });
const shape = (placed: ReturnType<typeof placeThread>) => placed.map(({ post: { id }, depth }) => `${depth}${id}`);

describe('a thread', () => {
  test('reads each post before its answers, and answers in their order', () => {
    const posts = [post('a'), post('b', 'a'), post('c', 'a'), post('d', 'b')];
    expect(shape(placeThread(posts))).toEqual(['0a', '1b', '2d', '1c']);
  });

  test('goes on below an answer to a post that is not there', () => {
    expect(shape(placeThread([post('b', 'gone'), post('c', 'b')]))).toEqual(['0b', '1c']);
  });

  test('is not caught in a circle of answers', () => {
    const posts = [post('a', 'c'), post('b', 'a'), post('c', 'b'), post('d', 'd')];
    expect(shape(placeThread(posts))).toEqual(['0a', '1b', '2c', '0d']);
  });

  test('below one post is that post and what follows from it', () => {
    const placed = placeThread([post('a'), post('b', 'a'), post('d', 'b'), post('c', 'a')]);
    expect(shape(threadBelow(placed, 'b'))).toEqual(['0b', '1d']);
    expect(threadBelow(placed, 'unknown')).toEqual([]);
  });

  test('that is cut keeps the post that was asked for, and loses none where nothing is cut', () => {
    const ids = (posts: { id: string }[]) => posts.map(({ id }) => id).join('');
    const [a, b, c, d] = [post('a'), post('b'), post('c'), post('d')];
    expect(ids(keepAsked([a, b, c], b, 3))).toBe('abc');
    expect(ids(keepAsked([a, b, c], d, 3))).toBe('abcd');
    expect(ids(keepAsked([a, b, c], c, 2))).toBe('ac');
    expect(ids(keepAsked([a, b, c], a, 2))).toBe('ab');
  });

  test('has every post once, whatever answers what', () => {
    const arbitrary = fc.array(fc.option(fc.nat(30)), { maxLength: 30 });
    fc.assert(
      fc.property(arbitrary, parents => {
        const posts = parents.map((parent, at) => post(String(at), parent === null ? null : String(parent)));
        const placed = placeThread(posts);
        expect(placed.map(({ post: { id } }) => id).sort()).toEqual(posts.map(({ id }) => id).sort());
        const depths = new Map(placed.map(({ post: { id }, depth }) => [id, depth]));
        for (const { depth, parentId } of placed) expect(depth).toBe(parentId === null ? 0 : depths.get(parentId)! + 1);
      }),
    );
  });
});
