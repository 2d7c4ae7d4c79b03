import type { Area } from './area.js';

export const reports: Area = {
  byName: { queueIds: 'queue', assigneeIds: 'member' },
  sensible: {
    supportReport: [
      ['from', () => '2026-11-01'],
      ['to', () => '2026-11-02'],
    ],
  },
};
