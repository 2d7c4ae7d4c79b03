import { ArchiveError } from '../../integrations/archive/index.js';
import { ConfigError } from '../platform/config.js';
import { AppError, InputError } from '../platform/errors.js';

/** A command cannot do what it was asked; the message says why in one sentence, for whoever typed it. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** By Node's or PostgreSQL's code, what to say of errors whose own words help nobody. */
const SENTENCES: Record<string, string> = {
  ECONNREFUSED: 'The database does not answer: nothing listens at the address of DATABASE_URL.',
  ENOTFOUND: 'The database does not answer: there is no host of the name in DATABASE_URL.',
  ETIMEDOUT: 'The database does not answer in time.',
  ECONNRESET: 'The connection to the database was lost.',
  '28P01': 'The database refuses the login in DATABASE_URL: wrong user or password.',
  '28000': 'The database refuses the login in DATABASE_URL.',
  '3D000': 'The database named in DATABASE_URL does not exist.',
  '57P01': 'The database was shut down while it was used.',
  '57P03': 'The database is starting up; try again in a moment.',
  '53300': 'The database has no connection left.',
  '42501': 'The login in DATABASE_URL may not do this; it must own the database.',
  ENOSPC: 'The disk is full.',
  EACCES: 'A file or folder may not be opened; see that DATA_DIR belongs to you.',
  EROFS: 'DATA_DIR lies on a disk that may not be written to.',
};

export interface Failure {
  message: string;
  exitCode: 1 | 2;
}

/** What is told of an error: one sentence, without a stack. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ConfigError) return { message: error.message, exitCode: 2 };
  const isOurs = [CommandError, ArchiveError, AppError, InputError].some(kind => error instanceof kind);
  if (error instanceof InputError) {
    return { message: error.problems.map(problem => problem.message).join(' '), exitCode: 1 };
  }
  const { code, port, message } = error as NodeJS.ErrnoException & { port?: number };
  if (isOurs) return { message, exitCode: 1 };
  if (code === 'EADDRINUSE') {
    return { message: `Port ${port} is taken by another program. Set PORT to a free one, or to 0.`, exitCode: 1 };
  }
  return { message: SENTENCES[code ?? ''] ?? firstLine(message || String(code ?? error)), exitCode: 1 };
}

function firstLine(message: string): string {
  const line = message.split('\n')[0]!.trim();
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
