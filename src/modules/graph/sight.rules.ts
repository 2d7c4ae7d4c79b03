import type { Viewer } from '../access/index.js';

/** Whether nobody is hidden from the viewer: only such a one may be told what was counted over everybody. */
export const seesEverybody = (viewer: Viewer): boolean => viewer.scopeOf('IDENTITY') === 'ALL';

/** Whether nothing that anybody said is hidden from the viewer either. */
export const seesEverything = (viewer: Viewer): boolean => seesEverybody(viewer) && viewer.scopeOf('POST') === 'ALL';
