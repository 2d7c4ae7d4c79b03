import { type Problems, report, throwAny } from '../../platform/input.rules.js';
import type { ErpAdapterFacts } from './desk.js';

interface Value {
  name: string;
  value: string;
}

/**
 * Throws `InputError` for secrets that are kept and were not given again although they would go to another server: who may set an
 * address is not told what we know, and neither is the server behind it.
 */
export function checkServers(
  serversOf: (settings: Record<string, string>) => readonly string[],
  settings: Record<string, string>,
  known: { settings: Record<string, string>; secrets: Record<string, string> },
  given: readonly Value[],
): void {
  const before = serversOf(known.settings);
  if (serversOf(settings).every(server => before.includes(server))) return;
  const problems: Problems = [];
  for (const name of Object.keys(known.secrets))
    if (!given.some(one => one.name === name))
      report(problems, 'secrets', `It is another server: ${name} must be given again.`, 'REQUIRED');
  throwAny(problems);
}

/**
 * Given values sorted into settings and secrets, on top of those there are; an empty one takes its setting away. Throws `InputError`
 * for what the adapter does not know, and for a secret among what is shown.
 */
export function sortValues(
  { fields }: ErpAdapterFacts,
  given: { settings?: Value[] | null; secrets?: Value[] | null },
  known: { settings: Record<string, string>; secrets: Record<string, string> } = { settings: {}, secrets: {} },
): { settings: Record<string, string>; secrets: Record<string, string> } {
  const problems: Problems = [];
  const sorted = { settings: { ...known.settings }, secrets: { ...known.secrets } };
  for (const place of ['settings', 'secrets'] as const) {
    for (const [at, { name, value }] of (given[place] ?? []).entries()) {
      const field = fields.find(one => one.name === name);
      if (!field) report(problems, `${place}.${at}.name`, `It is one of ${fields.map(one => one.name).join(', ')}.`);
      else if (field.isSecret !== (place === 'secrets'))
        report(problems, `${place}.${at}.name`, `It is given under ${field.isSecret ? 'secrets' : 'settings'}.`);
      else if (value.length > 200_000) report(problems, `${place}.${at}.value`, 'It is too long.', 'TOO_LONG');
      else if (value === '') delete sorted[place][name];
      else sorted[place][name] = value;
    }
  }
  const all = { ...sorted.settings, ...sorted.secrets };
  for (const { name, isRequired, isSecret } of fields)
    if (isRequired && !all[name])
      report(problems, isSecret ? 'secrets' : 'settings', `${name} must be given.`, 'REQUIRED');
  throwAny(problems);
  return sorted;
}
