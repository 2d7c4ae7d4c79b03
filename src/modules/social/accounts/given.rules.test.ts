import { expect, test } from '@jest/globals';
import { InputError } from '../../../platform/errors.js';
import type { ChannelField } from '../channel.directory.js';
import { sortGiven } from './given.rules.js';

const field = (name: string, kind: ChannelField['kind'], required = false): ChannelField => ({
  name,
  kind,
  required,
  description: name,
});
const channel = {
  fields: [field('host', 'setting', true), field('password', 'secret', true), field('port', 'setting')],
};

const problems = (...input: Parameters<typeof sortGiven> extends [unknown, ...infer Rest] ? Rest : never) => {
  try {
    sortGiven(channel, ...input);
    return [];
  } catch (error) {
    return (error as InputError).problems.map(({ field: at, code }) => `${at} ${code}`);
  }
};

test('settings and secrets are kept apart, over what was known', () => {
  const known = { settings: { host: 'a', port: '1' }, credentials: { password: 'x', token: 'kept' } };
  expect(sortGiven(channel, { settings: [{ name: 'host', value: 'b' }], secrets: null }, known)).toEqual({
    settings: { host: 'b', port: '1' },
    credentials: { password: 'x', token: 'kept' },
  });
});

test('whatever is missing, unknown, empty, twice there or in the wrong place is told by its name', () => {
  expect(problems({})).toEqual(['settings.host REQUIRED', 'secrets.password REQUIRED']);
  const host = { name: 'host', value: 'h' };
  const password = { name: 'password', value: 'p' };
  expect(problems({ settings: [host, host], secrets: [password] })).toEqual(['settings.host INVALID']);
  expect(problems({ settings: [host], secrets: [{ name: 'password', value: ' ' }] })).toEqual([
    'secrets.password REQUIRED',
  ]);
  expect(problems({ settings: [host, password], secrets: [password] })).toEqual(['settings.password INVALID']);
  expect(problems({ settings: [host, { name: '__proto__', value: 'p' }], secrets: [password] })).toEqual([
    'settings.__proto__ INVALID',
  ]);
  expect(problems({ settings: [{ name: 'host', value: 'a\u0000b' }], secrets: [password] })).toEqual([
    'settings.host INVALID',
  ]);
});
