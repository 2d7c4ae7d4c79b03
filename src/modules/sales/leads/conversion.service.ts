import type { Tx } from '../../../platform/database/database.js';
import { invalid, staleVersion } from '../../../platform/errors.js';
import { publicId } from '../../../platform/ids.js';
import { seesRow, type Viewer, visibleId } from '../../access/index.js';
import {
  ContactPointKind,
  type CreateCustomerItem,
  Customer,
  CustomerKind,
  createCustomer,
  updateCustomer,
} from '../../customers/index.js';
import { EvidenceKind, LinkMethod, linkIdentity, PROOF_BITS, wordsOf } from '../../social/index.js';
import { createOpportunity } from '../opportunities/opportunity.service.js';
import { employAt } from './company.service.js';
import type { ConvertLeadInput } from './conversion.inputs.js';
import { type FoundDuplicate, findDuplicates } from './duplicate.queries.js';
import { type Lead, LeadStatus } from './lead.entity.js';
import { lockLead, recordSteps, tellLeads, writeLead } from './lead.queries.js';
import { LeadChangeKind } from './lead-change.entity.js';
import { findStaff } from './staff.queries.js';

/** Stored ids. */
interface Conversion extends Record<string, unknown> {
  leadId: string;
  customerId: string;
  opportunityId: string | null;
}

/**
 * Makes a customer of a lead, and unless told otherwise an opportunity, once: a lead that was converted already, also a moment
 * ago, answers what it became. Throws a CONFLICT where it is not certain whether the customer is known.
 */
export async function convertLead(tx: Tx, viewer: Viewer, input: ConvertLeadInput): Promise<Conversion> {
  const lead = await lockLead(tx, viewer, input.id);
  if (lead.status === LeadStatus.CONVERTED) return conversionOf(tx, viewer, lead, input);
  if (input.version != null && input.version !== lead.version) throw staleVersion('lead', lead.version);
  if (lead.status === LeadStatus.DISQUALIFIED)
    throw invalid('id', 'It was disqualified. Take it up again first.', 'CONFLICT');
  await queueFor(tx, lead);
  const known = await knownCustomer(tx, viewer, lead, input);
  const staff = await staffOf(tx, viewer, lead);
  const customerId = known ?? (await newCustomer(tx, viewer, lead, input, staff));
  await linkTo(tx, viewer, lead, customerId, input);
  await employAt(tx, viewer, lead, customerId, input);
  const opportunityId =
    input.withOpportunity === false ? null : await openOpportunity(tx, viewer, lead, customerId, input, staff);
  await settleCustomer(tx, viewer, lead, customerId, known !== null, staff);
  await writeLead(tx, lead.id, { status: LeadStatus.CONVERTED, customer_id: customerId, converted_at: new Date() });
  await recordSteps(tx, [{ leadId: lead.id, kind: LeadChangeKind.CONVERTED, detail: { customerId, opportunityId } }]);
  await tellLeads(tx, [lead.id]);
  return { leadId: lead.id, customerId, opportunityId };
}

async function conversionOf(tx: Tx, viewer: Viewer, lead: Lead, { customerId }: ConvertLeadInput): Promise<Conversion> {
  const became = lead.customerId!;
  if (customerId && (await visibleId(tx, viewer, Customer, customerId, 'customerId')) !== became)
    throw invalid('customerId', 'It became another customer already.', 'CONFLICT');
  const [row] = await tx.query<{ id: string }>(
    'select id from opportunities where organization_id = $1 and lead_id = $2',
    [tx.scope.organizationId, lead.id],
  );
  return { leadId: lead.id, customerId: became, opportunityId: row?.id ?? null };
}

/**
 * One at a time looks whether somebody with these addresses is known and then keeps them. The keys are those by which customers
 * are kept in batches, so that a lead and a list with the same person meet as well.
 */
async function queueFor(tx: Tx, { email, phone, identityId }: Lead): Promise<void> {
  const keys = [email && `EMAIL:${email}`, phone && `PHONE:${phone}`, identityId && `IDENTITY:${identityId}`];
  await tx.query(
    `select pg_advisory_xact_lock(lock) from (
       select distinct hashtextextended($1 || key, 0) as lock from unnest($2::text[]) as k(key) order by lock offset 0) ordered`,
    [`${tx.scope.organizationId}:customer:`, keys.filter(Boolean)],
  );
}

/** The customer that was named, or that certainly is the same; null where a new one is to be kept. */
async function knownCustomer(
  tx: Tx,
  viewer: Viewer,
  lead: Lead,
  { customerId, createAnyway }: ConvertLeadInput,
): Promise<string | null> {
  if (customerId) return visibleId(tx, viewer, Customer, customerId, 'customerId');
  if (createAnyway) return null;
  const found = await findDuplicates(tx.query, viewer, [{ ...lead, key: '', leadId: lead.id }]);
  const hints = (found.get('') ?? []).filter(one => one.customerId);
  const certain = hints.filter(one => one.isCertain);
  if (certain.length === 1) return certain[0]!.customerId!;
  if (hints.length === 0) return null;
  throw invalid(
    'customerId',
    `It may be a customer we know: ${hints.slice(0, 5).map(shown).join(', ')}. Say which, or createAnyway.`,
    'CONFLICT',
  );
}

const shown = ({ customerId, reasons }: FoundDuplicate): string =>
  `${publicId('customer', customerId!)} (${reasons.map(({ code }) => code).join(', ')})`;

