import { expect, test } from '@jest/globals';
import { networkOf, newCode, shownCode, typedCode } from './code.rules.js';

test('a code has eight digits, and is read as people type it', () => {
  for (let count = 0; count < 200; count++) {
    const code = newCode();
    expect(code).toMatch(/^\d{8}$/);
    expect(typedCode(shownCode(code))).toBe(code);
    expect(typedCode(` ${code.slice(0, 3)}-${code.slice(3)}\n`)).toBe(code);
  }
});

test('who has a whole network of version 6 is counted once', () => {
  expect(networkOf('203.0.113.7')).toBe('203.0.113.7');
  expect(networkOf('::ffff:203.0.113.7')).toBe('203.0.113.7');
  expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2');
  expect(networkOf('2001:db8:1:2::9')).toBe(networkOf('2001:0db8:0001:0002:ffff::1'));
  expect(networkOf('2001:db8::1')).toBe('2001:db8:0:0');
  expect(networkOf('::1')).toBe('0:0:0:0');
});
