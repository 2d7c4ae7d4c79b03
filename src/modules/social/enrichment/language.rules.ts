import { eld } from 'eld/extrasmall';
import { LANGUAGE_WORDS } from './language.words.js';
import { withoutLinks } from './text.rules.js';

export interface DetectedLanguage {
  /** BCP 47; `und` when the text does not say enough. */
  code: string;
  /** 0..1: the winner's share against the runner-up, so .5 is a toss-up. */
  readonly confidence: number;
}

// Small languages in Latin script are left out: on short posts they are far more often a mistaken Spanish, Portuguese or English.
const SMALL_LATIN = new Set(['az', 'et', 'is', 'ku', 'lt', 'lv', 'sl', 'sq', 'yo']);

const detector = eld.newInstance();
detector.setLanguageSubset(Object.values(detector.info().Languages).filter(code => !SMALL_LATIN.has(code)));

const MOST_CHARACTERS = 2_000;
const FEWEST_LETTERS = 4;
// Below this an unreliable guess about a few letters is no better than chance.
const FEWEST_LETTERS_WHEN_UNSURE = 12;

const MARKERS = new Map<string, 'en' | 'es' | 'pt' | undefined>();
for (const [code, list] of Object.entries(LANGUAGE_WORDS) as ['en' | 'es' | 'pt', string][]) {
  // A word two lists claim tells nothing.
  for (const word of new Set(list.split(/\s+/))) MARKERS.set(word, MARKERS.has(word) ? undefined : code);
}
const MARKERS_TO_OVERRULE = 2;

/** Language of a post. Handles, links and the signs of hashtags are not language and are taken out first. */
export function detectLanguage(text: string): DetectedLanguage {
  const words = withoutLinks(text.slice(0, MOST_CHARACTERS))
    .replace(/[@＠][\p{L}\p{N}_.@-]+/gu, ' ')
    .replace(/[#＃_]/g, ' ');
  const letters = words.match(/\p{L}/gu)?.length ?? 0;
  if (letters < FEWEST_LETTERS) return UNDETERMINED;
  const result = detector.detect(words);
  const isGuess = !result.language || (letters < FEWEST_LETTERS_WHEN_UNSURE && !result.isReliable());
  const markers = countMarkers(words);
  const favourite = favouriteOf(markers);
  if (isGuess) return favourite ? { code: favourite, confidence: UNSURE } : UNDETERMINED;
  const lead = favourite ? markers[favourite] - (markers[result.language as 'en'] ?? 0) : 0;
  if (favourite && lead >= MARKERS_TO_OVERRULE) return { code: favourite, confidence: UNSURE };
  return {
    code: result.language,
    // Ordering the scores of all languages takes a third as long as detecting one: only for who asks.
    get confidence() {
      const [first = 0, second = 0] = Object.values(result.getScores()).sort((a, b) => b - a);
      return first + second > 0 ? round(first / (first + second)) : 0;
    },
  };
}

const UNSURE = 0.5;

function countMarkers(words: string): Record<'en' | 'es' | 'pt', number> {
  const counts = { en: 0, es: 0, pt: 0 };
  for (const [word] of words.toLowerCase().matchAll(/\p{L}+(?:['’]\p{L}+)?/gu)) {
    const code = MARKERS.get(word.replace('’', "'"));
    if (code) counts[code]++;
  }
  return counts;
}

/** The language with strictly the most markers. */
function favouriteOf(counts: Record<'en' | 'es' | 'pt', number>): 'en' | 'es' | 'pt' | undefined {
  const [first, second] = (Object.entries(counts) as ['en' | 'es' | 'pt', number][]).sort((a, b) => b[1] - a[1]);
  return first![1] > second![1] ? first![0] : undefined;
}

const UNDETERMINED: DetectedLanguage = Object.freeze({ code: 'und', confidence: 0 });

function round(share: number): number {
  return Math.round(share * 1000) / 1000;
}
