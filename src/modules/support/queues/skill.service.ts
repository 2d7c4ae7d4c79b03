import type { Tx } from '../../../platform/database/database.js';
import { invalid, staleVersion, unlessTaken } from '../../../platform/errors.js';
import { newId, storedId } from '../../../platform/ids.js';
import { type Problems, report, requiredLine, throwAny } from '../../../platform/input.rules.js';
import type { Viewer } from '../../access/index.js';
import { tellQueuesOf } from './availability.service.js';
import { findAll, languagesOf } from './queue.service.js';
import type { CreateSkillInput, SetMemberSkillsInput, UpdateSkillInput } from './staffing.inputs.js';
import { findStaff } from './target.queries.js';

export async function createSkill(tx: Tx, input: CreateSkillInput): Promise<{ skillId: string }> {
  const name = nameOf(input.name);
  const skillId = newId();
  await unlessTaken('name', 'Another skill is called so.', () =>
    tx.query('insert into skills (organization_id, id, name) values ($1, $2, $3)', [
      tx.scope.organizationId,
      skillId,
      name,
    ]),
  );
  return { skillId };
}

/** Changes a skill. A `version` that is not the present one is a CONFLICT. */
export async function updateSkill(tx: Tx, input: UpdateSkillInput): Promise<{ skillId: string }> {
  const [known] = await tx.query<{ id: string; version: number }>(
    'select id, version from skills where organization_id = $1 and id = $2 for update',
    [tx.scope.organizationId, storedId('skill', input.id)],
  );
  if (!known) throw invalid('id', 'There is no such skill, or you may not see it.', 'NOT_FOUND');
  if (input.version != null && input.version !== known.version) throw staleVersion('skill', known.version);
  const name = input.name === undefined ? null : nameOf(input.name);
  await unlessTaken('name', 'Another skill is called so.', () =>
    tx.query(
      `update skills set name = coalesce($3, name), is_active = coalesce($4, is_active), version = version + 1
        where organization_id = $1 and id = $2`,
      [tx.scope.organizationId, known.id, name, input.isActive ?? null],
    ),
  );
  return { skillId: known.id };
}

/** Says what a member can, and in which languages; what waits is then offered to them. Throws `InputError`. */
export async function setMemberSkills(
  tx: Tx,
  viewer: Viewer,
  input: SetMemberSkillsInput,
): Promise<{ memberId: string }> {
  const problems: Problems = [];
  const memberId = await findStaff(tx, viewer, problems, 'member', input.memberId, 'memberId');
  const given = input.skills ?? [];
  const ids = await findAll(
    tx,
    problems,
    'skills',
    'skills',
    'skill',
    given.map(({ skillId }) => skillId),
  );
  for (const [at, { level }] of given.entries()) {
    if (level < 1 || level > 5) report(problems, `skills.${at}.level`, 'It is a number from 1 to 5.');
  }
  if (new Set(ids).size < ids.length) report(problems, 'skills', 'Each skill is named once.');
  const languages = languagesOf(problems, input.languages ?? []);
  throwAny(problems);
  const key = [tx.scope.organizationId, memberId];
  if (input.skills !== undefined) {
    await tx.query('delete from member_skills where organization_id = $1 and member_id = $2', key);
    await tx.query(
      `insert into member_skills (organization_id, member_id, skill_id, level)
       select $1, $2, s.id, s.level from unnest($3::uuid[], $4::integer[]) as s(id, level)`,
      [...key, ids, given.map(({ level }) => level)],
    );
  }
  if (input.languages !== undefined) {
    await tx.query('delete from member_languages where organization_id = $1 and member_id = $2', key);
    await tx.query(
      'insert into member_languages (organization_id, member_id, language) select $1, $2, l from unnest($3::text[]) l',
      [...key, languages],
    );
  }
  await tellQueuesOf(tx, [memberId!]);
  return { memberId: memberId! };
}

function nameOf(raw: string | null): string {
  const problems: Problems = [];
  const name = requiredLine(problems, 'name', raw, 100);
  throwAny(problems);
  return name;
}
