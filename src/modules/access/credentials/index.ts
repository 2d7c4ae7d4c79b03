export type { Credentials, CredentialsOptions } from './credentials.service.js';
export { openCredentials } from './credentials.service.js';
export type {
  NewApiKey,
  NewOAuthClient,
  NewUser,
  Rejection,
  Setup,
  SetupPurpose,
  Verdict,
} from './credentials.types.js';
