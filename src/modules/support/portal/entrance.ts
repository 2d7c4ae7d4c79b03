import type { Access } from '../../access/index.js';

/** What letting customers in needs of the process. */
export interface Entrance {
  access: Access;
  /** A digest under a key of this purpose alone; codes are short, so that a copy of the database must not tell them. */
  digest: (text: string) => string;
  /** Where people reach the server, without a trailing slash. */
  publicUrl: string;
}
