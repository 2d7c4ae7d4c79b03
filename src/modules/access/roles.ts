import { registerEnumType } from 'type-graphql';

export enum Role {
  OWNER = 'OWNER',
  ADMIN = 'ADMIN',
  MANAGER = 'MANAGER',
  AGENT = 'AGENT',
  ANALYST = 'ANALYST',
  PARTNER = 'PARTNER',
  CUSTOMER = 'CUSTOMER',
}
registerEnumType(Role, {
  name: 'Role',
  description: 'What somebody may do in an organisation.',
  valuesConfig: {
    OWNER: { description: 'Everything, other owners included.' },
    ADMIN: { description: 'Everything but making owners.' },
    MANAGER: { description: 'Leads teams: customers, channels, and the work of others.' },
    AGENT: { description: 'Serves customers.' },
    ANALYST: { description: 'Reads everything but personal contact data; changes nothing.' },
    PARTNER: { description: 'Another company; sees what is shared with it.' },
    CUSTOMER: { description: 'A customer; sees what is its own.' },
  },
});

/** Higher may give out lower: nobody makes a role above their own. */
const RANK: Record<Role, number> = { OWNER: 6, ADMIN: 5, MANAGER: 4, AGENT: 3, ANALYST: 2, PARTNER: 1, CUSTOMER: 0 };

export const mayGrant = (granter: Role, granted: Role): boolean =>
  RANK[granter] >= RANK[Role.ADMIN] && RANK[granter] >= RANK[granted];

/** Whether `role` is above `other`: what an equal may see and do is not one's own to change. */
export const outranks = (role: Role, other: Role): boolean => RANK[role] > RANK[other];
