import type { Database, Tx } from '../../../platform/database/database.js';
import { InputError, invalid } from '../../../platform/errors.js';
import { publicId, storedId } from '../../../platform/ids.js';
import { optionalLine, type Problems, throwAny } from '../../../platform/input.rules.js';
import type { Viewer } from '../../access/index.js';
import {
  addContactPoint,
  type ConsentChannel,
  type ConsentPurpose,
  type ConsentState,
  ContactPointKind,
  recordConsent,
  removeContactPoint,
  removePreference,
  setPreference,
  updateCustomer,
  verifyContactPoint,
} from '../../customers/index.js';
import { lockCustomersWork, requireRoomForTicket } from '../tickets/customer-limits.service.js';
import { addMessages } from '../tickets/message.service.js';
import { openTickets } from '../tickets/opening.service.js';
import {
  TicketChannel,
  TicketMessageKind,
  TicketMessageVisibility,
  TicketType,
} from '../tickets/ticket.states.rules.js';
import type { Entrance } from './entrance.js';
import { portalWords } from './portal.words.js';
import type { Asker, Contact } from './request.service.js';
import { takeRequest } from './signing-in.service.js';

/** The public id of the customer who asks: everything here is done to it, and to nobody else. */
export function ownId(viewer: Viewer): string {
  if (!viewer.customerId) throw invalid(null, 'You are no customer yet.', 'NOT_ALLOWED');
  return publicId('customer', viewer.customerId);
}

export interface Profile {
  displayName?: string | null;
  givenName?: string | null;
  familyName?: string | null;
  birthDate?: string | null;
  language?: string | null;
  timeZone?: string | null;
}

/** Corrects what is said, and nothing else: who looks after a customer and what it is marked with are not its own to say. */
export function updateProfile(
  tx: Tx,
  viewer: Viewer,
  { displayName, givenName, familyName, birthDate, language, timeZone }: Profile,
): Promise<{ customerId: string }> {
  const said = { displayName, givenName, familyName, birthDate, language, timeZone };
  const given = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  return updateCustomer(tx, viewer, { id: ownId(viewer), ...given });
}

export function setOwnPreference(
  tx: Tx,
  viewer: Viewer,
  { key, value }: { key: string; value?: string | null },
): Promise<{ customerId: string }> {
  const customerId = ownId(viewer);
  return value
    ? setPreference(tx, viewer, { customerId, key, value })
    : removePreference(tx, viewer, { customerId, key });
}

/** Kept with where and how it was said: whose session it was, and by what they had proven who they are. */
export async function setOwnConsent(
  tx: Tx,
  viewer: Viewer,
  { purpose, channel, state }: { purpose: ConsentPurpose; channel: ConsentChannel; state: ConsentState },
): Promise<{ customerId: string }> {
  const customerId = ownId(viewer);
  const [session] = await tx.query<{ kind: string; signedInAt: string }>(
    `select kind, to_char(signed_in_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "signedInAt"
       from portal_sessions where organization_id = $1 and id = $2`,
    [tx.scope.organizationId, viewer.portalSessionId ?? null],
  );
  const evidence = session
    ? `${publicId('portal_session', viewer.portalSessionId!)}, signed in by ${session.kind} at ${session.signedInAt}`
    : viewer.actor;
  return recordConsent(tx, viewer, { customerId, consent: { purpose, channel, state, source: 'portal', evidence } });
}

/**
 * The contact that a code proves to be of who asks; null when it does not. In a transaction of its own, so that a wrong code
 * stays counted.
 */
export async function proveContact(
  entrance: Entrance,
  database: Database,
  viewer: Viewer,
  { requestId, code }: { requestId: string; code: string },
  asker: Asker,
): Promise<Contact | null> {
  const id = storedId('portal_request', requestId);
  if (!id) return null;
  const { organizationId, actor } = viewer;
  const taken = await database.write(
    { organizationId, actor: 'system:portal', requestId: asker.requestId },
    async tx => {
      const [mine] = await tx.query(
        `select 1 from portal_requests where organization_id = $1 and id = $2 and purpose = 'VERIFY' and asked_by = $3`,
        [organizationId, id, actor],
      );
      return mine ? takeRequest(tx, entrance, id, code) : null;
    },
  );
  return taken && { kind: taken.kind, value: taken.contact };
}

