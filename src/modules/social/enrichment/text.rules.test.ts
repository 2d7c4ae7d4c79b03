import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Network } from '../networks.js';
import {
  extractHandles,
  extractHashtags,
  extractLinks,
  MOST_TEXT,
  normaliseHandle,
  standardiseText,
} from './text.rules.js';

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .array(
      fc.constantFrom('@', '#', 'u/', 'http://', '.', '-', 'á', '\ud800', '\u202e', '&amp;', ' ', 'ab', '(', ')', '😀'),
      { maxLength: 60 },
    )
    .map(parts => parts.join('')),
);

describe('the text of a post', () => {
  test('HTML references are decoded once', () => {
    expect(standardiseText('fish &amp; chips &lt;3 &quot;yes&quot; it&#39;s')).toBe(`fish & chips <3 "yes" it's`);
    expect(standardiseText('&amp;lt;')).toBe('&lt;');
    expect(standardiseText('AT&T &copy')).toBe('AT&T &copy');
  });

  test('NUL and other controls go, tabs and line ends stay', () => {
    expect(standardiseText('a\0b\x07c\td\r\ne\x85&#0;')).toBe('abc\td\ne\ufffd');
  });

  test('unpaired surrogates go, pairs stay', () => {
    expect(standardiseText('a\ud83d b 😀 \ude00c')).toBe('a b 😀 c');
  });

  test('marks that make a text read as another go, plain right-to-left marks stay', () => {
    expect(standardiseText('pay\u202Egnp.exe\u2066x\u2069 &#x202E;\u200Fשלום\u200E.')).toBe(
      'paygnp.exex \u200Fשלום\u200E.',
    );
  });

  test('letters and their accents become one character', () => {
    expect(standardiseText('cafe\u0301')).toBe('café');
  });

  test('a text too long is cut between characters', () => {
    const cut = standardiseText(`a${'😀'.repeat(MOST_TEXT)}`);
    expect(cut.length).toBeLessThanOrEqual(MOST_TEXT);
    expect(cut.isWellFormed()).toBe(true);
  });

  test('whatever comes in, what is kept is well-formed, bounded and free of controls', () => {
    fc.assert(
      fc.property(anyText, raw => {
        const kept = standardiseText(raw);
        expect(kept.isWellFormed()).toBe(true);
        expect(kept).not.toMatch(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/u);
        expect(kept).toBe(kept.normalize('NFC').trim());
        if (!kept.includes('&')) expect(standardiseText(kept)).toBe(kept);
      }),
    );
  });
});

describe('handles', () => {
  test.each([
    [Network.TWITTER, 'thanks @United and .@united (@JetBlue) RT @a_b: hi', ['united', 'jetblue', 'a_b']],
    [Network.TWITTER, 'write to info@virginamerica.com or a@@b, x@y', []],
    [Network.TWITTER, '@abcdefghijklmnop is a letter too long', []],
    [Network.TWITTER, 'read https://medium.com/@somebody/post', []],
    [Network.MASTODON, 'hola @Ana@Mastodon.Social. y @luis', ['ana@mastodon.social', 'luis']],
    [Network.BLUESKY, 'hi @Alice.bsky.social, not @alice', ['alice.bsky.social']],
    [Network.INSTAGRAM, 'de @pan.rico_. y @x', ['pan.rico_', 'x']],
    [Network.REDDIT, 'ask u/Some-One or /u/other, not menu/item', ['some-one', 'other']],
    [Network.TELEGRAM, '@abc @abcd', ['abcd']],
    [Network.WHATSAPP, 'hola @5215512345678', ['5215512345678']],
    [Network.EMAIL, 'dear @all', []],
  ])('on %s «%s» mentions %j', (network, text, handles) => {
    expect(extractHandles(text, network)).toEqual(handles);
  });

  test('one spelling stands for all ways a handle is written', () => {
    expect(normaliseHandle(Network.TWITTER, ' @JetBlue ')).toBe('jetblue');
    expect(normaliseHandle(Network.REDDIT, '/u/Some-One')).toBe('some-one');
    expect(normaliseHandle(Network.MASTODON, '@Ana@Bücher.example')).toBe('ana@xn--bcher-kva.example');
    expect(normaliseHandle(Network.PHONE, '+52 (55) 1234-5678')).toBe('+525512345678');
  });

  test('normalising a handle twice changes nothing more', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(Network)),
        fc.string({ unit: 'grapheme', maxLength: 40 }),
        (network, handle) => {
          const once = normaliseHandle(network, handle.replaceAll('@', '').replace(/u\//gi, ''));
          expect(normaliseHandle(network, once)).toBe(once);
        },
      ),
    );
  });

  test('no text of any network makes the readers throw, repeat themselves or grow without bound', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom(...Object.values(Network)), (text, network) => {
        for (const found of [extractHandles(text, network), extractHashtags(text), extractLinks(text)]) {
          expect(new Set(found).size).toBe(found.length);
          expect(found.length).toBeLessThanOrEqual(200);
        }
      }),
    );
  });
});

describe('hashtags and links', () => {
  test('a hashtag needs a letter, and each counts once', () => {
    expect(extractHashtags('#PanRico #panrico #1 a#b #año2024 C# https://x.co/#frag')).toEqual(['panrico', 'año2024']);
  });

  test('a link ends before the sentence does', () => {
    expect(
      extractLinks('see http://t.co/AbC, (https://en.wikipedia.org/wiki/Pan_(food)) www.example.com. http://t.co/AbC'),
    ).toEqual(['http://t.co/AbC', 'https://en.wikipedia.org/wiki/Pan_(food)', 'https://www.example.com/']);
    expect(extractLinks('http:// https://x http://localhost javascript:alert(1)')).toEqual([]);
  });
});
