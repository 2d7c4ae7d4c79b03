/** Selects of (key, id) for `CsvColumn.reference`: the organisation is $1, the keys $2. */
export const CUSTOMER_BY_KEY =
  'select external_id as key, id from customers where organization_id = $1 and external_id = any ($2) and deleted_at is null';
export const MEMBER_BY_EMAIL =
  'select email as key, id from members where organization_id = $1 and email = any ($2) and deactivated_at is null';
export const TEAM_BY_NAME = 'select name as key, id from teams where organization_id = $1 and name = any ($2)';
export const PRODUCT_BY_SKU = 'select sku as key, id from products where organization_id = $1 and sku = any ($2)';
