import type { Tx } from '../../../platform/database/database.js';
import { type InputError, invalid, sqlState } from '../../../platform/errors.js';
import { newId } from '../../../platform/ids.js';
import { type Problems, report, throwAny } from '../../../platform/input.rules.js';
import { Parameters } from '../../../platform/paging/index.js';
import { eachItem, type ItemResult, type Viewer, visibleId } from '../../access/index.js';
import { SocialIdentity } from '../../social/index.js';
import { findNamed } from '../opportunities/named.queries.js';
import { assignByRules } from './assignment.service.js';
import { type Lead, LeadSource, LeadStatus } from './lead.entity.js';
import { homeCountry, lockLead, recordSteps, tellLeads, writeLead } from './lead.queries.js';
import { cleanLead, type LeadGround, mergeQualification } from './lead.rules.js';
import { LeadChangeKind } from './lead-change.entity.js';
import type { CreateLeadItem, UpdateLeadItem } from './lead-write.inputs.js';
import { type Ownership, ownershipAfter, recordOwnership } from './ownership.service.js';
import { scoreLeads } from './score.service.js';
import { findStaff } from './staff.queries.js';

interface LeadOutcome extends Record<string, unknown> {
  leadId: string;
}

interface LeadsOutcome extends Record<string, unknown> {
  results: ItemResult<LeadOutcome>[];
}

/** Keeps a lead. Throws InputError naming everything that is wrong. Answers its stored id. */
export async function createLead(tx: Tx, viewer: Viewer, item: CreateLeadItem): Promise<LeadOutcome> {
  const leadId = await keepLead(tx, viewer, await homeCountry(tx), item);
  await welcomeLeads(tx, [leadId]);
  return { leadId };
}

/** Keeps up to 200 leads, each by itself. */
export async function createLeads(tx: Tx, viewer: Viewer, items: CreateLeadItem[]): Promise<LeadsOutcome> {
  const home = await homeCountry(tx);
  const results = await eachItem(tx, items, async item => ({ leadId: await keepLead(tx, viewer, home, item) }));
  await welcomeLeads(
    tx,
    results.flatMap(({ leadId }) => leadId ?? []),
  );
  return { results };
}

/** Changes what `item` says of a lead. A `version` that is not the present one is a CONFLICT. */
export async function updateLead(tx: Tx, viewer: Viewer, item: UpdateLeadItem): Promise<LeadOutcome> {
  const leadId = await changeLead(tx, viewer, await homeCountry(tx), item);
  await scoreLeads(tx, [leadId]);
  await tellLeads(tx, [leadId]);
  return { leadId };
}

/** Changes up to 200 leads, each by itself. */
export async function updateLeads(tx: Tx, viewer: Viewer, items: UpdateLeadItem[]): Promise<LeadsOutcome> {
  const home = await homeCountry(tx);
  const results = await eachItem(tx, items, async item => ({ leadId: await changeLead(tx, viewer, home, item) }));
  const changed = results.flatMap(({ leadId }) => leadId ?? []);
  await scoreLeads(tx, changed);
  await tellLeads(tx, changed);
  return { results };
}

/** What is done with every new lead: it is placed and scored, given to whom the rules say, and told of. */
export async function welcomeLeads(tx: Tx, ids: string[]): Promise<void> {
  await recordSteps(
    tx,
    ids.map(leadId => ({ leadId, kind: LeadChangeKind.CREATED })),
  );
  await scoreLeads(tx, ids);
  await assignByRules(tx, ids);
  await tellLeads(tx, ids);
}

const MOST_PRODUCTS = 50;

const taken = (): InputError => invalid('externalId', 'Another lead has this id.', 'TAKEN');

async function keepLead(tx: Tx, viewer: Viewer, home: string, item: CreateLeadItem): Promise<string> {
  const problems: Problems = [];
  refuseHidden(problems, viewer, item);
  const ground = { country: null, homeCountry: home };
  const values = cleanLead(problems, item, ground);
  requireName(problems, values.name ?? null);
  const qualification = mergeQualification(problems, {}, item.qualification);
  const looked = await lookUp(tx, viewer, problems, item);
  throwAny(problems);
  const id = newId();
  const columns = {
    ...columnsOf(values),
    source: values.source ?? LeadSource.OTHER,
    qualification,
    product_ids: looked.productIds ?? [],
    identity_id: looked.identityId ?? null,
    owner_id: looked.ownerId ?? null,
    team_id: looked.teamId ?? null,
  };
  const parameters = new Parameters();
  const places = [tx.scope.organizationId, id, ...Object.values(columns)].map(value => parameters.add(value));
  const inserted = await tx.query(
    `insert into leads (organization_id, id, ${Object.keys(columns).join(', ')}) values (${places.join(', ')})
     on conflict (organization_id, external_id) do nothing returning id`,
    parameters.values,
  );
  if (inserted.length === 0) throw taken();
  return id;
}

