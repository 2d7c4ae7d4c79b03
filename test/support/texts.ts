import type { Pool } from 'pg';

/** Every row of every table as text, by its table; what is sealed, and what the credentials' own library keeps, left out. */
export async function everyText(system: Pool): Promise<{ table: string; text: string }[]> {
  const { rows } = await system.query<{ table: string }>(
    `select format('%I.%I', n.nspname, c.relname) as table
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('public', 'graphile_worker') and c.relkind in ('r', 'p') and c.relname <> 'account_secrets' order by 1`,
  );
  const texts: { table: string; text: string }[] = [];
  for (const { table } of rows) {
    const found = await system.query<{ text: string }>(`select string_agg(t::text, E'\\n') as text from ${table} t`);
    texts.push({ table: table.replace('public.', ''), text: found.rows[0]?.text ?? '' });
  }
  return texts;
}
