export { type Archive, openArchive } from './archive.reader.js';
export { ArchiveError, type Rejection, RowFault, rejectionOf } from './faults.js';
export { INTERACTION_FIELDS, interactionOf } from './interaction.rows.js';
export { Cells, checkMapping, type Fields, type Mapping, parseMapping } from './mapping.js';
export { POST_FIELDS, postOf } from './post.rows.js';
export type { Row } from './row.js';
