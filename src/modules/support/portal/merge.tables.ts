import { mergedTable } from '../../customers/index.js';

// Who is signed in as a merged customer goes on as the survivor.
mergedTable({
  table: 'portal_sessions',
  prefix: 'portal_session',
  kind: 'portalSessions',
  columns: ['customer_id'],
  isSeen: viewer => viewer.may('customers:write'),
});
