import { createOrganization, createOrganizationApiKey, openCredentials, type Role } from '../modules/access/index.js';
import { openLogger } from '../platform/logger.js';
import type { Stop } from '../platform/process.js';
import { openKeyRing } from '../platform/secrets.js';
import { print, withTables } from './verb.js';

export async function createOrganizationVerb(
  stop: Stop,
  slug: string,
  { name, json = false }: { name: string; json?: boolean },
): Promise<number> {
  return withTables(stop, async ({ database }) => {
    const { id } = await createOrganization(database.system, { slug, name });
    print(json ? JSON.stringify({ id }) : `Made the organisation ${slug} (${id}).`);
    return 0;
  });
}

export interface KeyOptions {
  organization: string;
  role: string;
  name: string;
  json?: boolean;
}

export async function createKeyVerb(stop: Stop, options: KeyOptions): Promise<number> {
  const { organization, role, name, json = false } = options;
  return withTables(stop, async ({ config, database }) => {
    const keys = await openKeyRing(database.system, config.SECRET_KEY);
    const credentials = await openCredentials({
      pool: database.system,
      secret: keys.key('credentials').toString('base64url'),
      baseUrl: config.PUBLIC_URL ?? `http://127.0.0.1:${config.PORT}`,
      log: openLogger(config.LOG_LEVEL),
    });
    try {
      const made = await createOrganizationApiKey(database.system, credentials, {
        organization,
        role: role.toUpperCase() as Role,
        name,
      });
      if (json) print(JSON.stringify(made));
      else print(`${made.key}\nSend it as "Authorization: Bearer <key>". It is not shown again.`);
      return 0;
    } finally {
      await credentials.close();
    }
  });
}
