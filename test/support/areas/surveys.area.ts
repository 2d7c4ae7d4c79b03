import type { Area } from './area.js';

export const surveys: Area = {};
