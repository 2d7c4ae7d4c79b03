import { exportSection } from '../customers/index.js';

interface Known {
  connection: string;
  externalId: string;
  base: object;
}

/** What ERPs are known to have of a customer, for who sees all ways to reach it and the ways to ERPs. */
exportSection('erp', async (context, customerId) => {
  const { viewer } = context;
  if (!viewer.may('erp:read') || viewer.isHidden('CUSTOMER', 'contactPoints')) return [];
  return context.read<Known>(
    `select e.name as connection, l.external_id as "externalId", l.base
       from erp_links l join erp_connections e on e.organization_id = l.organization_id and e.id = l.connection_id
      where l.kind = 'CUSTOMER' and l.record_id = $1 order by e.created_at, e.id`,
    [customerId],
  );
});
