import { expect, test } from '@jest/globals';
import { subnetOf } from './subnet.js';

test('callers are counted by what one subscriber has of an address', () => {
  expect(subnetOf('203.0.113.7')).toBe('203.0.113.7');
  expect(subnetOf('::ffff:203.0.113.7')).toBe('203.0.113.7');
  expect(subnetOf('::FFFF:cb00:7107')).toBe('203.0.113.7');
  expect(subnetOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2');
  expect(subnetOf('2001:db8:1:2::9')).toBe(subnetOf('2001:0DB8:0001:0002:ffff::1'));
  expect(subnetOf('2001:db8:1:3::9')).not.toBe(subnetOf('2001:db8:1:2::9'));
  expect(subnetOf('2001:db8::1')).toBe('2001:db8:0:0');
  expect(subnetOf('fe80::1%eth0')).toBe('fe80:0:0:0');
  expect(subnetOf('::1')).toBe('0:0:0:0');
  for (const none of ['', 'unknown', 'unix:']) expect(subnetOf(none)).toBe(none);
});
