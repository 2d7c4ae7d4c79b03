import type { Area } from './area.js';

export const queues: Area = {};