async function changeLead(tx: Tx, viewer: Viewer, home: string, item: UpdateLeadItem): Promise<string> {
  const known = await lockLead(tx, viewer, item.id, item.version);
  if (known.status === LeadStatus.CONVERTED)
    throw invalid('id', 'It became a customer. Change the customer instead.', 'NOT_ALLOWED');
  const problems: Problems = [];
  refuseHidden(problems, viewer, item);
  const ground: LeadGround = { ...known, homeCountry: home };
  const values = cleanLead(problems, item, ground);
  if (item.name !== undefined) requireName(problems, values.name ?? null);
  const status = item.status ?? known.status;
  if (
    item.status &&
    item.status !== known.status &&
    item.status !== LeadStatus.NEW &&
    item.status !== LeadStatus.WORKING
  )
    report(problems, 'status', 'Qualify, disqualify or convert it instead.', 'NOT_ALLOWED');
  const qualification = mergeQualification(problems, known.qualification, item.qualification);
  const looked = await lookUp(tx, viewer, problems, item);
  throwAny(problems);
  const to = await ownershipAfter(tx, known, looked);
  const columns = {
    ...columnsOf(values),
    status,
    qualification,
    owner_id: to.ownerId,
    team_id: to.teamId,
    ...(looked.productIds && { product_ids: looked.productIds }),
    ...(looked.identityId !== undefined && { identity_id: looked.identityId }),
    ...(status !== LeadStatus.DISQUALIFIED && { disqualified_reason: null }),
  };
  try {
    await writeLead(tx, known.id, columns);
  } catch (error) {
    throw sqlState(error) === '23505' ? taken() : error;
  }
  await recordChange(tx, known, item, to);
  return known.id;
}

async function recordChange(tx: Tx, known: Lead, item: UpdateLeadItem, to: Ownership): Promise<void> {
  const isReopened = known.status === LeadStatus.DISQUALIFIED && item.status && item.status !== known.status;
  const isGiven = to.ownerId !== known.ownerId || to.teamId !== known.teamId;
  const { id: leadId } = known;
  const fields = Object.keys(item).filter(
    field => !NO_FIELDS.has(field) && item[field as keyof UpdateLeadItem] !== undefined,
  );
  await recordSteps(tx, [
    ...(isReopened ? [{ leadId, kind: LeadChangeKind.REOPENED }] : []),
    ...(fields.length > 0 ? [{ leadId, kind: LeadChangeKind.UPDATED, detail: { fields } }] : []),
    ...(isGiven ? [{ leadId, kind: LeadChangeKind.ASSIGNED }] : []),
  ]);
  await recordOwnership(tx, [{ prefix: 'lead', subjectId: leadId, from: known, to }]);
}

const NO_FIELDS = new Set(['id', 'version', 'idempotencyKey', 'ownerId', 'teamId']);

function requireName(problems: Problems, name: string | null): void {
  if (!name && !problems.some(({ field }) => field === 'name'))
    report(problems, 'name', 'A lead has a name.', 'REQUIRED');
}

/** Who does not see a field does not set it either. */
function refuseHidden(problems: Problems, viewer: Viewer, item: Partial<UpdateLeadItem>): void {
  for (const field of ['email', 'phone'] as const) {
    if (item[field] !== undefined && viewer.isHidden('LEAD', field))
      report(problems, field, 'Your role does not see it, so it cannot set it.', 'NOT_ALLOWED');
  }
}

interface Looked {
  identityId?: string | null;
  productIds?: string[];
  ownerId?: string | null;
  teamId?: string | null;
}

/** The stored ids of what `item` names; what it does not name is absent. */
async function lookUp(
  tx: Tx,
  viewer: Viewer,
  problems: Problems,
  { identityId, productIds, ownerId, teamId }: Partial<UpdateLeadItem>,
): Promise<Looked> {
  const found: Looked = {};
  if (productIds !== undefined) found.productIds = await findProducts(tx, viewer, problems, productIds ?? []);
  if (identityId !== undefined) found.identityId = await findIdentity(tx, viewer, problems, identityId);
  if (ownerId !== undefined) found.ownerId = await findStaff(tx, viewer, problems, 'member', ownerId, 'ownerId');
  if (teamId !== undefined) found.teamId = await findStaff(tx, viewer, problems, 'team', teamId, 'teamId');
  return found;
}

async function findProducts(tx: Tx, viewer: Viewer, problems: Problems, ids: string[]): Promise<string[]> {
  const named = [...new Set(ids)];
  if (named.length > MOST_PRODUCTS)
    report(problems, 'productIds', `A lead names at most ${MOST_PRODUCTS} products.`, 'TOO_LONG');
  const found: string[] = [];
  for (const [at, id] of named.slice(0, MOST_PRODUCTS).entries()) {
    const product = await findNamed(tx, viewer, problems, 'product', id, `productIds.${at}`);
    if (product) found.push(product);
  }
  return found;
}

async function findIdentity(tx: Tx, viewer: Viewer, problems: Problems, id: string | null): Promise<string | null> {
  if (id === null) return null;
  return visibleId(tx, viewer, SocialIdentity, id, 'identityId').catch(error => {
    if (!('problems' in error)) throw error;
    problems.push(...(error as InputError).problems);
    return null;
  });
}

const COLUMNS: Record<string, string> = {
  companyName: 'company_name',
  jobTitle: 'job_title',
  postalCode: 'postal_code',
  sourceDetail: 'source_detail',
  estimatedAmount: 'estimated_amount',
  externalId: 'external_id',
};

function columnsOf(values: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([field, value]) => [COLUMNS[field] ?? field, value]),
  );
}
