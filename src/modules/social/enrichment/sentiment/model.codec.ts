import { DENSE_FEATURES, HASH_BITS } from './features.js';
import type { SentimentModel } from './model.js';
import { CLASSES } from './regression.js';

const VERSION = 1;
const DENSE_FLOATS = (DENSE_FEATURES + 1) * CLASSES + 2 * DENSE_FEATURES;
const HEADER = 1 + 1 + 1 + 1 + 4 + 4 + 8 + 8 + 4;

/** About six bytes a feature: version, sizes, figures, dense weights, then hashes as differences, rarities and steps. */
export function serialiseSentiment(model: SentimentModel): Buffer {
  const { hashes, rarities, steps } = model;
  const head = Buffer.alloc(HEADER + DENSE_FLOATS * 4);
  head.writeUInt8(VERSION, 0);
  head.writeUInt8(DENSE_FEATURES, 1);
  head.writeUInt8(HASH_BITS, 2);
  head.writeUInt32LE(model.examples, 4);
  head.writeUInt32LE(hashes.length, 8);
  head.writeDoubleLE(model.crossValidatedF1, 12);
  head.writeDoubleLE(model.lexiconF1, 20);
  head.writeFloatLE(model.scale, 28);
  let at = HEADER;
  for (const floats of [model.denseWeights, model.denseMeans, model.denseDeviations]) {
    for (const value of floats) at = head.writeFloatLE(value, at);
  }
  const differences: number[] = [];
  let previous = 0;
  for (const value of hashes) {
    let difference = value - previous;
    previous = value;
    for (; difference > 0x7f; difference >>>= 7) differences.push((difference & 0x7f) | 0x80);
    differences.push(difference);
  }
  return Buffer.concat([
    head,
    Buffer.from(differences),
    Buffer.from(rarities),
    Buffer.from(steps.buffer, steps.byteOffset, steps.length),
  ]);
}

/** The model in the bytes. Throws RangeError when they are of another version, cut short or too long. */
export function deserialiseSentiment(bytes: Uint8Array): SentimentModel {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length < HEADER + DENSE_FLOATS * 4) throw damaged();
  if (buffer[0] !== VERSION || buffer[1] !== DENSE_FEATURES || buffer[2] !== HASH_BITS) {
    throw new RangeError(`This sentiment model is of version ${buffer[0]}, not ${VERSION}: train it again`);
  }
  const count = buffer.readUInt32LE(8);
  let at = HEADER;
  const floats = (length: number) => {
    const values = new Float32Array(length);
    for (let i = 0; i < length; i++, at += 4) values[i] = buffer.readFloatLE(at);
    return values;
  };
  const denseWeights = floats((DENSE_FEATURES + 1) * CLASSES);
  const denseMeans = floats(DENSE_FEATURES);
  const denseDeviations = floats(DENSE_FEATURES);
  if (buffer.length < at + count * (1 + 1 + CLASSES)) throw damaged();
  const hashes = new Int32Array(count);
  let previous = 0;
  for (let i = 0; i < count; i++) {
    let [difference, shift, byte] = [0, 0, 0x80];
    for (; byte & 0x80 && shift < 28; shift += 7) {
      byte = buffer[at++] ?? 0;
      difference |= (byte & 0x7f) << shift;
    }
    previous += difference;
    hashes[i] = previous;
  }
  if (buffer.length !== at + count * (1 + CLASSES)) throw damaged();
  const rarities = Uint8Array.from(buffer.subarray(at, at + count));
  const steps = Int8Array.from(buffer.subarray(at + count), byte => (byte << 24) >> 24);
  return {
    hashes,
    rarities,
    steps,
    scale: buffer.readFloatLE(28),
    denseWeights,
    denseMeans,
    denseDeviations,
    examples: buffer.readUInt32LE(4),
    crossValidatedF1: buffer.readDoubleLE(12),
    lexiconF1: buffer.readDoubleLE(20),
  };
}

function damaged(): RangeError {
  return new RangeError('The bytes of this sentiment model are damaged: train it again');
}
