export { type ContextOptions, type Language, RequestContext } from './context.js';
export { Member } from './member.entity.js';
export { mutate, type Outcome } from './mutation.js';
export { Organization } from './organization.entity.js';
export {
  isAllowed,
  PERMISSIONS,
  type Permission,
  Permit,
  type RootRule,
  rootRules,
} from './permissions.rules.js';
export { mayGrant, Role } from './roles.js';
export { Team } from './team.entity.js';
export { Viewer, type ViewerFacts } from './viewer.js';
export { visibleCondition } from './visibility.rules.js';

import './records.js';
