import { InputError, type InputProblem } from '../../../platform/errors.js';
import { type Channel, type ChannelField, textProblems } from '../channel.directory.js';

export interface GivenValue {
  name: string;
  value: string;
}

/** What an owner gave, by what becomes of it: settings are shown, credentials are sealed. */
export interface Given {
  settings: Record<string, string>;
  credentials: Record<string, string>;
}

const LONGEST_SETTING = 2000;
/** Private keys in PEM are among them. */
const LONGEST_SECRET = 20_000;

/**
 * Sorts what was given by the fields of the adapter, over what is `known` from before. Throws `InputError` with every name that
 * is unknown, missing, twice there or of the wrong kind, as `settings.<name>` or `secrets.<name>`.
 */
export function sortGiven(
  channel: Pick<Channel, 'fields'>,
  input: { settings?: GivenValue[] | null; secrets?: GivenValue[] | null },
  known: Given = { settings: {}, credentials: {} },
): Given {
  const settings = input.settings ?? [];
  const secrets = input.secrets ?? [];
  const problems = [
    ...settings.flatMap(one => problemsOf(channel.fields, 'setting', one)),
    ...secrets.flatMap(one => problemsOf(channel.fields, 'secret', one)),
    ...repeated('settings', settings),
    ...repeated('secrets', secrets),
  ];
  const merged = {
    settings: { ...known.settings, ...byName(settings) },
    credentials: { ...known.credentials, ...byName(secrets) },
  };
  for (const { name, kind, required } of channel.fields) {
    const values = kind === 'secret' ? merged.credentials : merged.settings;
    if (required && !Object.hasOwn(values, name))
      problems.push({ field: fieldOf(kind, name), code: 'REQUIRED', message: 'It is needed to connect.' });
  }
  if (problems.length > 0) throw new InputError(problems);
  return merged;
}

function problemsOf(
  fields: readonly ChannelField[],
  kind: ChannelField['kind'],
  { name, value }: GivenValue,
): InputProblem[] {
  const field = fieldOf(kind, name.slice(0, 100));
  const known = fields.find(one => one.name === name);
  if (!known) return [{ field, code: 'INVALID', message: 'This adapter knows nothing of this name.' }];
  if (known.kind !== kind) {
    const message = kind === 'setting' ? 'It is a secret: give it under `secrets`.' : 'It is given under `settings`.';
    return [{ field, code: 'INVALID', message }];
  }
  if (kind === 'setting' && /^[a-z][a-z\d+.-]*:\/\/[^/?#]*@/i.test(value)) {
    const message = 'A password in an address would be seen by everybody who sees the account.';
    return [{ field, code: 'NOT_ALLOWED', message }];
  }
  if (kind === 'setting') return textProblems(field, value, LONGEST_SETTING);
  if (value.trim() === '') return [{ field, code: 'REQUIRED', message: 'It must not be empty.' }];
  if (value.length > LONGEST_SECRET || !value.isWellFormed() || value.includes('\0'))
    return [{ field, code: 'INVALID', message: 'It is too long, or holds characters that cannot be kept.' }];
  return [];
}

function repeated(field: string, values: GivenValue[]): InputProblem[] {
  const names = values.map(({ name }) => name);
  const twice = new Set(names.filter((name, at) => names.indexOf(name) < at));
  return [...twice].map(name => ({ field: `${field}.${name}`, code: 'INVALID', message: 'It is given twice.' }));
}

const fieldOf = (kind: ChannelField['kind'], name: string): string =>
  `${kind === 'secret' ? 'secrets' : 'settings'}.${name}`;

const byName = (values: GivenValue[]): Record<string, string> =>
  Object.fromEntries(values.map(({ name, value }) => [name, value]));

/**
 * Whoever changes where an account is must know its secrets: kept ones are never sent to a server that they were not given for.
 * Throws `InputError` naming every secret that has to be given again.
 */
export function requireSecretsFor(
  channel: Pick<Channel, 'fields' | 'secretsGoTo'>,
  handle: string,
  { known, given, secrets }: { known: Given; given: Given; secrets: GivenValue[] | null | undefined },
): void {
  const describe = (one: Given) => channel.secretsGoTo({ kind: 'ACCOUNT', query: handle, ...one });
  if (describe(known) === describe(given)) return;
  const names = new Set((secrets ?? []).map(({ name }) => name));
  const kept = channel.fields.filter(({ name, kind }) => kind === 'secret' && Object.hasOwn(known.credentials, name));
  const missing = kept.filter(({ name }) => !names.has(name));
  const fields = new Set(channel.fields.map(({ name }) => name));
  const isSignedIn = Object.keys(known.credentials).some(name => !fields.has(name));
  const message = 'It is given again when the server changes: what was kept is not sent to another one.';
  const problems = missing.map(
    ({ name }): InputProblem => ({ field: fieldOf('secret', name), code: 'REQUIRED', message }),
  );
  if (isSignedIn)
    problems.push({
      field: 'settings',
      code: 'NOT_ALLOWED',
      message: 'On another server it is another account: connect that.',
    });
  if (problems.length > 0) throw new InputError(problems);
}
