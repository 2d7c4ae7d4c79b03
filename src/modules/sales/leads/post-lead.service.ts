import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { newId } from '../../../platform/ids.js';
import { type Problems, throwAny } from '../../../platform/input.rules.js';
import { seesRow, type Viewer, visibleId } from '../../access/index.js';
import { Post } from '../../social/index.js';
import { Lead, LeadSource } from './lead.entity.js';
import { homeCountry } from './lead.queries.js';
import { cleanLead } from './lead.rules.js';
import { welcomeLeads } from './lead.service.js';
import type { CreateLeadFromPostInput } from './lead-write.inputs.js';
import { findStaff } from './staff.queries.js';

interface Origin {
  authorId: string;
  name: string;
  language: string;
  own: boolean;
  isDeleted: boolean;
  email: string | null;
  phone: string | null;
}

/**
 * Makes a lead of what somebody said: the post and its author are kept as where it came from. The same post again, also at the
 * same moment, answers the same lead.
 */
export async function createLeadFromPost(
  tx: Tx,
  viewer: Viewer,
  input: CreateLeadFromPostInput,
): Promise<{ leadId: string }> {
  const organization = tx.scope.organizationId;
  const postId = await visibleId(tx, viewer, Post, input.postId, 'postId');
  const known = await leadOf(tx, viewer, postId);
  if (known) return { leadId: known };
  const [origin] = await tx.query<Origin>(
    `select p.author_id as "authorId", coalesce(nullif(i.display_name, ''), i.handle) as name, p.language, p.own,
            p.deleted_at is not null as "isDeleted", i.verified_email as email, i.verified_phone as phone
       from posts p join social_identities i on i.organization_id = p.organization_id and i.id = p.author_id
      where p.organization_id = $1 and p.id = $2`,
    [organization, postId],
  );
  if (!origin || origin.isDeleted) throw invalid('postId', 'It was deleted on its network.', 'NOT_ALLOWED');
  if (origin.own) throw invalid('postId', 'We said it ourselves.', 'NOT_ALLOWED');
  const problems: Problems = [];
  const ground = { country: null, homeCountry: await homeCountry(tx) };
  const values = cleanLead(problems, { name: input.name, interest: input.interest }, ground);
  const ownerId = await findStaff(tx, viewer, problems, 'member', input.ownerId ?? null, 'ownerId');
  const teamId = await findStaff(tx, viewer, problems, 'team', input.teamId ?? null, 'teamId');
  throwAny(problems);
  const inserted = await tx.query<{ id: string }>(
    `insert into leads (organization_id, id, name, source, post_id, identity_id, language, email, phone, interest, owner_id, team_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (organization_id, post_id) where post_id is not null do nothing returning id`,
    [
      organization,
      newId(),
      (values.name ?? origin.name).slice(0, 200),
      LeadSource.SOCIAL,
      postId,
      origin.authorId,
      origin.language === 'und' ? null : origin.language,
      viewer.isHidden('LEAD', 'email') ? null : origin.email,
      viewer.isHidden('LEAD', 'phone') ? null : origin.phone,
      values.interest ?? null,
      ownerId,
      teamId,
    ],
  );
  const [made] = inserted;
  if (made) {
    await welcomeLeads(tx, [made.id]);
    return { leadId: made.id };
  }
  // Somebody else was faster, and is done by now: the insert waited for them.
  return { leadId: (await leadOf(tx, viewer, postId))! };
}

/** The lead that was made of a post. That there is one the viewer may not see is a TAKEN of `postId`. */
async function leadOf(tx: Tx, viewer: Viewer, postId: string): Promise<string | null> {
  const [row] = await tx.query<{ id: string }>('select id from leads where organization_id = $1 and post_id = $2', [
    tx.scope.organizationId,
    postId,
  ]);
  if (row && !(await seesRow(tx, viewer, Lead, row.id)))
    throw invalid('postId', 'Somebody else has a lead that came of it.', 'TAKEN');
  return row?.id ?? null;
}
