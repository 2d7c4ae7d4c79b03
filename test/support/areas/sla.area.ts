import type { Area } from './area.js';

export const sla: Area = {};
