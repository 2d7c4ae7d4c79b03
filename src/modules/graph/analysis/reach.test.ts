import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyGraph, csrOf } from '../../../../test/support/graphs.js';
import { buildCsr } from './csr.js';
import { secondOrderReach } from './reach.js';

describe('second-order reach', () => {
  test('counts engagers and their engagers once each, and oneself not at all', () => {
    fc.assert(
      fc.property(anyGraph(), graph => {
        const reach = secondOrderReach(csrOf(graph));
        for (let node = 0; node < graph.nodeCount; node++) {
          const engagersOf = (v: number) => graph.edges.filter(([row]) => row === v).map(([, engager]) => engager);
          const reached = new Set(engagersOf(node).flatMap(engager => [engager, ...engagersOf(engager)]));
          reached.delete(node);
          expect(reach[node]).toBe(reached.size);
        }
      }),
    );
  });

  test.each([
    ['a hub of hubs', 60, 2_000],
    ['a hub of little ones', 20_000, 3],
  ])('is estimated within 10 % for %s', (_, engagers, each) => {
    // Node 0 has `engagers`, each of which has `each` of its own.
    const nodeCount = 1 + engagers + engagers * each;
    const to = Int32Array.from({ length: nodeCount - 1 }, (_, i) =>
      i < engagers ? 0 : 1 + Math.floor((i - engagers) / each),
    );
    const from = Int32Array.from({ length: nodeCount - 1 }, (_, i) => i + 1);
    const reach = secondOrderReach(buildCsr(nodeCount, to, from, null));
    expect(Math.abs(reach[0]! / (nodeCount - 1) - 1)).toBeLessThan(0.1);
    expect(reach[1]).toBe(each);
  });
});
