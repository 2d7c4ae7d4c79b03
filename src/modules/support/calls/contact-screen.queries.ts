import { AppError } from '../../../platform/errors.js';
import { Parameters } from '../../../platform/paging/index.js';
import { Organization, type RequestContext, visibleCondition } from '../../access/index.js';
import { ContactPointKind } from '../../customers/index.js';
import { Network } from '../../social/index.js';
import { type Contact, readContact } from './contact-screen.rules.js';
import { type ContactMatch, ContactMatchReason, type ContactScreen } from './contact-screen.types.js';

const MOST_MATCHES = 20;
const MOST_IDENTITIES = 50;

/** Networks whose ids of people are numbers to dial, or addresses to write to. */
const NETWORKS: Partial<Record<ContactPointKind, Network[]>> = {
  PHONE: [Network.PHONE, Network.SMS, Network.WHATSAPP, Network.FAX],
  EMAIL: [Network.EMAIL],
};

interface Point {
  customerId: string;
  isVerified: boolean;
  isPrimary: boolean;
}

interface Known {
  id: string;
  customerId: string | null;
}

/** Who has an address or number, and who used it on a network without being known as anybody yet: two statements, side by side. */
export async function contactScreen(
  context: RequestContext,
  raw: string,
  kind: ContactPointKind | null,
): Promise<ContactScreen> {
  if (context.isHidden('CUSTOMER', 'contactPoints'))
    throw new AppError('FORBIDDEN', 'Your role does not see contact points, so it cannot find by them.');
  const country = raw.includes('@')
    ? undefined
    : (await context.recordById(Organization, context.viewer.organizationId))?.defaultCountry;
  const contact = readContact(raw.slice(0, 2000), kind, country);
  const [points, known] = await Promise.all([pointsOf(context, contact), identitiesOf(context, contact)]);
  const reasons = new Map<string, Set<ContactMatchReason>>();
  const reasonsOf = (customerId: string): Set<ContactMatchReason> => {
    const given = reasons.get(customerId) ?? new Set();
    reasons.set(customerId, given);
    return given;
  };
  for (const { customerId, isVerified, isPrimary } of points) {
    if (isVerified) reasonsOf(customerId).add(ContactMatchReason.VERIFIED);
    if (isPrimary) reasonsOf(customerId).add(ContactMatchReason.PRIMARY);
    reasonsOf(customerId).add(ContactMatchReason.LISTED);
  }
  for (const { customerId } of known) if (customerId) reasonsOf(customerId).add(ContactMatchReason.IDENTITY);
  const matches = [...reasons]
    .map(([customerId, given]) => ({ customerId, reasons: [...given] }))
    .toSorted((a, b) => strengthOf(b.reasons) - strengthOf(a.reasons))
    .slice(0, MOST_MATCHES)
    .map((match, at): ContactMatch => ({ ...match, rank: at + 1 }));
  return {
    kind: contact.kind,
    value: contact.value,
    matches,
    identityIds: known.filter(({ customerId }) => !customerId).map(({ id }) => id),
  };
}

/** A proof weighs more than all else together; ties stay in the order in which they were found. */
const WEIGHTS: Record<ContactMatchReason, number> = { VERIFIED: 8, IDENTITY: 4, PRIMARY: 2, LISTED: 1 };
const strengthOf = (reasons: readonly ContactMatchReason[]): number =>
  reasons.reduce((sum, reason) => sum + WEIGHTS[reason], 0);

async function pointsOf(context: RequestContext, { kind, value }: Contact): Promise<Point[]> {
  if (!kind) return [];
  const parameters = new Parameters();
  const conditions = [
    `c.organization_id = ${parameters.add(context.viewer.organizationId, 'uuid')}`,
    `c.kind = ${parameters.add(kind)}`,
    `c.value = ${parameters.add(value)}`,
    't.deleted_at is null',
    visibleCondition(context.viewer, 'CUSTOMER', 't', parameters),
  ].filter(Boolean);
  return context.read<Point>(
    `select c.customer_id as "customerId", c.verified_at is not null as "isVerified", c.is_primary as "isPrimary"
       from contact_points c join customers t on t.organization_id = c.organization_id and t.id = c.customer_id
      where ${conditions.join(' and ')} order by c.verified_at is not null desc, c.is_primary desc, c.created_at, c.id limit ${MOST_MATCHES}`,
    parameters.values,
  );
}

async function identitiesOf(context: RequestContext, { kind, value, spellings }: Contact): Promise<Known[]> {
  const networks = kind && NETWORKS[kind];
  if (!networks) return [];
  const parameters = new Parameters();
  const [organization, among] = [
    parameters.add(context.viewer.organizationId, 'uuid'),
    parameters.add(networks, 'text[]'),
  ];
  const [spelt, proven] = [parameters.add(spellings, 'text[]'), parameters.add(value, 'text')];
  const column = kind === ContactPointKind.EMAIL ? 'verified_email' : 'verified_phone';
  const visible = visibleCondition(context.viewer, 'IDENTITY', 't', parameters);
  const customerVisible = visibleCondition(context.viewer, 'CUSTOMER', 'vs', parameters);
  // Each way of knowing somebody has an index of its own.
  return context.read<Known>(
    `select t.id, t.customer_id as "customerId" from (
       select i.id from social_identities i where i.organization_id = ${organization} and i.network = any (${among}) and i.external_id = any (${spelt})
       union select i.id from social_identities i where i.organization_id = ${organization} and i.${column} = ${proven}) f
       join social_identities t on t.organization_id = ${organization} and t.id = f.id
       left join customers vs on vs.organization_id = t.organization_id and vs.id = t.customer_id
      where ${[visible, `(t.customer_id is null or (vs.deleted_at is null and ${customerVisible ?? 'true'}))`].filter(Boolean).join(' and ')}
      order by t.first_seen_at desc, t.id limit ${MOST_IDENTITIES}`,
    parameters.values,
  );
}
