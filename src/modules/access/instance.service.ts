import type { Pool } from 'pg';
import { invalid, sqlState } from '../../platform/errors.js';
import { newId, publicId } from '../../platform/ids.js';
import type { Credentials } from './credentials/index.js';
import { checkedName, checkedSlug } from './names.rules.js';
import { Role } from './roles.js';
import { type SystemQuery, systemWrite } from './system.write.js';

const UNIQUE_VIOLATION = '23505';
const COMMAND_LINE = 'system:command-line';

/** For the command line: answers the public id. Throws `InputError`: INVALID or TAKEN for the slug. */
export async function createOrganization(
  system: Pool,
  { slug, name }: { slug: string; name: string },
): Promise<{ id: string }> {
  const checked = { slug: checkedSlug(slug), name: checkedName('name', name) };
  const made = await systemWrite(system, COMMAND_LINE, query => insertOrganization(query, checked.slug, checked.name));
  return { id: publicId('organization', made.id) };
}

export async function insertOrganization(
  query: SystemQuery,
  slug: string,
  name: string,
): Promise<{ id: string; slug: string }> {
  const id = newId();
  try {
    await query('insert into organizations (id, slug, name) values ($1, $2, $3)', [id, slug, name]);
  } catch (error) {
    if (sqlState(error) === UNIQUE_VIOLATION)
      throw invalid('slug', `There is an organisation called ${slug} already.`, 'TAKEN');
    throw error;
  }
  return { id, slug };
}

export interface KeyOfOrganization {
  /** Slug. */
  organization: string;
  role: Role;
  name?: string;
  expiresAt?: Date;
}

/** For the command line, which whoever runs the server may do anything with: answers the public id, and the key this once. */
export async function createOrganizationApiKey(
  system: Pool,
  credentials: Pick<Credentials, 'createApiKey' | 'revokeApiKey'>,
  { organization, role, name = 'Command line', expiresAt }: KeyOfOrganization,
): Promise<{ id: string; key: string }> {
  const { rows } = await system.query<{ id: string }>('select id from organizations where slug = $1', [organization]);
  const organizationId = rows[0]?.id;
  if (!organizationId) throw invalid('organization', `There is no organisation called ${organization}.`, 'NOT_FOUND');
  if (!(role in Role)) throw invalid('role', `A role is one of ${Object.keys(Role).join(', ')}.`);
  if (role === Role.CUSTOMER)
    throw invalid('role', 'A key of the role CUSTOMER belongs to one customer: make it over GraphQL.', 'NOT_ALLOWED');
  const id = newId();
  const checked = checkedName('name', name);
  const { authKeyId, key, start } = await credentials.createApiKey({
    organizationId,
    role,
    name: checked,
    apiKeyId: id,
    expiresAt,
  });
  try {
    await systemWrite(system, COMMAND_LINE, query =>
      query(
        `insert into api_keys (organization_id, id, auth_key_id, name, role, start, expires_at) values ($1, $2, $3, $4, $5, $6, $7)`,
        [organizationId, id, authKeyId, checked, role, start, expiresAt ?? null],
      ),
    );
  } catch (error) {
    await credentials.revokeApiKey(authKeyId);
    throw error;
  }
  return { id: publicId('api_key', id), key };
}
