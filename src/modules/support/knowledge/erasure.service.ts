import { exportSection, onErase } from '../../customers/index.js';

// What a customer thought of articles goes with them.
onErase(async (tx, customerId) => {
  const gone = await tx.query<{ id: string }>(
    'delete from article_feedback where organization_id = $1 and reader = $2 returning id',
    [tx.scope.organizationId, `customer:${customerId}`],
  );
  return gone.map(({ id }) => id);
});

exportSection('articleFeedback', (context, customerId) =>
  context.read(
    `select a.slug, f.language, f.number, f.helpful, f.comment, f.given_at as "givenAt"
       from article_feedback f join articles a on a.id = f.article_id where f.reader = $1 order by f.given_at, f.id`,
    [`customer:${customerId}`],
  ),
);
