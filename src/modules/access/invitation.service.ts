import type { Tx } from '../../platform/database/database.js';
import { invalid } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import type { Access } from './access.service.js';
import type { Issue } from './change.js';
import { checkCustomerOf, checkGrant } from './grants.rules.js';
import { type Login, openLogin } from './login.service.js';
import { checkedEmail, checkedLanguage, checkedName } from './names.rules.js';
import type { Role } from './roles.js';
import { linkUsed, systemWrite } from './system.write.js';
import type { Viewer } from './viewer.js';
import { namedId } from './visible.queries.js';

const DAYS_VALID = 7;
const MOST_TEAMS = 50;

export interface Invitation {
  email: string;
  name: string;
  role: Role;
  language?: string | null;
  teamIds?: string[] | null;
  customerId?: string | null;
}

export interface Acceptance {
  token: string;
  password: string;
  /** Stands in for the name given in the invitation. */
  name?: string | null;
}

/**
 * Adds a member who cannot sign in yet, or renews the invitation of one. Throws `InputError`: TAKEN when somebody with this
 * address is, or was, a member.
 */
export async function inviteMember(
  tx: Tx,
  access: Access,
  viewer: Viewer,
  input: Invitation,
  making: Issue<{ link: string; expiresAt: string }>,
): Promise<{ memberId: string }> {
  const { organizationId } = tx.scope;
  const email = checkedEmail(input.email);
  const name = checkedName('name', input.name);
  const language = input.language ? checkedLanguage('language', input.language) : null;
  checkGrant(viewer, input.role);
  checkCustomerOf(input.role, input.customerId);
  const customerId = input.customerId ? await namedId(tx, viewer, 'customer', input.customerId, 'customerId') : null;
  if ((input.teamIds ?? []).length > MOST_TEAMS)
    throw invalid('teamIds', `At most ${MOST_TEAMS} teams are given at once.`, 'TOO_LONG');
  const teamIds: string[] = [];
  for (const [at, id] of (input.teamIds ?? []).entries())
    teamIds.push(await namedId(tx, viewer, 'team', id, `teamIds.${at}`));

  const [known] = await tx.query<{ id: string; role: Role; isFree: boolean }>(
    `select id, role, user_id is null and deactivated_at is null as "isFree" from members
      where organization_id = $1 and email = $2 for update`,
    [organizationId, email],
  );
  if (known) {
    if (!known.isFree) throw invalid('email', 'Somebody with this address is a member, or was one.', 'TAKEN');
    checkGrant(viewer, known.role);
  }
  const [member] = await tx.query<{ id: string }>(
    `insert into members (organization_id, id, name, email, role, language, customer_id) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (organization_id, email) do update
        set name = excluded.name, role = excluded.role, language = excluded.language, customer_id = excluded.customer_id, updated_at = now()
      where members.user_id is null and members.deactivated_at is null and members.id = $8
     returning id`,
    [organizationId, newId(), name, email, input.role, language, customerId, known?.id ?? null],
  );
  if (!member) throw invalid('email', 'Somebody else invited this address just now.', 'TAKEN');
  await tx.query('delete from team_members where organization_id = $1 and member_id = $2', [organizationId, member.id]);
  await tx.query(
    'insert into team_members (organization_id, team_id, member_id) select distinct $1::uuid, team, $2::uuid from unnest($3::uuid[]) team',
    [organizationId, member.id, teamIds],
  );
  const ttlSeconds = DAYS_VALID * 86_400;
  const token = await access.credentials.issueSetupToken({
    purpose: 'invitation',
    organizationId,
    subject: member.id,
    ttlSeconds,
  });
  making.tell({
    link: `${access.baseUrl}/invitation?token=${token}`,
    expiresAt: new Date(Date.now() + ttlSeconds * 1000).toISOString(),
  });
  return { memberId: member.id };
}

/** The e-mail address an invitation was made for, to be shown beside its form; null when the link is no good. */
export async function readInvitation(access: Access, token: string): Promise<{ email: string; name: string } | null> {
  const setup = await access.credentials.readSetupToken('invitation', token);
  const { rows } = await access.database.system.query<{ email: string; name: string }>(
    'select email, name from members where organization_id = $1 and id = $2 and user_id is null and deactivated_at is null',
    [setup?.organizationId ?? null, setup?.subject ?? null],
  );
  return rows[0] ?? null;
}

/** Throws `InputError`; the link then still works, unless it was that which is no good. */
export async function acceptInvitation(
  access: Access,
  input: Acceptance,
  clientIp: string,
): Promise<{ email: string }> {
  const { credentials, database, guesses } = access;
  guesses.check(clientIp);
  const member = await readInvitation(access, input.token);
  if (!member) {
    guesses.miss(clientIp);
    throw linkUsed();
  }
  const name = input.name == null ? member.name : checkedName('name', input.name);
  const login: Login = await openLogin(access, { email: member.email, name, password: input.password }, clientIp);
  const setup = await credentials.consumeSetupToken('invitation', input.token);
  if (!setup?.organizationId || !setup.subject) throw linkUsed();
  const { organizationId, subject } = setup;
  await login.use(userId =>
    systemWrite(database.system, `user:${subject}`, async query => {
      const taken = await query(
        `update members set user_id = $3, name = $4, updated_at = now()
          where organization_id = $1 and id = $2 and user_id is null and deactivated_at is null returning id`,
        [organizationId, subject, userId, name],
      );
      if (taken.length === 0) throw linkUsed();
    }),
  );
  const user = await credentials.findUser(member.email);
  access.forget(organizationId, user?.userId);
  return { email: member.email };
}
