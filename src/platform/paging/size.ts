import { AppError } from '../errors.js';

/** Throws BAD_USER_INPUT for a `first` that is none. */
export function requireSize(first: number | null, most: number): asserts first is number {
  if (first === null || first < 1 || first > most)
    throw new AppError('BAD_USER_INPUT', `\`first\` is from 1 to ${most}.`);
}
