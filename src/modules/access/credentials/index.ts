export type { Credentials } from './credentials.service.js';
export { openCredentials } from './credentials.service.js';
export type {
  NewUser,
  Verdict,
} from './credentials.types.js';
export { newPortalToken, portalDigest } from './portal.reader.js';
