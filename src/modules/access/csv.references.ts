/** Selects of (key, id) for `CsvColumn.reference`: the organisation is $1, the keys $2. */
export const MEMBER_BY_EMAIL =
  'select email as key, id from members where organization_id = $1 and email = any ($2) and deactivated_at is null';
export const TEAM_BY_NAME = 'select name as key, id from teams where organization_id = $1 and name = any ($2)';
