import type { Area } from './area.js';

export const activities: Area = {};
