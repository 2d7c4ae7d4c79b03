import { expect, test } from '@jest/globals';
import { authorsOfWords, tellingWords, wordsOf } from './words.rules.js';

test('words are what a text is about, in three languages', () => {
  expect([...wordsOf('The #Pan de @panaderia está delicioso, não é? https://pan.example/x')]).toEqual([
    'pan',
    'delicioso',
  ]);
});

test('a group is told by what its people say and others do not, not by what one of them repeats', () => {
  const say = (authorId: string, text: string) => ({ authorId, text });
  const group = [
    say('a', 'sourdough again'),
    say('b', 'sourdough service'),
    say('c', 'sourdough service'),
    say('a', 'bagel'),
    say('a', 'bagel'),
  ];
  const others = Array.from({ length: 30 }, (_, at) => say(`o${at}`, 'service train'));
  const words = tellingWords(authorsOfWords(group), authorsOfWords([...group, ...others]), { fewest: 2, most: 3 });
  expect(words[0]).toBe('sourdough');
  expect(words).not.toContain('bagel');
});

test('where all say the same nobody is set apart', () => {
  const all = authorsOfWords([{ authorId: 'a', text: 'pan' }]);
  expect(tellingWords(all, all, { fewest: 1, most: 3 })).toEqual([]);
});
