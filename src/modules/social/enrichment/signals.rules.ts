import { SIGNAL_WORDS, type SignalCode } from './priority.words.js';
import { fold, type Token } from './sentiment/tokens.js';

export interface Signal {
  code: SignalCode;
  /** The words that gave it away, as they were written; a question told by its mark alone has «?». */
  words: string;
}

interface Pattern {
  code: SignalCode;
  words: string[];
}

type Patterns = ReadonlyMap<string, readonly Pattern[]>;

const PATTERNS: Readonly<Record<'en' | 'es' | 'pt', Patterns>> = {
  en: compile('en'),
  es: compile('es'),
  pt: compile('pt'),
};

const SHORTEST_PREFIX = 4;
const LONGEST_PREFIX = 12;

/** By first word; one-word prefixes under their letters and a star. */
function compile(language: 'en' | 'es' | 'pt'): Patterns {
  const patterns = new Map<string, Pattern[]>();
  for (const [code, list] of Object.entries(SIGNAL_WORDS[language]) as [SignalCode, string][]) {
    for (const entry of list.split(/\s+/).filter(Boolean)) {
      const words = fold(entry).split('_');
      const known = patterns.get(words[0]!);
      const pattern = { code, words };
      if (known) known.push(pattern);
      else patterns.set(words[0]!, [pattern]);
    }
  }
  return patterns;
}

/** What a post says beyond its mood: the first sign of each kind. A text of no known language is read in all three. */
export function findSignals(tokens: readonly Token[], language: string): Signal[] {
  const base = language.slice(0, 2).toLowerCase();
  const lists = base in PATTERNS ? [PATTERNS[base as 'en']] : Object.values(PATTERNS);
  const found = new Map<SignalCode, string>();
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!;
    if (token.kind === 'marks' && /[?¿]/.test(token.raw)) {
      if (!found.has('QUESTION')) found.set('QUESTION', '?');
    } else if (token.kind === 'word') {
      for (const patterns of lists) lookUp(patterns, tokens, at, found);
    }
  }
  return [...found].map(([code, words]) => ({ code, words }));
}

function lookUp(patterns: Patterns, tokens: readonly Token[], at: number, found: Map<SignalCode, string>): void {
  const first = tokens[at]!.text;
  for (const { code, words } of patterns.get(first) ?? []) {
    if (!found.has(code) && follows(tokens, at, words)) found.set(code, written(tokens, at, words.length));
  }
  for (let length = Math.min(first.length, LONGEST_PREFIX); length >= SHORTEST_PREFIX; length--) {
    for (const { code } of patterns.get(`${first.slice(0, length)}*`) ?? []) {
      if (!found.has(code)) found.set(code, tokens[at]!.raw);
    }
  }
}

function follows(tokens: readonly Token[], at: number, words: readonly string[]): boolean {
  for (let i = 1; i < words.length; i++) {
    const token = tokens[at + i];
    if (token?.kind !== 'word') return false;
    const wanted = words[i]!;
    if (wanted.endsWith('*') ? !token.text.startsWith(wanted.slice(0, -1)) : token.text !== wanted) return false;
  }
  return true;
}

function written(tokens: readonly Token[], at: number, length: number): string {
  return tokens
    .slice(at, at + length)
    .map(({ raw }) => raw)
    .join(' ');
}
