import type { Area } from './area.js';

export const knowledge: Area = {};
