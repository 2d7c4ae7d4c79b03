import type { Csr } from './csr.js';
import { checkpoint, type Watch } from './progress.js';

/** Registers of a sketch: 2^10, a standard error of 1.04/√1024 = 3.3 % (Flajolet and others 2007). */
const BITS = 10;
const REGISTERS = 1 << BITS;

/** Up to so many edges of edges a node is counted exactly. */
const EXACT_EDGES = 50_000;

const CHECK_EVERY = 1 << 14;

/**
 * Second-order reach: how many different nodes engaged with each node or with one of its engagers, itself not counted. Exact where
 * that is up to 50,000 edges to look at; beyond, estimated by HyperLogLog with a standard error of 3.3 %. An engager with more
 * than 1,024 engagers of its own brings them as a sketch made once, so that no one hub is read again for each node it engaged with.
 * @param incoming row `v` holds who engaged with `v`; parallel edges and loops change nothing
 */
export function secondOrderReach(incoming: Csr, watch?: Watch): Float64Array {
  const { nodeCount, offsets, targets } = incoming;
  const reach = new Float64Array(nodeCount);
  const seen = new Int32Array(nodeCount).fill(-1);
  const sketches = new Map<number, Uint8Array>();
  for (let node = 0; node < nodeCount; node++) {
    if (node % CHECK_EVERY === 0) checkpoint(watch, node / nodeCount);
    const [start, end] = [offsets[node]!, offsets[node + 1]!];
    let edges = end - start;
    for (let i = start; i < end; i++) edges += offsets[targets[i]! + 1]! - offsets[targets[i]!]!;
    if (edges > EXACT_EDGES) {
      reach[node] = estimate(incoming, node, seen, sketches);
      continue;
    }
    let count = 0;
    seen[node] = node;
    for (let i = start; i < end; i++) {
      const engager = targets[i]!;
      if (seen[engager] !== node) {
        seen[engager] = node;
        count++;
      }
      for (let j = offsets[engager]!; j < offsets[engager + 1]!; j++) {
        const other = targets[j]!;
        if (seen[other] === node) continue;
        seen[other] = node;
        count++;
      }
    }
    reach[node] = count;
  }
  checkpoint(watch, 1);
  return reach;
}

function estimate(
  { offsets, targets }: Csr,
  node: number,
  seen: Int32Array,
  sketches: Map<number, Uint8Array>,
): number {
  const registers = new Uint8Array(REGISTERS);
  add(registers, node);
  for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
    const engager = targets[i]!;
    if (seen[engager] === node) continue;
    seen[engager] = node;
    add(registers, engager);
    const [start, end] = [offsets[engager]!, offsets[engager + 1]!];
    if (end - start <= REGISTERS) {
      for (let j = start; j < end; j++) add(registers, targets[j]!);
      continue;
    }
    let sketch = sketches.get(engager);
    if (!sketch) {
      sketch = new Uint8Array(REGISTERS);
      for (let j = start; j < end; j++) add(sketch, targets[j]!);
      sketches.set(engager, sketch);
    }
    for (let r = 0; r < REGISTERS; r++) if (sketch[r]! > registers[r]!) registers[r] = sketch[r]!;
  }
  return Math.max(0, cardinality(registers) - 1);
}

/** A 32-bit mix that is one to one (Mueller), so that different nodes never collide before the sketch is read. */
function hash(node: number): number {
  let z = Math.imul(node ^ (node >>> 16), 0x045d9f3b);
  z = Math.imul(z ^ (z >>> 16), 0x045d9f3b);
  return (z ^ (z >>> 16)) >>> 0;
}

function add(registers: Uint8Array, node: number): void {
  const hashed = hash(node);
  const register = hashed >>> (32 - BITS);
  const rank = Math.min(Math.clz32(hashed << BITS), 32 - BITS) + 1;
  if (rank > registers[register]!) registers[register] = rank;
}

/** How many different nodes were added, with linear counting below 2.5 a register, where it is better. */
function cardinality(registers: Uint8Array): number {
  let harmonic = 0;
  let zeros = 0;
  for (let r = 0; r < REGISTERS; r++) {
    harmonic += 2 ** -registers[r]!;
    if (registers[r] === 0) zeros++;
  }
  const raw = ((0.7213 / (1 + 1.079 / REGISTERS)) * REGISTERS ** 2) / harmonic;
  return raw <= 2.5 * REGISTERS && zeros > 0 ? REGISTERS * Math.log(REGISTERS / zeros) : raw;
}
