import type { Area } from './area.js';

export const quality: Area = {};
