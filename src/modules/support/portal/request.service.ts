import type { Database, Scope, Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { newId, publicId, storedId } from '../../../platform/ids.js';
import { enqueue } from '../../../platform/jobs.js';
import { subnetOf } from '../../../platform/subnet.js';
import type { Viewer } from '../../access/index.js';
import { normaliseEmail, normalisePhone } from '../../customers/index.js';
import type { Entrance } from './entrance.js';
import { MINUTES_VALID } from './portal.words.js';
import { PortalContactKind } from './portal-enums.entity.js';
import { countTries, type Limit } from './tally.service.js';

/** The job that finds out who is meant, and sends them a code. */
export const SEND_CODE_TASK = 'portal.send-code';

/** In a span of ten minutes: for one address, for one contact from one address, and for a whole organisation. */
const SPAN_SECONDS = 600;
const MOST_FROM_ADDRESS = 20;
const MOST_FOR_CONTACT = 4;
const MOST_FOR_ORGANIZATION = 500;

/** Where a request came from, and in which language its sender reads. */
export interface Asker {
  clientIp: string;
  requestId: string;
  language: string;
}

export interface Place {
  organizationId: string;
  name: string;
  slug: string;
  country: string;
  emailAccountId: string | null;
  smsAccountId: string | null;
  pageUrl: string | null;
  sessionHours: number;
}

export interface Contact {
  kind: PortalContactKind;
  value: string;
}

const LANGUAGES = new Set(['en', 'es', 'pt']);

/** The portal of an organisation by its slug or public id; null where there is none, or it is turned off. */
export async function portalOf(database: Database, organization: string): Promise<Place | null> {
  const { rows } = await database.system.query<Place>({
    name: 'portal.place',
    text: `select o.id as "organizationId", o.name, o.slug, o.default_country as country, s.email_account_id as "emailAccountId",
                  s.sms_account_id as "smsAccountId", s.page_url as "pageUrl", s.session_hours as "sessionHours"
             from organizations o join portal_settings s on s.organization_id = o.id and s.is_on
            where o.slug = $1 or o.id = $2`,
    values: [organization.slice(0, 200).replaceAll('\0', ''), storedId('organization', organization)],
  });
  return rows[0] ?? null;
}

/** Throws `InputError` for what is neither an address nor a number, or goes no way that is offered. It says nothing of whose it is. */
export function cleanContact(place: Place, typed: string, field = 'contact'): Contact {
  const text = typed.slice(0, 400);
  const kind = text.includes('@') ? PortalContactKind.EMAIL : PortalContactKind.PHONE;
  const value = kind === PortalContactKind.EMAIL ? normaliseEmail(text) : normalisePhone(text, place.country);
  if (!value || value.includes('\0'))
    throw invalid(field, 'Write an e-mail address, or a telephone number with its country as in +34 612 345 678.');
  if (!(kind === PortalContactKind.EMAIL ? place.emailAccountId : place.smsAccountId))
    throw invalid(field, 'Nobody signs in this way here.', 'NOT_ALLOWED');
  return { kind, value };
}

/**
 * Asks for a code, for whoever has a contact. What is done and answered is the same whether or not anybody is known by it: who
 * that is, is looked up by a job. Throws RATE_LIMITED, by what is counted alike for all.
 */
export async function requestCode(
  entrance: Entrance,
  input: { organization: string; contact: string; language?: string | null; link?: boolean | null },
  asker: Asker,
): Promise<{ accepted: true; requestId: string; expiresAt: string }> {
  const { database } = entrance.access;
  const place = await portalOf(database, input.organization);
  if (!place) throw invalid('organization', 'Customers do not sign in here.', 'NOT_FOUND');
  const contact = cleanContact(place, input.contact);
  const scope = scopeOf(place.organizationId, asker);
  await countTries(database, scope, limitsOf(entrance, contact, asker));
  return database.write(scope, tx =>
    keepRequest(tx, entrance, contact, asker, {
      purpose: 'SIGN_IN',
      language: ourLanguage(input.language),
      wantsLink: input.link === true,
    }),
  );
}

export const scopeOf = (organizationId: string, { requestId }: Pick<Asker, 'requestId'>): Scope => ({
  organizationId,
  actor: 'system:portal',
  requestId,
});

/** The one of ours that a language is; null for others. */
export const ourLanguage = (language: string | null | undefined): string | null => {
  const code = (language ?? '').slice(0, 2).toLowerCase();
  return LANGUAGES.has(code) ? code : null;
};

export function limitsOf({ digest }: Entrance, { kind, value }: Contact, { clientIp }: Asker): Limit[] {
  const from = subnetOf(clientIp);
  const each = (what: string, most: number): Limit => ({ subject: digest(what), most, seconds: SPAN_SECONDS });
  return [
    each(`ask from ${from}`, MOST_FROM_ADDRESS),
    each(`ask from ${from} for ${kind} ${value}`, MOST_FOR_CONTACT),
    each('ask', MOST_FOR_ORGANIZATION),
  ];
}

/**
 * Counts that a code is asked for by which a customer proves a contact to be theirs; what it answers then asks for it. Whether it
 * is somebody else's as well makes no difference. Throws like `requestCode`.
 */
export async function askToVerify(
  entrance: Entrance,
  viewer: Viewer,
  { kind, value }: Contact,
  asker: Asker,
): Promise<(tx: Tx) => Promise<{ accepted: true; requestId: string; expiresAt: string }>> {
  const { organizationId, actor } = viewer;
  const place = await portalOf(entrance.access.database, publicId('organization', organizationId));
  if (!place) throw invalid(null, 'Customers do not sign in here.', 'NOT_ALLOWED');
  const contact = cleanContact(place, value, 'value');
  if (contact.kind !== kind) throw invalid('kind', 'It is of the other kind.');
  await countTries(entrance.access.database, scopeOf(organizationId, asker), [
    ...limitsOf(entrance, contact, asker),
    { subject: entrance.digest(`verify by ${actor}`), most: MOST_FROM_ADDRESS, seconds: SPAN_SECONDS },
  ]);
  const how = { purpose: 'VERIFY' as const, language: null, wantsLink: false, askedBy: actor };
  return tx => keepRequest(tx, entrance, contact, asker, how);
}

/** Keeps a request, and has a code sent for it in the place of those that the same address asked for before. */
export async function keepRequest(
  tx: Tx,
  { digest }: Entrance,
  { kind, value }: Contact,
  { clientIp, language }: Asker,
  how: { purpose: 'SIGN_IN' | 'VERIFY'; language: string | null; wantsLink: boolean; askedBy?: string },
): Promise<{ accepted: true; requestId: string; expiresAt: string }> {
  const id = newId();
  const expiresAt = new Date(Date.now() + MINUTES_VALID * 60_000).toISOString();
  const { organizationId } = tx.scope;
  await tx.query(
    `insert into portal_requests (organization_id, id, purpose, kind, contact, language, wants_link, asked_from, asked_by, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      organizationId,
      id,
      how.purpose,
      kind,
      value,
      how.language ?? language,
      how.wantsLink,
      digest(`from ${subnetOf(clientIp)}`),
      how.askedBy ?? null,
      expiresAt,
    ],
  );
  await enqueue(tx, SEND_CODE_TASK, { portalRequestId: id, isLanguageWished: how.language !== null });
  return { accepted: true, requestId: publicId('portal_request', id), expiresAt };
}
