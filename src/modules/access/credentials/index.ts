export type { Credentials, CredentialsOptions } from './credentials.service.js';
export { openCredentials } from './credentials.service.js';
export type {
  NewApiKey,
  NewOAuthClient,
  NewUser,
  Rejection,
  Role,
  Setup,
  SetupPurpose,
  Verdict,
} from './credentials.types.js';
export { ROLES } from './credentials.types.js';
