import type { Area } from './area.js';

export const erp: Area = {};
