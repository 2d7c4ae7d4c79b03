import type { Config } from '../config.js';
import { openEmbeddedServer } from './embedded.js';

export interface DatabaseAccess {
  ownerUrl: string;
  /** Absent where no login without rights was given: the owner's then drops to the role `vinculo_app`. */
  appUrl?: string;
  /** Where it is, without secrets. */
  place: string;
  close(): Promise<void>;
}

/** The database of this configuration: the one of DATABASE_URL, or the embedded server in DATA_DIR, shared with whoever else uses it. */
export async function openDatabase(config: Config): Promise<DatabaseAccess> {
  if (config.DATABASE_URL) {
    const { host, pathname } = new URL(config.DATABASE_URL);
    return {
      ownerUrl: config.DATABASE_URL,
      appUrl: config.DATABASE_APP_URL,
      place: `${host}${pathname}`,
      close: async () => {},
    };
  }
  const server = await openEmbeddedServer({ directory: config.DATA_DIR });
  return { ...server, place: `embedded server in ${config.DATA_DIR}` };
}
