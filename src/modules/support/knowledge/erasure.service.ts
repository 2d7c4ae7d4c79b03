import { exportSection, onErase } from '../../customers/index.js';

// What a customer read, and what it thought of it, goes with it.
onErase(async (tx, customerId) => {
  await tx.query('delete from article_reads where organization_id = $1 and customer_id = $2', [
    tx.scope.organizationId,
    customerId,
  ]);
  const gone = await tx.query<{ id: string }>(
    'delete from article_feedback where organization_id = $1 and reader = $2 returning id',
    [tx.scope.organizationId, `customer:${customerId}`],
  );
  return gone.map(({ id }) => id);
});

exportSection('articleFeedback', (context, customerId) =>
  context.read(
    // Also as those who turned out to be this customer.
    `with recursive became as (
       select $1::uuid as id union select c.id from became b join customers c on c.merged_into_id = b.id)
     select a.slug, f.language, f.number, f.helpful, f.comment, f.given_at as "givenAt"
       from article_feedback f join articles a on a.id = f.article_id where f.reader in (select 'customer:' || id from became) order by f.given_at, f.id`,
    [customerId],
  ),
);

exportSection('articleReads', (context, customerId) =>
  context.read(
    `select a.slug, r.read_at as "readAt" from article_reads r join articles a on a.id = r.article_id
      where r.customer_id = $1 order by r.read_at, r.id`,
    [customerId],
  ),
);
