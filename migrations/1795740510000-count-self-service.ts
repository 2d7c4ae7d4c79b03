import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CountSelfService1795740510000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- That a customer who is signed in read an article on a day, and when last: whether it wrote to us after that is reckoned from it.
      -- Of who did not sign in nothing is kept.
      create table article_reads (
        organization_id uuid not null,
        id uuid not null,
        customer_id uuid not null,
        article_id uuid not null,
        read_at timestamptz not null default now(),
        constraint article_reads_pkey primary key (organization_id, id),
        constraint article_reads_customer_fkey foreign key (organization_id, customer_id) references customers (organization_id, id) on delete cascade,
        constraint article_reads_article_fkey foreign key (organization_id, article_id) references articles (organization_id, id) on delete cascade
      );
      create index article_reads_customer_idx on article_reads (organization_id, customer_id, article_id, read_at);
      create index article_reads_article_idx on article_reads (organization_id, article_id);
      create index article_reads_read_idx on article_reads (organization_id, read_at);
      alter table article_reads enable row level security;
      create policy tenant on article_reads
        using (organization_id = (select current_setting('app.organization_id'))::uuid);
      grant select, insert, update, delete on article_reads to vinculo_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table article_reads');
  }
}
