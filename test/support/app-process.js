// The whole product in a process of its own, so that a test can kill it. Takes its addresses from the environment.
import { openApp } from '../../dist/src/app.js';
import { readConfig } from '../../dist/src/platform/config.js';
import { openLogger } from '../../dist/src/platform/logger.js';

const { OWNER_URL: ownerUrl, APP_URL: appUrl } = process.env;
await openApp({
  config: readConfig(process.env, '/nonexistent'),
  ownerUrl,
  appUrl,
  log: openLogger(process.env.TEST_LOG ?? 'silent'),
});
process.stdout.write('ready\n');
