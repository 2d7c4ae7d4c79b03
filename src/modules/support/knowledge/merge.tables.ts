import { mergedTable } from '../../customers/index.js';

mergedTable({
  table: 'article_reads',
  prefix: 'article_read',
  kind: 'articleReads',
  columns: ['customer_id'],
  isSeen: viewer => viewer.may('support:read'),
});
