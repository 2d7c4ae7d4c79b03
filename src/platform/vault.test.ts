import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { configuredVault, openVault } from './vault.js';

const [first, second] = [randomBytes(32), randomBytes(32)];
const values = { token: 'pan y sal', password: 'ñ🥖' };

describe('what is sealed', () => {
  test('opens for its owner as it was, and is another text each time', async () => {
    const vault = openVault(first);
    const sealed = [await vault.seal(values, 'ana'), await vault.seal(values, 'ana')];
    expect(sealed[0]).not.toBe(sealed[1]);
    expect(sealed.join()).not.toContain('pan');
    expect(await vault.open(sealed[0]!, 'ana')).toEqual(values);
  });

  test('does not open for another owner', async () => {
    const vault = openVault(first);
    await expect(vault.open(await vault.seal(values, 'ana'), 'luz')).rejects.toThrow('somebody else');
  });

  test('does not open once a character of it was changed, wherever', async () => {
    const vault = openVault(first);
    const sealed = await vault.seal(values, 'ana');
    const parts = sealed.split('.');
    for (const at of [0, 2, 3, 4]) {
      const changed = parts.map((part, place) =>
        place === at ? `${part[0] === 'A' ? 'B' : 'A'}${part.slice(1)}` : part,
      );
      await expect(vault.open(changed.join('.'), 'ana')).rejects.toThrow();
    }
    await expect(vault.open('', 'ana')).rejects.toThrow();
  });

  test('with a key that was replaced opens while the key is known, and says that it is not current', async () => {
    const sealed = await openVault(first).seal(values, 'ana');
    const rotated = openVault(second, [first]);
    expect(await rotated.open(sealed, 'ana')).toEqual(values);
    expect(rotated.isCurrent(sealed)).toBe(false);
    expect(rotated.isCurrent(await rotated.seal(values, 'ana'))).toBe(true);
    await expect(openVault(second).open(sealed, 'ana')).rejects.toThrow('does not have');
  });

  test('before an installation had a key of its own still opens with it', async () => {
    const keys = { key: () => first };
    const sealed = await configuredVault({ CREDENTIALS_KEYS_BEFORE: [] }, keys).seal(values, 'ana');
    const own = configuredVault({ CREDENTIALS_KEY: second, CREDENTIALS_KEYS_BEFORE: [] }, keys);
    expect(await own.open(sealed, 'ana')).toEqual(values);
    expect(own.isCurrent(sealed)).toBe(false);
  });
});
