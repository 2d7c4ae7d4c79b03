/** Every failure a caller can act on. What is not in this table is a bug: masked, and logged with its request id. */
export const ERRORS = {
  UNAUTHENTICATED: { status: 401, message: 'Sign in, or send a valid API key.' },
  FORBIDDEN: { status: 403, message: 'Your role does not allow this.' },
  NOT_FOUND: { status: 404, message: 'There is no such thing, or you may not see it.' },
  BAD_USER_INPUT: { status: 400, message: 'The input is not valid.' },
  BAD_CURSOR: { status: 400, message: 'This cursor does not belong to this list, or was altered.' },
  CURSOR_EXPIRED: { status: 410, message: 'The feed no longer reaches back to this cursor.' },
  CONFLICT: { status: 409, message: 'It was changed by somebody else in the meantime.' },
  IDEMPOTENCY_MISMATCH: { status: 409, message: 'This idempotency key was used with another input.' },
  RATE_LIMITED: { status: 429, message: 'Too much was asked in a short time.' },
  TOO_COSTLY: { status: 400, message: 'The operation costs more than is allowed.' },
  TOO_DEEP: { status: 400, message: 'The operation is nested too deeply.' },
  TOO_MANY_ALIASES: { status: 400, message: 'The operation has too many aliases.' },
  TOO_MANY_ROOT_FIELDS: { status: 400, message: 'The operation has too many root fields.' },
  TOO_MANY_SUBSCRIPTIONS: { status: 429, message: 'Too many subscriptions are open.' },
  TOO_LARGE: { status: 413, message: 'The request is too large.' },
  UNAVAILABLE: { status: 503, message: 'Not available right now. Try again.' },
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** A failure that a program got wrong or must react to: becomes a GraphQL error with `extensions.code`. */
export class AppError extends Error {
  override readonly name = 'AppError';
  constructor(
    readonly code: ErrorCode,
    message: string = ERRORS[code].message,
    readonly details: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

/** What a person can mend in what they typed. `field` is a dotted path inside the input. */
export interface InputProblem {
  field: string | null;
  code: 'REQUIRED' | 'INVALID' | 'TOO_LONG' | 'TAKEN' | 'NOT_FOUND' | 'CONFLICT' | 'NOT_ALLOWED';
  message: string;
}

/** Thrown by a service inside its transaction, so nothing is half-written; shown as `userErrors` of the payload. */
export class InputError extends Error {
  override readonly name = 'InputError';
  constructor(readonly problems: InputProblem[]) {
    super(problems.map(problem => `${problem.field ?? 'input'}: ${problem.message}`).join('; '));
  }
}

export function invalid(field: string | null, message: string, code: InputProblem['code'] = 'INVALID'): InputError {
  return new InputError([{ field, code, message }]);
}

/** What a change answers that was made of an earlier version than the present one of `what`. */
export const staleVersion = (what: string, present: number): InputError =>
  invalid('version', `The ${what} is at version ${present} now. Read it again and decide.`, 'CONFLICT');

/** SQLSTATE of a PostgreSQL error, wherever a driver or TypeORM put it. */
export function sqlState(error: unknown): string | undefined {
  const candidate = error as { code?: unknown; driverError?: { code?: unknown } } | null;
  const code = candidate?.driverError?.code ?? candidate?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

/** Runs a write; what a unique key refuses is TAKEN of `field`. */
export async function unlessTaken<Result>(
  field: string,
  message: string,
  write: () => Promise<Result>,
): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    throw sqlState(error) === '23505' ? invalid(field, message, 'TAKEN') : error;
  }
}
