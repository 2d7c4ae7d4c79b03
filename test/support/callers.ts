import { randomInt } from 'node:crypto';
import type { App } from '../../src/app.js';
import { Role } from '../../src/modules/access/index.js';
import { newId } from '../../src/platform/ids.js';

export const PASSWORD = 'correct horse battery';

export interface Who {
  memberId?: string;
  teamIds?: string[];
  customerId?: string;
}

/** What goes into `Authorization` of a real caller: a member's session where `who` needs one, an API key's otherwise. */
export function authorizationFor(app: App, organizationId: string, role: Role, who: Who): Promise<string> {
  return who.memberId || (who.teamIds?.length ?? 0) > 1
    ? memberAuthorization(app, organizationId, role, who)
    : keyAuthorization(app, organizationId, role, who);
}

async function keyAuthorization({ access, database }: App, organizationId: string, role: Role, who: Who) {
  const apiKeyId = newId();
  const { authKeyId, key, start } = await access.credentials.createApiKey({
    organizationId,
    role,
    name: role,
    apiKeyId,
  });
  await database.system.query(
    `insert into api_keys (organization_id, id, auth_key_id, name, role, start, team_id, customer_id) values ($1, $2, $3, $4, $4, $5, $6, $7)`,
    [organizationId, apiKeyId, authKeyId, role, start, who.teamIds?.[0] ?? null, who.customerId ?? null],
  );
  return `Bearer ${key}`;
}

async function memberAuthorization(app: App, organizationId: string, role: Role, who: Who) {
  const { access, database } = app;
  const memberId = who.memberId ?? newId();
  const email = `${memberId}@example.com`;
  const known = await access.credentials.findUser(email);
  const { userId } = known ?? (await access.credentials.createUser({ email, name: 'Member', password: PASSWORD }));
  await database.system.query(
    `insert into members (organization_id, id, user_id, name, email, role, customer_id) values ($1, $2, $3, 'Member', $4, $5, $6)
     on conflict (organization_id, id) do update set user_id = excluded.user_id, role = excluded.role, customer_id = excluded.customer_id`,
    [organizationId, memberId, userId, email, role, who.customerId ?? null],
  );
  if (who.teamIds) {
    await database.system.query('delete from team_members where organization_id = $1 and member_id = $2', [
      organizationId,
      memberId,
    ]);
    await database.system.query(
      'insert into team_members (organization_id, team_id, member_id) select $1, unnest($2::uuid[]), $3',
      [organizationId, who.teamIds, memberId],
    );
  }
  access.forget(organizationId, userId);
  return `Bearer ${await signIn(app, email)}`;
}

/** A session token. Every sign-in comes from an address of its own, because attempts are counted by address. */
export async function signIn(app: App, email: string, password = PASSWORD): Promise<string> {
  const response = await app.server.fastify.inject({
    method: 'POST',
    url: '/auth/sign-in/email',
    payload: { email, password },
    remoteAddress: `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`,
  });
  if (response.statusCode !== 200) throw new Error(`Signing in as ${email}: ${response.statusCode} ${response.body}`);
  return response.json<{ token: string }>().token;
}
