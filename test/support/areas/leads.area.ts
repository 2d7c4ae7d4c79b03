import { newId, publicId } from '../../../src/platform/ids.js';
import type { Area } from './area.js';

export const leads: Area = {
  byName: {
    leadId: 'lead',
    productIds: 'product',
    companyId: 'other_customer',
    pipelineId: 'pipeline',
    stageId: 'stage',
    territoryId: 'territory',
    parentTerritoryId: 'territory',
    ruleId: 'assignment_rule',
    memberIds: 'member',
    toOwnerId: 'member',
    toTeamId: 'team',
  },
  byMutation: [
    [/^(update|qualify|disqualify|convert|assign)Leads?$/, 'lead'],
    [/^removeTerritory$/, 'spare_territory'],
    [/Territory$/, 'territory'],
    [/AssignmentRule$/, 'assignment_rule'],
  ],
  byType: { Lead: 'lead', LeadChanged: 'lead', Territory: 'territory', AssignmentRule: 'assignment_rule' },
  sensible: {
    qualifyLead: [['input.qualification', () => ({ need: { confirmed: true } })]],
    transferRecords: [['input.toOwnerId', own => own.ids['member']]],
  },
  async plant(put, { marker, linkedIdentity, member, team, kept }) {
    kept['territory'] = await put('territories', { name: marker, team_id: team }, 'territory');
    await put('territories', { name: `${marker} spare` }, 'spare_territory');
    kept['lead'] = await put(
      'leads',
      {
        name: marker,
        source: 'FORM',
        email: `${marker}@example.com`,
        identity_id: linkedIdentity,
        external_id: marker,
        disqualified_reason: marker,
        qualification: JSON.stringify({ need: { confirmed: true, note: marker } }),
      },
      'lead',
    );
    await put('lead_changes', { lead_id: kept['lead'], kind: 'CREATED', changed_by: 'system:test' }, 'lead_change');
    await put('assignment_rules', { name: marker, position: 1, method: 'LOAD', team_id: team }, 'assignment_rule');
    await put(
      'ownership_changes',
      {
        subject_prefix: 'lead',
        subject_id: kept['lead'],
        to_owner_id: member,
        reason: marker,
        changed_by: 'system:test',
      },
      'ownership_change',
    );
  },
  prefixes: { spare_territory: 'territory' },
  rows({ customer, identity, id, moment, name, maybe }) {
    const [lead, territory] = [newId(), newId()];
    const some = { name, source: `'FORM'`, created_at: moment, updated_at: moment };
    return {
      first: [
        ['territories', { id: `'${territory}'::uuid`, name: `'Norte'` }],
        ['leads', { ...some, id: `'${lead}'::uuid` }],
      ],
      tables: {
        territories: { id, name: `${name} || gen_random_uuid()`, created_at: moment },
        leads: {
          ...some,
          id,
          score: `(array[0, 42, 99])[ceil(random() * 3)::int]`,
          customer_id: maybe(`'${customer}'::uuid`),
          identity_id: maybe(`'${identity}'::uuid`),
          territory_id: maybe(`'${territory}'::uuid`),
        },
        lead_changes: {
          id,
          lead_id: `'${lead}'`,
          kind: `'UPDATED'`,
          changed_by: `'system:test'`,
          changed_at: moment,
        },
        assignment_rules: { id, name, position: 'floor(random() * 4)::int', method: `'TERRITORY'` },
      },
      parents: { Lead: publicId('lead', lead), Territory: publicId('territory', territory) },
    };
  },
};
