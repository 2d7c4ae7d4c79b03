import type { Tx } from '../../../platform/database/database.js';
import { AppError, InputError, invalid } from '../../../platform/errors.js';
import { newId, publicId, storedId } from '../../../platform/ids.js';
import { isSameSecret } from '../../../platform/secrets.js';
import { subnetOf } from '../../../platform/subnet.js';
import { newPortalToken, portalDigest } from '../../access/index.js';
import { typedCode } from './code.rules.js';
import type { Entrance } from './entrance.js';
import type { PortalRequest } from './portal-request.entity.js';
import { type Asker, type Contact, scopeOf } from './request.service.js';
import { countTries } from './tally.service.js';

const MOST_TRIES = 5;
/** How often one address may show codes in ten minutes, to one organisation. */
const MOST_FROM_ADDRESS = 40;
const SPAN_SECONDS = 600;
/** However often it is renewed. */
const LONGEST_SESSION_DAYS = 30;
/** Who signs in once more than this is signed out where that was longest ago. */
export const MOST_SESSIONS = 20;

export interface SignedIn extends Record<string, unknown> {
  token: string;
  expiresAt: string;
  customerId: string;
  displayName: string;
}

/** What a code proves together with the request it was sent for; a code alone proves nothing. */
export const codeDigest = ({ digest }: Entrance, requestId: string, code: string): string =>
  digest(`code ${requestId} ${code}`);

type Found = Pick<PortalRequest, 'id' | 'purpose' | 'codeDigest' | 'tries' | 'kind' | 'contact' | 'askedBy'> & {
  isOpen: boolean;
};

const wrong = (): InputError =>
  invalid('code', 'This is not right, or it is no longer valid. Ask for another one.', 'INVALID');

/**
 * Signs a customer in by a code and the request it was sent for, or by the token of a link. Each works once, also when it comes
 * twice at the same time; what is wrong with one that does not work is not told. Throws `InputError` and RATE_LIMITED.
 */
export async function signIn(
  entrance: Entrance,
  input: { requestId?: string | null; code?: string | null; token?: string | null },
  asker: Asker,
): Promise<SignedIn> {
  const { access } = entrance;
  access.guesses.check(asker.clientIp);
  const by = input.token ? { token: input.token } : { requestId: input.requestId ?? '', code: input.code ?? '' };
  const named = await requestNamed(entrance, by);
  const signedIn = named && (await prove(entrance, named, by, asker));
  if (!signedIn) {
    access.guesses.miss(asker.clientIp);
    throw wrong();
  }
  return signedIn;
}

async function prove(
  entrance: Entrance,
  { organizationId, id }: { organizationId: string; id: string },
  by: { token: string } | { requestId: string; code: string },
  asker: Asker,
): Promise<SignedIn | null> {
  const { database } = entrance.access;
  const scope = scopeOf(organizationId, asker);
  await countTries(database, scope, [
    {
      subject: entrance.digest(`show from ${subnetOf(asker.clientIp)}`),
      most: MOST_FROM_ADDRESS,
      seconds: SPAN_SECONDS,
    },
  ]);
  return database.write(scope, async tx => {
    const request = await takeRequest(tx, entrance, id, 'token' in by ? null : by.code);
    if (request?.purpose !== 'SIGN_IN') return null;
    const customer = await customerBehind(tx, request);
    return customer && openSession(tx, customer, request);
  });
}

async function requestNamed(
  { access }: Entrance,
  by: { token: string } | { requestId: string },
): Promise<{ organizationId: string; id: string } | null> {
  const [column, value] =
    'token' in by
      ? ['link_digest', /^[\w-]{43}$/.test(by.token) ? portalDigest(by.token) : null]
      : ['id', storedId('portal_request', by.requestId)];
  if (!value) return null;
  const { rows } = await access.database.system.query<{ organizationId: string; id: string }>(
    `select organization_id as "organizationId", id from portal_requests where ${column} = $1`,
    [value],
  );
  return rows[0] ?? null;
}

