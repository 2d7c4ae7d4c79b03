import { describe, expect, test } from '@jest/globals';
import { foldWords, soundOf } from './fold.js';
import { chosenPart, lettersOf, yearOfHandle } from './handles.js';
import { partsOfName, rootOf } from './names.js';

describe('a name', () => {
  test.each([
    ['María Pérez', ['maria'], ['perez']],
    ['María Pérez Gómez', ['maria'], ['perez', 'gomez']],
    ['Ana María Pérez', ['ana', 'maria'], ['perez']],
    ['Ana María Pérez Gómez', ['ana', 'maria'], ['perez', 'gomez']],
    ['Ana de la Fuente Ríos', ['ana'], ['fuente', 'rios']],
    ['Pérez Gómez, María', ['maria'], ['perez', 'gomez']],
    ['Dra. María Pérez ✨ | abogada', ['maria'], ['perez']],
    ['João Pedro da Silva', ['joao', 'pedro'], ['silva']],
    ['María P.', ['maria'], ['p']],
    ["Sean O'Brien", ['sean'], ['obrien']],
    ['𝓜𝓪𝓻𝓲𝓪 𝓟𝓮𝓻𝓮𝔃', ['maria'], ['perez']],
    ['María', ['maria'], []],
    ['', [], []],
  ])('%s comes apart', (shown, given, surnames) => {
    expect(partsOfName(shown)).toEqual({ given, surnames });
  });

  test.each([
    ['pepe', 'jose'],
    ['paco', 'francisco'],
    ['bill', 'william'],
    ['ze', 'jose'],
    ['nacho', 'ignacio'],
    ['maria', 'maria'],
    ['xyz', 'xyz'],
  ])('%s stands for %s', (name, root) => expect(rootOf(name)).toBe(root));

  test.each([
    ['gonzalez', 'gonzales'],
    ['vazquez', 'basques'],
    ['jimenez', 'gimenez'],
    ['hernandez', 'ernandes'],
  ])('%s sounds like %s', (one, other) => expect(soundOf(one)).toBe(soundOf(other)));

  test('is folded without accents', () => expect(foldWords('Ñandú-Łódź')).toBe('nandu lodz'));
});

describe('a handle', () => {
  test.each([
    ['@Maria.Perez84', 'maria.perez84', 'mariaperez', '1984'],
    ['maria@mastodon.social', 'maria', 'maria', null],
    ['mariaperez.bsky.social', 'mariaperez', 'mariaperez', null],
    ['mperez_1990', 'mperez_1990', 'mperez', '1990'],
    ['josé07', 'jose07', 'jose', '2007'],
    ['ana123', 'ana123', 'ana', null],
  ])('%s is read as its owner made it', (handle, chosen, letters, year) => {
    expect(chosenPart(handle)).toBe(chosen);
    expect(lettersOf(chosenPart(handle))).toBe(letters);
    expect(yearOfHandle(chosenPart(handle))).toBe(year);
  });
});
