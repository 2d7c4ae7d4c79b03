import { expect, test } from '@jest/globals';
import { newCode, shownCode, typedCode } from './code.rules.js';

test('a code has eight digits, and is read as people type it', () => {
  for (let count = 0; count < 200; count++) {
    const code = newCode();
    expect(code).toMatch(/^\d{8}$/);
    expect(typedCode(shownCode(code))).toBe(code);
    expect(typedCode(` ${code.slice(0, 3)}-${code.slice(3)}\n`)).toBe(code);
  }
});
