import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
// Jest does not compile this file, so it takes the build that `npm test` made first.
import { openEmbeddedServer } from '../../dist/src/platform/database/embedded.js';
import { migrate } from '../../dist/src/platform/database/migrate.js';

/** One throw-away server for the whole run, with a migrated template database from which every test file clones its own. */
export default async function globalSetup() {
  const directory = await mkdtemp(join(tmpdir(), 'vinculo-test-'));
  await chmod(directory, 0o755);
  const server = await openEmbeddedServer({ directory, disposable: true });
  const admin = new pg.Client({ connectionString: server.ownerUrl });
  await admin.connect();
  await admin.query('create database vinculo_template');
  await admin.end();
  const template = new URL(server.ownerUrl);
  template.pathname = '/vinculo_template';
  await migrate(template.href);
  process.env.TEST_OWNER_URL = server.ownerUrl;
  process.env.TEST_APP_URL = server.appUrl;
  globalThis.stopTestServer = async () => {
    await server.close();
    await rm(directory, { recursive: true, force: true });
  };
}
