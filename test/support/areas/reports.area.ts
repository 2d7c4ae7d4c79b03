import type { Area } from './area.js';

export const reports: Area = {};
