/** A select of (key, id) for `CsvColumn.reference`: the organisation is $1, the keys $2. */
export const PRODUCT_BY_SKU = 'select sku as key, id from products where organization_id = $1 and sku = any ($2)';
