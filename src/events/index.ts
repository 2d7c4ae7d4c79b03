export type { EventType } from './catalogue.js';
export { comparePositions, EventFeed, type FeedEvent, type Position } from './feed.js';
export { onEventsCommitted, recordEvents } from './record.js';
export { expireEvents } from './retention.js';
export { defineStream, type Leaving, overSocket, type StreamSpec, streamOf } from './streams.js';
