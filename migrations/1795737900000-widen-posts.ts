import type { MigrationInterface, QueryRunner } from 'typeorm';

export class WidenPosts1795737900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table posts
        -- What its adapter needs to answer it.
        add column reply_to jsonb,
        add column replyability jsonb,
        add column call jsonb;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table posts drop column reply_to, drop column replyability, drop column call');
  }
}
