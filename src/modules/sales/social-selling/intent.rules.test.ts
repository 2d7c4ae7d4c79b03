import { describe, expect, test } from '@jest/globals';
import { intentOf, intentOfPost, LEAST_STRENGTH } from './intent.rules.js';

const wants = (text: string, language: string): boolean => intentOf(text, language).strength >= LEAST_STRENGTH;

describe('somebody seems to want to buy who says', () => {
  test.each([
    ['en', 'Can anyone recommend a good bakery near the station?'],
    ['en', 'Anyone know a good sourdough baker in town?'],
    ['en', 'Where can I buy your rye bread in Leeds?'],
    ['en', "We're looking for a new flour supplier for our cafés, any suggestions?"],
    ['en', 'How much is the wedding cake in the window?'],
    ['en', 'How much does a tray of twelve croissants cost?'],
    ['en', 'Fed up with my bakery and looking for a better one, thinking of switching to you'],
    ['en', 'Do you ship to Portugal?'],
    ['es', '¿Alguien me recomienda una panadería buena por Chamberí?'],
    ['es', '¿Alguien recomienda un horno industrial que no falle?'],
    ['es', 'Busco una panadería que haga tortas sin gluten en Rosario'],
    ['es', '¿Dónde puedo comprar el pan de masa madre que salió en la tele?'],
    ['es', 'Dónde consigo facturas veganas en Palermo???'],
    ['es', '¿Cuánto sale la docena de medialunas?'],
    ['es', 'A cómo están los tamales hoy'],
    ['es', 'Me pasan precio de la torta de tres leches por favor'],
    ['es', 'Quiero cambiarme a ustedes, mi proveedor actual es un desastre'],
    ['es', '¿Hacen envíos a Concepción?'],
    ['es', 'Conocen algún lugar donde hagan alfajores por mayor?'],
    ['pt', 'Alguém indica uma padaria boa em Pinheiros?'],
    ['pt', 'Alguém me recomenda um forno para pão?'],
    ['pt', 'Onde compro esse pão de queijo em Lisboa?'],
    ['pt', 'Quanto custa o bolo de aniversário para 20 pessoas?'],
    ['pt', 'Procuro um fornecedor de farinha no Porto'],
    ['pt', 'Quanto tá o cento de salgadinho?'],
    ['pt', 'Quero mudar de fornecedor, alguém pode indicar um?'],
    ['pt', 'Vcs entregam em Niterói?'],
    ['und', 'Alguém indica uma padaria boa?'],
  ])('(%s) %s', (language, text) => {
    expect(wants(text, language)).toBe(true);
  });
});

describe('nobody is taken to want to buy who says', () => {
  test.each([
    ['en', 'I would not recommend a cake from here to anyone.'],
    ['en', "I don't want to buy a thing from you ever again"],
    ['en', 'How much longer do I have to wait for my order?'],
    ['en', 'Looking for a job as a baker'],
    ['en', 'Where can I buy a new brain lol'],
    ['en', 'We sell the best bread: where to buy? Visit our shop, order now!'],
    ['en', 'Looking for a refund since Monday, can anyone help?'],
    ['en', 'Ten of us walked in and loved the bread.'],
    ['en', 'They recommend a diet without bread'],
    ['en', 'My doctor would recommend some rest'],
    ['en', 'They said the price. Please call me back.'],
    ['es', 'No busco una panadería nueva, la mía me encanta'],
    ['es', 'Te recomiendo una panadería en el centro'],
    ['es', 'Busco trabajo de panadera'],
    ['es', 'Busco una solución a mi problema con el pedido'],
    ['es', 'El precio de la gasolina sube otra vez'],
    ['es', 'Busco una novia que me traiga medialunas jaja'],
    ['es', '¿Cuánto cuesta responder un mensaje?'],
    ['es', 'Vendo horno casi nuevo, ¿quién quiere? Hacemos envíos'],
    ['es', 'No quiero comprar más acá'],
    ['es', '¿Dónde puedo comprar paciencia? jajaja'],
    ['pt', 'Não recomendo a padaria da esquina'],
    ['pt', 'Procuro emprego de padeiro'],
    ['pt', 'Estou à procura de uma resposta'],
    ['pt', 'Procuro uma solução para o meu pedido'],
    ['pt', 'Quanto custa responder uma mensagem?'],
    ['pt', 'Não quero comprar nada hoje'],
    ['pt', 'Onde compro vergonha na cara para vocês kkkk'],
    ['pt', 'Quanto tempo demora a entrega?'],
  ])('(%s) %s', (language, text) => {
    expect(wants(text, language)).toBe(false);
  });
});

test('the words that decided are given as they were written and where, and their weights add up', () => {
  const text = 'Hola, ¿alguien me RECOMIENDA una panadería? ¿Cuánto sale el pan?';
  const { strength, words } = intentOf(text, 'es-AR');
  expect(words.map(({ code, phrase }) => [code, phrase])).toEqual([
    ['RECOMMENDATION', 'alguien me RECOMIENDA'],
    ['PRICE', 'Cuánto sale'],
  ]);
  for (const { phrase, start, end } of words) expect(text.slice(start, end)).toBe(phrase);
  expect(strength).toBe(1);
  const joking = intentOf('Where can I buy this? 😂', 'en');
  expect(joking.words.map(({ weight }) => weight)).toEqual([0.7, -0.4]);
  expect(joking.strength).toBe(0.3);
});

test('what we, machines and others’ words say is nobody’s intent', () => {
  const post = {
    kind: 'MENTION',
    text: 'Where can I buy your bread?',
    title: null,
    language: 'en',
    own: false,
    auto: false,
    deletedAt: null,
  };
  expect(intentOfPost(post)?.strength).toBe(0.7);
  for (const over of [{ own: true }, { auto: true }, { deletedAt: '2026-11-01T10:00:00Z' }, { kind: 'REPOST' }])
    expect(intentOfPost({ ...post, ...over })).toBeNull();
  expect(intentOfPost({ ...post, text: 'See above', title: 'Anyone know a good bakery?' })).not.toBeNull();
});

test('a long text without end is read in moments', () => {
  const begun = Date.now();
  intentOf('where can i buy how much is anyone recommend '.repeat(5000), 'und');
  intentOf('a'.repeat(200_000), 'und');
  expect(Date.now() - begun).toBeLessThan(1000);
});
