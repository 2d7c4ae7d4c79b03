import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { type Problems, report, requiredLine, throwAny } from '../../../platform/input.rules.js';
import type { Viewer } from '../../access/index.js';
import { type Lead, LeadStatus } from './lead.entity.js';
import { lockLead, recordSteps, tellLeads, writeLead } from './lead.queries.js';
import { isAnythingConfirmed, mergeQualification } from './lead.rules.js';
import { LeadChangeKind } from './lead-change.entity.js';
import type { DisqualifyLeadInput, QualifyLeadInput } from './lead-write.inputs.js';
import { scoreLeads } from './score.service.js';

const MOST_REASON = 500;

/** Says that a lead is worth an opportunity. What was found out is added to what was known; something of it must be confirmed. */
export async function qualifyLead(tx: Tx, viewer: Viewer, input: QualifyLeadInput): Promise<{ leadId: string }> {
  const known = await lockOpen(tx, viewer, input);
  const problems: Problems = [];
  const qualification = mergeQualification(problems, known.qualification, input.qualification);
  if (!isAnythingConfirmed(qualification))
    report(problems, 'qualification', 'Say what is confirmed: budget, authority, need or timeline.', 'REQUIRED');
  throwAny(problems);
  await writeLead(tx, known.id, { status: LeadStatus.QUALIFIED, qualification });
  return settle(tx, known.id, LeadChangeKind.QUALIFIED);
}

/** Says that nothing will come of a lead. It can be taken up again by `updateLead`. */
export async function disqualifyLead(tx: Tx, viewer: Viewer, input: DisqualifyLeadInput): Promise<{ leadId: string }> {
  const known = await lockOpen(tx, viewer, input);
  const problems: Problems = [];
  const reason = requiredLine(problems, 'reason', input.reason, MOST_REASON);
  throwAny(problems);
  await writeLead(tx, known.id, { status: LeadStatus.DISQUALIFIED, disqualified_reason: reason });
  return settle(tx, known.id, LeadChangeKind.DISQUALIFIED);
}

async function lockOpen(
  tx: Tx,
  viewer: Viewer,
  { id, version }: { id: string; version?: number | null },
): Promise<Lead> {
  const lead = await lockLead(tx, viewer, id, version);
  if (lead.status === LeadStatus.CONVERTED) throw invalid('id', 'It became a customer already.', 'CONFLICT');
  if (lead.status === LeadStatus.DISQUALIFIED)
    throw invalid('id', 'It was disqualified. Take it up again first.', 'CONFLICT');
  return lead;
}

async function settle(tx: Tx, leadId: string, kind: LeadChangeKind): Promise<{ leadId: string }> {
  await scoreLeads(tx, [leadId]);
  await recordSteps(tx, [{ leadId, kind }]);
  await tellLeads(tx, [leadId]);
  return { leadId };
}
