import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fillVariables, textFor, unknownVariables } from './canned.rules.js';

describe('a canned response', () => {
  test('says what is known, in place of its variables', () => {
    expect(
      fillVariables('Hola {{customer.firstName}}, su caso es {{ ticket.number }}.', {
        'customer.firstName': 'Rosa',
        'ticket.number': 'T-1',
      }),
    ).toEqual({ text: 'Hola Rosa, su caso es T-1.', missing: [] });
  });

  test('names what is not known, once, unless it has a word for that', () => {
    expect(fillVariables('{{agent.name}} {{agent.name}} {{customer.name|cliente}}', {})).toEqual({
      text: '{{agent.name}} {{agent.name}} cliente',
      missing: ['agent.name'],
    });
  });

  test('refuses what is no variable', () => {
    expect(unknownVariables('{{customer.frstName}} {{ticket.number}} {{}} {{customer.frstName}}')).toEqual([
      'customer.frstName',
      '',
    ]);
  });

  test('never fills in what a value says, and leaves other texts as they are', () => {
    expect(
      fillVariables('{{customer.name}}', { 'customer.name': '{{ticket.number}}', 'ticket.number': 'T-1' }).text,
    ).toBe('{{ticket.number}}');
    fc.assert(
      fc.property(fc.string(), text => {
        fc.pre(!text.includes('{{'));
        expect(fillVariables(text, {})).toEqual({ text, missing: [] });
      }),
    );
  });

  test.each([
    [['es-AR'], 'es'],
    [['de', 'pt'], 'pt-BR'],
    [[null, 'PT-br'], 'pt-BR'],
    [['de'], 'es'],
  ])('for %j is said in %s', (wanted, language) => {
    expect(textFor({ es: 'hola', 'pt-BR': 'olá' }, wanted).language).toBe(language);
  });
});
