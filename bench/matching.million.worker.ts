// One thread of the million: scores its share of the blocks.
import { parentPort, workerData } from 'node:worker_threads';
import { scoreBlocks } from '../src/modules/matching/engine/index.js';

const { table, blocks, model, enough, share } = workerData;
const found = scoreBlocks(table, blocks, model, enough, share);
parentPort!.postMessage(found, [found.a.buffer, found.b.buffer, found.bits.buffer] as ArrayBuffer[]);
