import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DataSource } from 'typeorm';
import { entities } from '../src/app.js';
import { allMigrations, migrate, migrationState } from '../src/platform/database/migrate.js';
import { SnakeNaming } from '../src/platform/database/naming.js';
import { cloneDatabase, type TestDatabase } from './support/database.js';

let empty: TestDatabase;

beforeAll(async () => {
  empty = await cloneDatabase(null);
});
afterAll(() => empty.drop());

test('twenty processes that migrate at once apply every migration once', async () => {
  const runs = await Promise.all(Array.from({ length: 20 }, () => migrate(empty.ownerUrl)));
  expect(runs.flat().sort()).toEqual((await allMigrations()).map(migration => migration.name).sort());
  expect((await migrationState(empty.ownerUrl)).pending).toEqual([]);
});

test('what the model says and what the migrations make are the same', async () => {
  const source = new DataSource({ type: 'postgres', url: empty.ownerUrl, entities, namingStrategy: new SnakeNaming() });
  await source.initialize();
  try {
    const drift = await source.driver.createSchemaBuilder().log();
    expect(drift.upQueries.map(({ query }) => query)).toEqual([]);
  } finally {
    await source.destroy();
  }
});
