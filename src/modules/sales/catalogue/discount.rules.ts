import type { Role } from '../../access/index.js';

/** What holds until an organisation says otherwise (`setDiscountLimit`). */
export const DEFAULT_LIMITS: Record<Role, string> = {
  OWNER: '100',
  ADMIN: '100',
  MANAGER: '30',
  AGENT: '10',
  ANALYST: '0',
  PARTNER: '0',
  CUSTOMER: '0',
};
