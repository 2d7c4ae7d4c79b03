import { describe, expect, test } from '@jest/globals';
import { type Finding, openVerdictCache } from './verdict.cache.js';

const finding = (sessionId: string): Finding => ({
  subject: `session:${sessionId}`,
  verdict: { kind: 'user', userId: 'user_1', sessionId, expiresAt: new Date(Date.now() + 60_000) },
});

function openSlowCache(max = 10) {
  const reads: ((found: Finding | null) => void)[] = [];
  const read = () => new Promise<Finding | null>(resolve => reads.push(resolve));
  return { reads, verdicts: openVerdictCache(read, { max, ttlMs: 5_000 }) };
}

describe('the verdicts kept in memory', () => {
  test('are read once for callers that come together', async () => {
    const { reads, verdicts } = openSlowCache();
    const both = Promise.all([verdicts.judge('token'), verdicts.judge('token')]);
    expect(reads).toHaveLength(1);
    reads[0]?.(finding('1'));
    expect(await both).toEqual([
      expect.objectContaining({ sessionId: '1' }),
      expect.objectContaining({ sessionId: '1' }),
    ]);
    await verdicts.judge('token');
    expect(reads).toHaveLength(1);
  });

  test('do not let a caller after a revocation share a read from before it', async () => {
    const { reads, verdicts } = openSlowCache();
    const before = verdicts.judge('token');
    verdicts.forget('session:1');
    const after = verdicts.judge('token');
    expect(reads).toHaveLength(2);
    reads[0]?.(finding('1'));
    reads[1]?.(null);
    expect(await before).toMatchObject({ sessionId: '1' });
    expect(await after).toBeNull();
    const later = verdicts.judge('token');
    expect(reads).toHaveLength(3);
    reads[2]?.(null);
    expect(await later).toBeNull();
  });

  test('are as many as allowed, and a failed read is not one of them', async () => {
    const { reads, verdicts } = openSlowCache(1);
    for (const token of ['a', 'b', 'a']) {
      const verdict = verdicts.judge(token);
      reads.at(-1)?.(finding(token));
      await verdict;
    }
    expect(reads).toHaveLength(3);
    let attempts = 0;
    const failing = openVerdictCache(
      async () => {
        attempts += 1;
        throw new Error('no database');
      },
      { max: 1, ttlMs: 5_000 },
    );
    await expect(failing.judge('token')).rejects.toThrow('no database');
    await expect(failing.judge('token')).rejects.toThrow('no database');
    expect(attempts).toBe(2);
  });
});
