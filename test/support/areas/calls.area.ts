import type { Area } from './area.js';

export const calls: Area = {};
