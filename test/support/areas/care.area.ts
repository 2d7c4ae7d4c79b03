import type { Area } from './area.js';

export const care: Area = {};
