import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { areAlike, type FloodPost, featuresOf, findFloods, groupAlike } from './flood.rules.js';

let count = 0;
const post = (text: string, given: Partial<FloodPost> = {}): FloodPost => {
  count += 1;
  return { id: `p${count}`, authorId: `a${count}`, text, hashtags: [], links: [], ...given };
};
const alike = (one: string, other: string) => areAlike(featuresOf(post(one)), featuresOf(post(other)));

const COMPLAINTS = [
  'La web de la panadería no carga y no puedo pagar mi pedido',
  '¿Alguien más? La web no carga, imposible pagar el pedido',
  'Llevo una hora: la WEB no me deja pagar el pedido, no carga',
  'no puedo pagar, el pedido no carga en la página',
  'Otra vez sin poder pagar el pedido porque no carga nada',
];
const OTHERS = [
  'Qué rico estaba el pan de centeno de esta mañana',
  '¿Abren los domingos por la tarde?',
  'Busco trabajo como repartidora, tengo experiencia',
  'Mi hija quiere una tarta de chocolate para su cumpleaños',
];

test('texts are alike that share what they say, whatever their accents, capitals and small words', () => {
  expect(alike('La web no carga, imposible pagar el pedido', 'NO CARGA la página: imposible págar mi pedido')).toBe(
    true,
  );
  expect(alike(OTHERS[0]!, COMPLAINTS[0]!)).toBe(false);
  expect(alike('Hola', 'Hola')).toBe(false);
});

test('who leads to the same page says the same', () => {
  const [one, other] = ['https://example.com/corte?utm=1', 'http://www.example.com/corte/'].map(link =>
    featuresOf(post('mirad', { links: [link] })),
  );
  expect(areAlike(one!, other!)).toBe(true);
});

test('a flood is told from what else is said meanwhile', () => {
  const said = COMPLAINTS.map(text => post(text));
  const mixed = OTHERS.flatMap((text, at) => [post(text), ...(said[at] ? [said[at]] : [])]).concat(
    said.slice(OTHERS.length),
  );
  const floods = findFloods(mixed, [], { atLeast: 4, usualTimes: 48 });
  expect(floods).toHaveLength(1);
  expect(floods[0]!.posts.length).toBeGreaterThanOrEqual(4);
  expect(floods[0]!.posts.every(each => said.includes(each))).toBe(true);
  expect(floods[0]!.signature).toEqual(expect.arrayContaining(['pagar', 'carga']));
});

test('one person who says the same many times is no flood, nor is what is said as often on other days', () => {
  const again = Array.from({ length: 20 }, () => post(COMPLAINTS[0]!, { authorId: 'a' }));
  expect(findFloods(again, [], { atLeast: 4, usualTimes: 48 })).toEqual([]);
  const many = Array.from({ length: 10 }, () => post(COMPLAINTS[0]!));
  const usual = (times: number) => Array.from({ length: times }, () => post(COMPLAINTS[1]!));
  expect(findFloods(many, usual(10), { atLeast: 4, usualTimes: 1 })).toEqual([]);
  expect(findFloods(many, usual(2), { atLeast: 4, usualTimes: 1 })).toHaveLength(1);
});

test('every post is in one group, and likeness has no direction', () => {
  const text = fc.array(fc.constantFrom('pan', 'web', 'pagar', 'carga', 'pedido', 'tarta', 'centeno', 'domingo'), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 30 }), texts => {
      const posts = texts.map(words => post(words.join(' ')));
      const grouped = groupAlike(posts).flatMap(group => group.posts);
      expect(new Set(grouped).size).toBe(grouped.length);
      expect(grouped.length).toBe(posts.filter(each => featuresOf(each).size > 0).length);
      for (const one of posts.slice(0, 5))
        for (const other of posts.slice(0, 5))
          expect(areAlike(featuresOf(one), featuresOf(other))).toBe(areAlike(featuresOf(other), featuresOf(one)));
    }),
  );
});
