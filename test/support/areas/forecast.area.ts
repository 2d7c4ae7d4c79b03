import type { Area } from './area.js';

export const forecast: Area = {};
