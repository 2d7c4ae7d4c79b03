import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds tickets; the parts say what a customer does not find them by. */
const SEARCH = (reader: { parameter: string; message: string; ticket: string }) => `
  create function search_tickets(query text, inner_too boolean, most integer${reader.parameter}) returns table (id uuid)
    language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    with asked as materialized (
      select current_setting('app.organization_id')::uuid as organization_id, websearch_to_tsquery('simple', normalise_text(query)) as words)
    (select t.id from tickets t, asked a where t.organization_id = a.organization_id
        and to_tsvector('simple', normalise_text(t.number || ' ' || t.subject || ' ' || coalesce(t.description, ''))) @@ a.words
        ${reader.ticket}
      order by t.opened_at desc limit most)
    union
    (select m.ticket_id from ticket_messages m, asked a where m.organization_id = a.organization_id and m.note is not null
        and (inner_too or m.visibility <> 'INTERNAL') and to_tsvector('simple', normalise_text(m.note)) @@ a.words
        ${reader.message}
      order by m.occurred_at desc limit most)
    union
    (select m.ticket_id from search_posts(query, most) p, asked a, ticket_messages m
      where m.organization_id = a.organization_id and m.post_id = p.id ${reader.message})
    union
    (select m.ticket_id from asked a
       join replies r on r.organization_id = a.organization_id and to_tsvector('simple', normalise_text(r.text)) @@ a.words
       join ticket_messages m on m.organization_id = r.organization_id and m.reply_id = r.id
      where (inner_too or m.state in ('SENT', 'DELIVERED', 'READ')) ${reader.message} limit most)
  $$;
`;

export class SayWhoseWords1795740700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Between which customer and us it was said; nothing where nobody knew, and for what is for us alone.
      alter table ticket_messages add column customer_id uuid;
      update ticket_messages m set customer_id = t.customer_id from tickets t
       where t.organization_id = m.organization_id and t.id = m.ticket_id and t.customer_id is not null and m.visibility <> 'INTERNAL';
      alter table ticket_messages add constraint ticket_messages_customer_fkey
        foreign key (organization_id, customer_id) references customers (organization_id, id);
      create index ticket_messages_customer_idx on ticket_messages (organization_id, customer_id) where customer_id is not null;

      -- A customer (\`reader\`) finds tickets by what it may read of them.
      drop function search_tickets;
    `);
    await runner.query(
      SEARCH({
        parameter: ', reader uuid',
        message: 'and (reader is null or m.customer_id is null or m.customer_id = reader)',
        ticket: `and (reader is null or to_tsvector('simple', normalise_text(t.number || ' ' || t.subject)) @@ a.words)`,
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function search_tickets');
    await runner.query(SEARCH({ parameter: '', message: '', ticket: '' }));
    await runner.query('alter table ticket_messages drop column customer_id');
  }
}
