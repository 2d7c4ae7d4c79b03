import type { Area } from './area.js';

export const socialSelling: Area = {};