/** Keeps a contact that was proven just now. Until then it is kept nowhere: what only somebody claims links nobody to anything. */
export async function keepOwnContact(
  tx: Tx,
  viewer: Viewer,
  { kind, value }: Contact,
): Promise<{ customerId: string; contactPointId: string }> {
  const customerId = ownId(viewer);
  const find = async () => {
    const [row] = await tx.query<{ id: string }>(
      'select id from contact_points where organization_id = $1 and customer_id = $2 and kind = $3 and value = $4',
      [tx.scope.organizationId, viewer.customerId, kind, value],
    );
    return row?.id;
  };
  await addContactPoint(tx, viewer, { customerId, contactPoint: { kind: ContactPointKind[kind], value } }).catch(
    error => {
      if (!(error instanceof InputError && error.problems.every(({ code }) => code === 'TAKEN'))) throw error;
    },
  );
  const stored = (await find())!;
  await verifyContactPoint(tx, viewer, { id: publicId('contact', stored), verified: true });
  return { customerId: viewer.customerId!, contactPointId: stored };
}

/** One way back in stays: the last address or number that is proven is for staff to take away. */
export async function removeOwnContact(tx: Tx, viewer: Viewer, id: string): Promise<{ customerId: string }> {
  ownId(viewer);
  const removed = await removeContactPoint(tx, viewer, id);
  const [left] = await tx.query(
    `select 1 from contact_points where organization_id = $1 and customer_id = $2 and verified_at is not null and kind in ('EMAIL', 'PHONE') limit 1`,
    [tx.scope.organizationId, viewer.customerId],
  );
  if (!left) throw invalid('id', 'It is the last one by which you can sign in: add another one first.', 'NOT_ALLOWED');
  return { customerId: removed.customerId };
}

/**
 * Opens a ticket in which staff are asked to erase everything about who asks; nothing is erased by that. While one is open it is
 * answered again. Answers its stored id.
 */
export async function requestErasure(
  tx: Tx,
  viewer: Viewer,
  { reason }: { reason?: string | null },
  language: string,
): Promise<{ ticketId: string }> {
  ownId(viewer);
  const problems: Problems = [];
  const said = optionalLine(problems, 'reason', reason, 2000);
  throwAny(problems);
  const customerId = viewer.customerId!;
  // So that of two who ask at once the second finds what the first opened.
  await lockCustomersWork(tx, customerId);
  const [open] = await tx.query<{ id: string }>(
    `select id from tickets where organization_id = $1 and customer_id = $2 and tags @> array['erasure'] and status not in ('SOLVED', 'CLOSED')
      order by opened_at limit 1`,
    [tx.scope.organizationId, customerId],
  );
  if (open) return { ticketId: open.id };
  await requireRoomForTicket(tx, viewer);
  const { subject, erasure } = portalWords(language).request;
  const description = said ? `${erasure}\n\n${said}` : erasure;
  const [opened] = await openTickets(tx, [
    {
      subject,
      description,
      type: TicketType.REQUEST,
      channel: TicketChannel.PORTAL,
      customerId,
      language,
      tags: ['erasure'],
    },
  ]);
  await addMessages(tx, [
    {
      ticketId: opened!.ticketId,
      kind: TicketMessageKind.CUSTOMER,
      channel: TicketChannel.PORTAL,
      visibility: TicketMessageVisibility.PRIVATE,
      state: 'RECEIVED',
      note: description,
      author: viewer.actor,
      customerId,
      occurredAt: new Date(),
    },
  ]);
  return { ticketId: opened!.ticketId };
}
