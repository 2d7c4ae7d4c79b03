import type { Area } from './area.js';

export const portal: Area = {};
