/** A select of (key, id) for `CsvColumn.reference`: the organisation is $1, the keys $2. */
export const CUSTOMER_BY_KEY =
  'select external_id as key, id from customers where organization_id = $1 and external_id = any ($2) and deleted_at is null';
