import { type Problems, requiredLine } from '../../platform/input.rules.js';
import type { PreferenceInput } from './preference.inputs.js';

export interface CleanPreference {
  key: string;
  value: string;
}

/** The stored form of a preference, or null after what is wrong with it was reported under `path`. */
export function cleanPreference(problems: Problems, path: string, input: PreferenceInput): CleanPreference | null {
  const before = problems.length;
  const key = requiredLine(problems, `${path}key`, input.key, 100);
  const value = requiredLine(problems, `${path}value`, input.value, 500);
  return problems.length > before ? null : { key, value };
}
