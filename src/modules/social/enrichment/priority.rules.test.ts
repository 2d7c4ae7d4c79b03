import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PostKind } from '../networks.js';
import { type PriorityInput, priorityOf } from './priority.rules.js';
import { explainReason } from './reason.rules.js';

const plain: PriorityInput = {
  text: 'The office opens at nine',
  language: 'en',
  kind: PostKind.MENTION,
  sentiment: { label: 'NEUTRAL', score: 0 },
};
const codes = (input: Partial<PriorityInput>) => priorityOf({ ...plain, ...input }).reasons.map(({ code }) => code);

describe('the priority of a post', () => {
  test.each([
    ['Where is my parcel', 'en', 'QUESTION'],
    ['is it open?', 'en', 'QUESTION'],
    ['alguien sabe si hay pan', 'es', 'QUESTION'],
    ['como faço para trocar', 'pt', 'QUESTION'],
    ['I want a refund', 'en', 'COMPLAINT'],
    ['llevo esperando dos horas', 'es', 'COMPLAINT'],
    ['ninguém atende o telefone', 'pt', 'COMPLAINT'],
    ['we are stranded at the airport', 'en', 'URGENCY'],
    ['es una emergencia', 'es', 'URGENCY'],
    ['clonaram meu cartão', 'pt', 'URGENCY'],
    ['I am done with you, closing my account', 'en', 'CHURN'],
    ['me voy a dar de baja', 'es', 'CHURN'],
    ['vou cancelar', 'pt', 'CHURN'],
    ['you will hear from my lawyer', 'en', 'LEGAL'],
    ['voy a Profeco', 'es', 'LEGAL'],
    ['abri reclamação no Procon', 'pt', 'LEGAL'],
  ])('«%s» (%s) gives %s', (text, language, code) => {
    expect(codes({ text, language })).toContain(code);
  });

  test('a plain remark by a stranger has none', () => {
    expect(priorityOf(plain)).toEqual({ score: 0, reasons: [] });
  });

  test('a question mark inside a link asks nothing', () => {
    expect(codes({ text: 'see https://example.com/?q=1' })).toEqual([]);
  });

  test('reach counts by orders of magnitude', () => {
    const reach = (followersCount: number) => priorityOf({ ...plain, followersCount }).score;
    expect([reach(0), reach(100), reach(10_000), reach(1_000_000), reach(90_000_000)]).toEqual([0, 0, 10, 20, 20]);
  });

  test('customers and those close to us come before strangers', () => {
    expect(priorityOf({ ...plain, isCustomer: true }).score).toBeGreaterThan(
      priorityOf({ ...plain, relationshipStrength: 1 }).score,
    );
    expect(codes({ relationshipStrength: 0.5 })).toEqual(['RELATIONSHIP']);
  });

  test('what we or machines wrote needs no answer', () => {
    const angry = { ...plain, text: 'URGENT! where is my refund?', followersCount: 1e6 };
    expect(priorityOf({ ...angry, own: true }).score).toBe(0);
    expect(priorityOf({ ...angry, auto: true }).score).toBe(0);
  });

  test("a repost's words are not its author's", () => {
    expect(codes({ text: 'where is my refund?', kind: PostKind.REPOST })).toEqual([]);
  });

  test('each reason is told in three languages with the words that gave it away', () => {
    const { reasons } = priorityOf({ ...plain, text: 'I want a refund', followersCount: 25_000 });
    expect(reasons.map(reason => explainReason(reason, 'en'))).toEqual([
      'It complains: «refund»',
      'The author has 25,000 followers',
    ]);
    expect(reasons.map(reason => explainReason(reason, 'es-MX'))).toEqual([
      'Se queja: «refund»',
      'Quien lo escribe tiene 25.000 seguidores',
    ]);
    expect(reasons.map(reason => explainReason(reason, 'pt'))).toEqual([
      'Reclama: «refund»',
      'Quem escreve tem 25.000 seguidores',
    ]);
    expect(explainReason({ code: 'SOMETHING_NEW' }, 'fr')).toBe('SOMETHING_NEW');
  });

  test('any post scores from 0 to 100, the weightiest reason first', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.constantFrom('en', 'es', 'pt', 'und', 'toString'),
        fc.constantFrom(...Object.values(PostKind)),
        fc.double(),
        fc.double({ min: -1, max: 1 }),
        (text, language, kind, followersCount, score) => {
          const label = score < 0 ? 'NEGATIVE' : 'POSITIVE';
          const input = {
            text,
            language,
            kind,
            followersCount,
            relationshipStrength: score,
            sentiment: { label, score },
          } as const;
          const priority = priorityOf(input);
          expect(priority.score).toBeGreaterThanOrEqual(0);
          expect(priority.score).toBeLessThanOrEqual(100);
          const weights = priority.reasons.map(({ weight }) => weight);
          expect(weights).toEqual([...weights].sort((a, b) => b - a));
          expect(priorityOf(input)).toEqual(priority);
        },
      ),
    );
  });
});
