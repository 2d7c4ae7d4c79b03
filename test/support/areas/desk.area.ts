import type { Area } from './area.js';

export const desk: Area = {};
