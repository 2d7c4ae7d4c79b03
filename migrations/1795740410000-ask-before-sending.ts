import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AskBeforeSending1795740410000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Right before it is sent, whoever had it written is asked whether it may still go.
      alter table replies add column asks_first boolean not null default false;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table replies drop column asks_first');
  }
}
