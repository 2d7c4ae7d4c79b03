import { expect, test } from '@jest/globals';
import { hookSecrets } from './hook.secrets.js';
import { faultOfAddress } from './subscribing.js';

test('a network is asked to call a public https address only', () => {
  for (const url of ['https://crm.example.com', 'https://8.8.8.8', 'https://[2606:4700::1111]:8443/under'])
    expect([url, faultOfAddress(url)]).toEqual([url, null]);
  for (const url of [
    'http://crm.example.com',
    'https://localhost:4000',
    'https://127.0.0.1',
    'https://10.1.2.3',
    'https://[::1]',
    'https://crm.local',
    'https://crm',
  ])
    expect([url, faultOfAddress(url)?.class]).toEqual([url, 'invalid']);
});

test('what a network proves itself by is another for each account, and the same for as long as the key is', () => {
  const [ours, theirs] = [hookSecrets(Buffer.alloc(32, 1)), hookSecrets(Buffer.alloc(32, 2))];
  expect(ours('a')).toBe(ours('a'));
  expect(new Set([ours('a'), ours('b'), theirs('a')]).size).toBe(3);
  expect(ours('a')).toMatch(/^[\w-]{43}$/);
});
