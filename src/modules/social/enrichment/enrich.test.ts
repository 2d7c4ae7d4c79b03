import { describe, expect, test } from '@jest/globals';
import { Network, PostKind } from '../networks.js';
import { enrich } from './enrich.js';

describe('a post on its way in', () => {
  test('is given language, handles, hashtags, links, sentiment and priority at once', () => {
    const given = enrich({
      text: 'No me funciona internet &amp; nadie contesta 😡 @MiOperador #Harto https://t.co/AbC',
      network: Network.TWITTER,
      kind: PostKind.MENTION,
      isCustomer: true,
    });
    expect(given).toMatchObject({
      text: 'No me funciona internet & nadie contesta 😡 @MiOperador #Harto https://t.co/AbC',
      language: 'es',
      handles: ['mioperador'],
      hashtags: ['harto'],
      links: ['https://t.co/AbC'],
      sentiment: { label: 'NEGATIVE', model: 'lexicon' },
    });
    expect(given.priority.reasons.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['RELATIONSHIP', 'SENTIMENT', 'COMPLAINT']),
    );
  });

  test('keeps the language its network is sure of', () => {
    const given = enrich({ text: 'ok', network: Network.MASTODON, kind: PostKind.MENTION, language: 'pt-BR' });
    expect(given).toMatchObject({ language: 'pt-BR' });
  });

  test.each([
    ['a megabyte of emoji', '😀'.repeat(250_000)],
    ['a megabyte of at signs', '@a'.repeat(500_000)],
    ['brackets without end', `https://example.com/${'('.repeat(50_000)}${')'.repeat(40_000)}`],
    ['one word without end', 'a'.repeat(1_000_000)],
    ['nothing', ''],
  ])('survives %s', (_, text) => {
    for (const network of Object.values(Network)) {
      const given = enrich({ text, network, kind: PostKind.POST });
      expect(given.text.length).toBeLessThanOrEqual(100_000);
      expect(given.handles.length).toBeLessThanOrEqual(200);
    }
  });
});
