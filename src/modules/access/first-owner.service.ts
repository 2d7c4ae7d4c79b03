import { invalid } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import type { Access } from './access.service.js';
import { insertOrganization } from './instance.service.js';
import { openLogin } from './login.service.js';
import { checkedEmail, checkedName, checkedSlug } from './names.rules.js';
import { linkUsed, type SystemQuery, systemWrite } from './system.write.js';

const HOURS_VALID = 24;
const OWNERS = "role = 'OWNER' and user_id is not null and deactivated_at is null";

export interface FirstOwner {
  token: string;
  name: string;
  email: string;
  password: string;
  /** Slug of the organisation they will own; made when there is none yet. */
  organization?: string | null;
  organizationName?: string | null;
}

export interface FirstOwnerLink {
  url: string;
  token: string;
  expiresAt: string;
  /** What to print: for whoever can read the server's terminal is whoever installed it. */
  text: string;
}

/** A one-time link for setting up the first owner of this instance, or null when it has one. Each start may issue another. */
export async function issueFirstOwnerLink(access: Access): Promise<FirstOwnerLink | null> {
  const { rows } = await access.database.system.query(`select 1 from members where ${OWNERS} limit 1`);
  if (rows.length > 0) return null;
  const ttlSeconds = HOURS_VALID * 3600;
  const token = await access.credentials.issueSetupToken({ purpose: 'first-owner', ttlSeconds });
  const url = `${access.baseUrl}/setup?token=${token}`;
  return {
    url,
    token,
    expiresAt: new Date(Date.now() + ttlSeconds * 1000).toISOString(),
    text: [
      'Nobody owns this instance yet. Open this link to set up its first owner; it works once, for a day:',
      `  ${url}`,
      'or send to /graphql:',
      `  mutation { setUpFirstOwner(input: { token: "${token}", name: "…", email: "…", password: "…" }) { organization userErrors { message } } }`,
    ].join('\n'),
  };
}

/**
 * Makes the first owner, and the organisation where there is none. Of any number at once one succeeds, whatever their tokens:
 * the database decides. Throws `InputError`; the link then still works, unless it was that which is no good.
 */
export async function setUpFirstOwner(
  access: Access,
  input: FirstOwner,
  clientIp: string,
): Promise<{ organization: string; email: string }> {
  const { credentials, database, guesses } = access;
  guesses.check(clientIp);
  if (!(await credentials.readSetupToken('first-owner', input.token))) {
    guesses.miss(clientIp);
    throw linkUsed();
  }
  const name = checkedName('name', input.name);
  const email = checkedEmail(input.email);
  const slug = input.organization ? checkedSlug(input.organization, 'organization') : null;
  const organizationName = input.organizationName ? checkedName('organizationName', input.organizationName) : null;
  await systemWrite(database.system, 'system:setup', query => checkChoice(query, slug));
  const login = await openLogin(access, { email, name, password: input.password }, clientIp);
  if (!(await credentials.consumeSetupToken('first-owner', input.token))) throw linkUsed();
  const memberId = newId();
  const organization = await login.use(userId =>
    systemWrite(database.system, `user:${memberId}`, async query => {
      await query("select pg_advisory_xact_lock(hashtextextended('first-owner', 0))");
      const { owned, organizations } = await checkChoice(query, slug);
      if (owned) throw invalid('token', 'This instance has an owner already.', 'CONFLICT');
      const chosen = slug ? organizations.find(each => each.slug === slug) : organizations[0];
      const made = chosen ?? (await insertOrganization(query, slug ?? 'main', organizationName ?? slug ?? 'Vínculo'));
      await query(
        `insert into members (organization_id, id, user_id, name, email, role) values ($1, $2, $3, $4, $5, 'OWNER')
         on conflict (organization_id, email) do update
            set user_id = excluded.user_id, name = excluded.name, role = 'OWNER', deactivated_at = null, updated_at = now()`,
        [made.id, memberId, userId, name, email],
      );
      return made;
    }),
  );
  access.forget(organization.id, (await credentials.findUser(email))?.userId);
  return { organization: organization.slug, email };
}

/** Which organisation is meant must be clear before the link is spent. */
async function checkChoice(query: SystemQuery, slug: string | null) {
  const organizations = await query<{ id: string; slug: string }>(
    'select id, slug from organizations order by created_at, id limit 2',
  );
  if (!slug && organizations.length > 1)
    throw invalid('organization', 'There are several organisations: name the one to own by its slug.', 'REQUIRED');
  const named = slug
    ? await query<{ id: string; slug: string }>('select id, slug from organizations where slug = $1', [slug])
    : [];
  if (slug && organizations.length > 0 && named.length === 0)
    throw invalid('organization', 'There is no organisation with this slug.', 'NOT_FOUND');
  const owners = await query(`select 1 from members where ${OWNERS} limit 1`);
  return { owned: owners.length > 0, organizations: slug ? named : organizations };
}
