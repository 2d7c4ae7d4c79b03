import type { Area } from './area.js';

export const leads: Area = {
  async plant(put, { marker, linkedIdentity, member, team, kept }) {
    kept['territory'] = await put('territories', { name: marker, team_id: team }, 'territory');
    kept['lead'] = await put(
      'leads',
      {
        name: marker,
        source: 'FORM',
        email: `${marker}@example.com`,
        identity_id: linkedIdentity,
        external_id: marker,
      },
      'lead',
    );
    await put('lead_changes', { lead_id: kept['lead'], kind: 'CREATED', changed_by: 'system:test' }, 'lead_change');
    await put('assignment_rules', { name: marker, position: 1, method: 'LOAD', team_id: team }, 'assignment_rule');
    await put(
      'ownership_changes',
      { subject_prefix: 'lead', subject_id: kept['lead'], to_owner_id: member, changed_by: 'system:test' },
      'ownership_change',
    );
  },
};
