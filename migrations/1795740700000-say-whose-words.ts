import type { MigrationInterface, QueryRunner } from 'typeorm';

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
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table ticket_messages drop column customer_id');
  }
}