/** Whose the lead is, as far as it can be given to them: public ids. */
async function staffOf(tx: Tx, viewer: Viewer, lead: Lead): Promise<{ ownerId?: string; teamId?: string }> {
  const owner = lead.ownerId && publicId('member', lead.ownerId);
  const team = lead.teamId && publicId('team', lead.teamId);
  // Who was deactivated since gets nothing new.
  return {
    ...(owner && (await findStaff(tx, viewer, [], 'member', owner, 'ownerId')) && { ownerId: owner }),
    ...(team && (await findStaff(tx, viewer, [], 'team', team, 'teamId')) && { teamId: team }),
  };
}

const contactPointsOf = (lead: Lead): NonNullable<CreateCustomerItem['contactPoints']> =>
  (
    [
      [ContactPointKind.EMAIL, lead.email],
      [ContactPointKind.PHONE, lead.phone],
      [ContactPointKind.WEBSITE, lead.website],
    ] as const
  ).flatMap(([kind, value]) => (value ? [{ kind, value }] : []));

/** While a customer is nobody's, whoever converts the lead sees it and can go on; `settleCustomer` then gives it away. */
async function newCustomer(
  tx: Tx,
  viewer: Viewer,
  lead: Lead,
  { kind }: ConvertLeadInput,
  staff: { ownerId?: string },
): Promise<string> {
  const isCompany = kind ? kind === CustomerKind.COMPANY : lead.name === lead.companyName;
  const sees = (field: string) => !viewer.isHidden('CUSTOMER', field);
  const item: CreateCustomerItem = {
    kind: isCompany ? CustomerKind.COMPANY : CustomerKind.PERSON,
    displayName: isCompany ? (lead.companyName ?? lead.name) : lead.name,
    ...(isCompany ? { legalName: lead.companyName } : { jobTitle: lead.jobTitle }),
    language: lead.language,
    ...(sees('contactPoints') && { contactPoints: contactPointsOf(lead) }),
    ...(sees('owner') && viewer.scopeOf('CUSTOMER') === 'OWN' && staff),
  };
  return (await createCustomer(tx, viewer, item)).customerId;
}

/** Adds to a known customer the ways to reach it that the lead brought, and gives a new one to whom the lead was given. */
async function settleCustomer(
  tx: Tx,
  viewer: Viewer,
  lead: Lead,
  customerId: string,
  isKnown: boolean,
  staff: { ownerId?: string; teamId?: string },
): Promise<void> {
  const sees = (field: string) => !viewer.isHidden('CUSTOMER', field);
  const points = contactPointsOf(lead);
  const more = isKnown
    ? { ...(points.length > 0 && sees('contactPoints') && { contactPoints: points }) }
    : {
        ...(staff.ownerId && sees('owner') && { ownerId: staff.ownerId }),
        ...(staff.teamId && sees('team') && { teamId: staff.teamId }),
      };
  if (Object.keys(more).length > 0) await updateCustomer(tx, viewer, { id: publicId('customer', customerId), ...more });
}

/** Links the lead's identity to the customer. One that is somebody else's is left to them, or refused where that one was passed over. */
async function linkTo(tx: Tx, viewer: Viewer, lead: Lead, customerId: string, input: ConvertLeadInput): Promise<void> {
  if (!lead.identityId) return;
  const [identity] = await tx.query<{ customerId: string | null }>(
    'select customer_id as "customerId" from social_identities where organization_id = $1 and id = $2 for update',
    [tx.scope.organizationId, lead.identityId],
  );
  const other = identity?.customerId;
  if (other && other !== customerId) {
    if (input.customerId && (await seesRow(tx, viewer, Customer, other)))
      throw invalid(
        'customerId',
        `Its identity is linked to another customer, ${publicId('customer', other)}. Unlink it first.`,
        'CONFLICT',
      );
    return;
  }
  await linkIdentity(tx, {
    identityId: lead.identityId,
    customerId,
    method: LinkMethod.MANUAL,
    confidence: 1,
    evidence: [
      {
        kind: EvidenceKind.MANUAL,
        detail: wordsOf(EvidenceKind.MANUAL),
        code: EvidenceKind.MANUAL,
        weight: PROOF_BITS,
      },
    ],
  });
}

async function openOpportunity(
  tx: Tx,
  viewer: Viewer,
  lead: Lead,
  customerId: string,
  input: ConvertLeadInput,
  staff: { ownerId?: string; teamId?: string },
): Promise<string> {
  const estimate =
    lead.estimatedAmount && lead.currency ? { amount: lead.estimatedAmount, currency: lead.currency } : undefined;
  const { opportunityId } = await createOpportunity(tx, viewer, {
    name: input.opportunityName?.trim() || lead.companyName || lead.name,
    customerId: publicId('customer', customerId),
    leadId: publicId('lead', lead.id),
    source: lead.source,
    pipelineId: input.pipelineId,
    stageId: input.stageId,
    amount: input.amount ?? estimate,
    expectedCloseOn: input.expectedCloseOn,
    ...staff,
  });
  // Past who sees what: where it came from stays true also for somebody who may not see the post.
  if (lead.postId || lead.territoryId)
    await tx.query('update opportunities set post_id = $3, territory_id = $4 where organization_id = $1 and id = $2', [
      tx.scope.organizationId,
      opportunityId,
      lead.postId,
      lead.territoryId,
    ]);
  return opportunityId;
}
