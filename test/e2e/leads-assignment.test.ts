import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';

let app: TestApp;
let organization: TestOrganization;
let client: Client;

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off' });
});
afterAll(() => app?.close());
beforeEach(async () => {
  organization = await app.organization();
  client = await organization.as('OWNER');
});

const sql = (text: string, values: unknown[] = []) => app.app.database.system.query(text, values);
const codes = (answer: { userErrors: { field: string; code: string }[] }) =>
  answer.userErrors.map(({ field, code }) => `${field} ${code}`);

async function change(name: string, input: object, selection: string, as = client) {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const data = await as.data(
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} userErrors { field code } } }`,
    { input },
  );
  return data[name];
}

const LEAD = 'lead { id version score owner { name } team { name } territory { name } }';
const make = async (input: object = {}) => (await change('createLead', { name: 'Ana', ...input }, LEAD)).lead;
const rule = (input: object) =>
  change('createAssignmentRule', { name: 'Rule', ...input }, 'rule { id version position members { name } }');
const territory = async (input: object) => change('createTerritory', input, 'territory { id version name }');

async function team(name: string, members: string[] = []): Promise<string> {
  const { createTeam } = await client.data(
    'mutation ($name: String!) { createTeam(input: { name: $name }) { team { id } } }',
    { name },
  );
  for (const member of members)
    await client.data('mutation ($input: TeamMemberInput!) { addTeamMember(input: $input) { userErrors { code } } }', {
      input: { teamId: createTeam.team.id, memberId: member },
    });
  return createTeam.team.id;
}

const member = async (name: string) => organization.publicId('member', await organization.member(name));

describe('rules by turns', () => {
  test('give each member the same number, also when all leads come at once', async () => {
    const members = [await member('Ana'), await member('Luis'), await member('Eva')];
    const made = await rule({ method: 'ROUND_ROBIN', memberIds: members });
    expect(made.rule).toMatchObject({ position: 1, members: [{ name: 'Ana' }, { name: 'Luis' }, { name: 'Eva' }] });
    const owners = (await Promise.all(Array.from({ length: 12 }, () => make()))).map(lead => lead.owner.name);
    for (const name of ['Ana', 'Luis', 'Eva']) expect(owners.filter(owner => owner === name)).toHaveLength(4);
  });

  test('pass over who was deactivated, and go on after who had the last turn', async () => {
    const ids = [await organization.member('Ana'), await organization.member('Luis'), await organization.member('Eva')];
    await rule({ method: 'ROUND_ROBIN', memberIds: ids.map(id => organization.publicId('member', id)) });
    expect((await make()).owner.name).toBe('Ana');
    await sql('update members set deactivated_at = now() where id = any ($1)', [[ids[0], ids[1]]]);
    expect((await make()).owner.name).toBe('Eva');
    await sql('update members set deactivated_at = null where id = $1', [ids[1]]);
    expect((await make()).owner.name).toBe('Luis');
    await sql('update members set deactivated_at = now() where organization_id = $1', [organization.id]);
    expect((await make()).owner).toBeNull();
  });
});

test('a rule by load gives to who has the fewest open leads', async () => {
  const [ana, luis] = [await member('Ana'), await member('Luis')];
  const sellers = await team('Ventas', [ana, luis]);
  await make({ ownerId: ana });
  await make({ ownerId: ana });
  const closed = await make({ ownerId: luis });
  await change('disqualifyLead', { id: closed.id, reason: 'no' }, 'lead { id }');
  await rule({ method: 'LOAD', teamId: sellers });
  const given = [];
  for (let at = 0; at < 4; at++) given.push(await make());
  expect(given.map(lead => lead.owner.name).sort()).toEqual(['Ana', 'Luis', 'Luis', 'Luis']);
  expect(given[0].team.name).toBe('Ventas');
});

test('the first rule that fits decides, by source, score and territory', async () => {
  const [ana, luis, eva] = [await member('Ana'), await member('Luis'), await member('Eva')];
  const south = await territory({ name: 'Sur', countries: ['es'], postalPrefixes: ['41'] });
  await rule({ method: 'ROUND_ROBIN', memberIds: [ana], territoryId: south.territory.id });
  await rule({ method: 'ROUND_ROBIN', memberIds: [luis], sources: ['EVENT'] });
  await rule({ method: 'ROUND_ROBIN', memberIds: [eva], minScore: 10 });
  expect((await make({ country: 'ES', postalCode: '41 001', source: 'EVENT' })).owner.name).toBe('Ana');
  expect((await make({ country: 'ES', postalCode: '28001', source: 'EVENT' })).owner.name).toBe('Luis');
  expect((await make({ employees: 500 })).owner.name).toBe('Eva');
  const nobodys = await make();
  expect(nobodys.owner).toBeNull();
  expect(codes(await change('assignLead', { id: nobodys.id }, LEAD))).toEqual(['ruleId NOT_ALLOWED']);
});

test('rules are changed as they were seen, removed, and name whom they give to', async () => {
  expect(codes(await rule({ method: 'LOAD' }))).toEqual(['memberIds REQUIRED']);
  expect(
    codes(await rule({ method: 'LOAD', teamId: 'team_01h455vb4pex5vsknk084sn02q', minScore: 101 })).sort(),
  ).toEqual(['minScore INVALID', 'teamId NOT_FOUND']);
  const { rule: made } = await rule({ method: 'TERRITORY' });
  const seen = { id: made.id, version: made.version };
  expect((await change('updateAssignmentRule', { ...seen, isActive: false }, 'rule { isActive }')).rule).toEqual({
    isActive: false,
  });
  expect(codes(await change('updateAssignmentRule', { ...seen, name: 'x' }, 'rule { id }'))).toEqual([
    'version CONFLICT',
  ]);
  expect(codes(await change('updateAssignmentRule', { id: made.id, method: 'LOAD' }, 'rule { id }'))).toEqual([
    'memberIds REQUIRED',
  ]);
  const stranger = await (await app.organization()).as('OWNER');
  expect(codes(await change('removeAssignmentRule', { id: made.id }, 'removedId', stranger))).toEqual(['id NOT_FOUND']);
  expect((await change('removeAssignmentRule', { id: made.id }, 'removedId')).removedId).toBe(made.id);
  expect((await client.data('{ assignmentRules { totalCount } }')).assignmentRules.totalCount).toBe(0);
});

test('a lead is given by hand or by a rule, with what was before', async () => {
  const [ana, luis] = [await member('Ana'), await member('Luis')];
  const { rule: made } = await rule({ method: 'ROUND_ROBIN', memberIds: [luis], isActive: true, minScore: 100 });
  const lead = await make({ ownerId: ana });
  expect(codes(await change('assignLead', { id: lead.id, version: 99, ownerId: luis }, LEAD))).toEqual([
    'version CONFLICT',
  ]);
  expect(
    codes(await change('assignLead', { id: lead.id, ownerId: 'member_01h455vb4pex5vsknk084sn02q' }, LEAD)),
  ).toEqual(['ownerId NOT_FOUND']);
  await change('assignLead', { id: lead.id, ownerId: luis, reason: 'She is away' }, LEAD);
  await change('updateAssignmentRule', { id: made.id, minScore: null, memberIds: [ana] }, 'rule { id }');
  expect((await change('assignLead', { id: lead.id, ruleId: made.id }, LEAD)).lead.owner.name).toBe('Ana');
  const data = await client.data(
    'query ($id: ID!) { lead(id: $id) { ownershipHistory { fromOwner { name } toOwner { name } reason changedBy } } }',
    { id: lead.id },
  );
  expect(data.lead.ownershipHistory).toEqual([
    { fromOwner: { name: 'Luis' }, toOwner: { name: 'Ana' }, reason: 'Rule', changedBy: expect.any(String) },
    { fromOwner: { name: 'Ana' }, toOwner: { name: 'Luis' }, reason: 'She is away', changedBy: expect.any(String) },
  ]);
});

describe('territories', () => {
  test('are a tree whose deepest fitting part a lead lies in', async () => {
    const spain = (await territory({ name: 'España', countries: ['es'] })).territory;
    const south = (await territory({ name: 'Sur', parentTerritoryId: spain.id, postalPrefixes: ['41', '11'] }))
      .territory;
    await territory({ name: 'Panaderías', industries: ['Bakery'] });
    const lies = async (input: object) => (await make(input)).territory?.name ?? null;
    expect(await lies({ country: 'ES', postalCode: '41001' })).toBe('Sur');
    expect(await lies({ country: 'ES', postalCode: '28001', industry: 'bakery' })).toBe('España');
    expect(await lies({ country: 'PT', postalCode: '41001', industry: 'BAKERY' })).toBe('Panaderías');
    expect(await lies({ country: 'PT' })).toBeNull();
    const data = await client.data(
      'query ($id: ID!) { territory(id: $id) { parent { name } leads { totalCount } } territories { totalCount } }',
      { id: spain.id },
    );
    expect(data).toEqual({ territory: { parent: null, leads: { totalCount: 2 } }, territories: { totalCount: 3 } });
    expect(
      codes(await change('updateTerritory', { id: spain.id, parentTerritoryId: south.id }, 'territory { id }')),
    ).toEqual(['parentTerritoryId NOT_ALLOWED']);
    expect(codes(await change('removeTerritory', { id: spain.id }, 'removedId'))).toEqual(['id CONFLICT']);
    expect(codes(await change('removeTerritory', { id: south.id }, 'removedId'))).toEqual([]);
    expect((await client.data('{ leads { totalCount } }')).leads.totalCount).toBe(4);
  });

  test('of which each goes below the other at the same moment make no circle', async () => {
    const [one, two] = [(await territory({ name: 'A' })).territory, (await territory({ name: 'B' })).territory];
    const answers = await Promise.all([
      change('updateTerritory', { id: one.id, parentTerritoryId: two.id }, 'territory { id }'),
      change('updateTerritory', { id: two.id, parentTerritoryId: one.id }, 'territory { id }'),
    ]);
    expect(answers.flatMap(codes)).toEqual(['parentTerritoryId NOT_ALLOWED']);
  });

  test('say everything that is wrong with them, have a name of their own, and are changed as they were seen', async () => {
    const wrong = await territory({ name: ' ', countries: ['ZZ'], languages: ['???'], teamId: 'nonsense' });
    expect(codes(wrong).sort()).toEqual([
      'countries.0 INVALID',
      'languages.0 INVALID',
      'name REQUIRED',
      'teamId NOT_FOUND',
    ]);
    const { territory: made } = await territory({ name: 'Sur' });
    expect(codes(await territory({ name: 'Sur' }))).toEqual(['name TAKEN']);
    expect(codes(await change('updateTerritory', { id: made.id, version: 9 }, 'territory { id }'))).toEqual([
      'version CONFLICT',
    ]);
    const stranger = await (await app.organization()).as('OWNER');
    expect(codes(await change('updateTerritory', { id: made.id }, 'territory { id }', stranger))).toEqual([
      'id NOT_FOUND',
    ]);
  });

  test('give what lies in them to their team, or to the nearest above', async () => {
    const sellers = await team('Ventas');
    const spain = (await territory({ name: 'España', countries: ['ES'], teamId: sellers })).territory;
    await territory({ name: 'Sur', parentTerritoryId: spain.id, postalPrefixes: ['41'] });
    await rule({ method: 'TERRITORY' });
    expect(await make({ country: 'ES', postalCode: '41001' })).toMatchObject({
      owner: null,
      team: { name: 'Ventas' },
      territory: { name: 'Sur' },
    });
  });
});