/**
 * The request once its code was shown (null: its link, which is known to be right), and closed by that; null when it does not
 * open. Wrong codes are counted, so the caller must not roll back. Whoever comes second waits for the first, and finds it closed.
 */
export async function takeRequest(tx: Tx, entrance: Entrance, id: string, code: string | null): Promise<Found | null> {
  const { organizationId } = tx.scope;
  const [found] = await tx.query<Found>(
    `select id, purpose, kind, contact, asked_by as "askedBy", code_digest as "codeDigest", tries,
            closed_at is null and expires_at > now() as "isOpen"
       from portal_requests where organization_id = $1 and id = $2 for update`,
    [organizationId, id],
  );
  if (!found) return null;
  const isRight = code === null || isSameSecret(codeDigest(entrance, id, typedCode(code)), found.codeDigest ?? '');
  // Nobody guesses a link; wrong codes, which a stranger may show for what they asked for, leave it as it is.
  const isTried = code !== null && found.tries >= MOST_TRIES;
  const opens = found.isOpen && found.codeDigest !== null && !isTried && isRight;
  await tx.query(
    `update portal_requests set tries = tries + 1, closed_at = case when $3 then now() else closed_at end,
            code_digest = case when $3 then null else code_digest end, link_digest = case when $3 then null else link_digest end
      where organization_id = $1 and id = $2`,
    [organizationId, id, opens],
  );
  return opens ? found : null;
}

/**
 * Whose a contact is: the one customer that it is proven to be of. Where it is of several, nobody is meant: any choice would show
 * one of them what is another's.
 */
export async function customerBehind(tx: Tx, { kind, contact }: { kind: string; contact: string }) {
  const rows = await tx.query<{ id: string; displayName: string; language: string | null }>(
    `select c.id, c.display_name as "displayName", c.language
       from contact_points p join customers c on c.organization_id = p.organization_id and c.id = p.customer_id
      where p.organization_id = $1 and p.kind = $2 and p.value = $3 and p.verified_at is not null
        and c.deleted_at is null and c.erased_at is null limit 2`,
    [tx.scope.organizationId, kind, contact],
  );
  return rows.length === 1 ? rows[0]! : null;
}

async function openSession(
  tx: Tx,
  customer: { id: string; displayName: string },
  { kind, contact }: { kind: Contact['kind']; contact: string },
): Promise<SignedIn> {
  const token = newPortalToken();
  const { organizationId } = tx.scope;
  // The customer is held, so that whoever deletes it meanwhile finds the session, or keeps it from being made.
  const [held] = await tx.query(
    'select id from customers where organization_id = $1 and id = $2 and deleted_at is null for update',
    [organizationId, customer.id],
  );
  if (!held) throw new AppError('CONFLICT');
  const [session] = await tx.query<{ expiresAt: string }>(
    `insert into portal_sessions (organization_id, id, customer_id, kind, contact, token_digest, expires_at, ends_at)
     select $1, $2, $3, $4, $5, $6, now() + make_interval(hours => s.session_hours), now() + make_interval(days => $7)
       from portal_settings s where s.organization_id = $1 and s.is_on
     returning expires_at as "expiresAt"`,
    [organizationId, newId(), customer.id, kind, contact, portalDigest(token), LONGEST_SESSION_DAYS],
  );
  if (!session) throw wrong();
  await tx.query(
    `update portal_sessions set ended_at = now()
      where organization_id = $1 and id in (
        select id from portal_sessions where organization_id = $1 and customer_id = $2 and ended_at is null and expires_at > now()
         order by signed_in_at desc, id desc offset ${MOST_SESSIONS})`,
    [organizationId, customer.id],
  );
  return {
    token,
    expiresAt: new Date(session.expiresAt).toISOString(),
    customerId: publicId('customer', customer.id),
    displayName: customer.displayName,
  };
}
