import type { MigrationInterface, QueryRunner } from 'typeorm';

export class HoldAnswers1795740400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Written, and not said yet: it waits for somebody's agreement or for its moment.
      alter table ticket_messages add column is_held boolean not null default false;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table ticket_messages drop column is_held');
  }
}
