import { INTENT_WORDS, type IntentCode, type IntentLanguage, NEGATIONS, WEIGHTS } from './intent.words.js';

/** A phrase that decided, where it stands in the text (UTF-16 units), and what it weighed; negative speaks against it. */
export interface IntentWord {
  code: IntentCode;
  phrase: string;
  start: number;
  end: number;
  weight: number;
}

export interface Intent {
  /** 0..1: the sum of the weights of the words, within these bounds. */
  strength: number;
  /** In the order of the text. */
  words: IntentWord[];
}

/** From this strength on somebody is worth being suggested. */
export const LEAST_STRENGTH = 0.5;

/** What may be between the parts of a phrase with a gap. */
const MOST_BETWEEN = 5;
/** How near before a phrase a negation must be to turn it around. */
const NEGATION_REACH = 2;
const MOST_TEXT = 5000;
const WANTS: readonly IntentCode[] = ['RECOMMENDATION', 'PURCHASE', 'PRICE', 'SEARCH', 'LEAVING'];
const LANGUAGES: readonly IntentLanguage[] = ['en', 'es', 'pt'];

interface Token {
  text: string;
  start: number;
  end: number;
  /** Whether a sentence ends before it: no phrase goes on across that. */
  begins: boolean;
}

interface Pattern {
  code: IntentCode;
  /** Words in order; `…` is a gap. */
  parts: string[];
}

const PATTERNS = new Map(LANGUAGES.map(language => [language, compile(language)]));

/** By first word; prefixes under their star. */
function compile(language: IntentLanguage): Map<string, Pattern[]> {
  const patterns = new Map<string, Pattern[]>();
  for (const [code, list] of Object.entries(INTENT_WORDS[language]) as [IntentCode, string][]) {
    for (const entry of list.split(/\s+/).filter(Boolean)) {
      const parts = plain(entry).replaceAll('…', '_…_').split('_');
      const first = parts[0]!;
      const known = patterns.get(first);
      if (known) known.push({ code, parts });
      else patterns.set(first, [{ code, parts }]);
    }
  }
  return patterns;
}

/** Without case and accents, as phrases are compared. */
function plain(text: string): string {
  return text.replaceAll('’', "'").toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '');
}

/**
 * Whether somebody wants to buy, and the words that say so. One phrase a kind counts, the first; what is said of jobs, love or refunds,
 * what is denied, sold or laughed about counts against it. A text of another language is read in all three, and the strongest counts.
 */
export function intentOf(text: string, language: string): Intent {
  const tokens = tokenise(text.slice(0, MOST_TEXT));
  const base = language.slice(0, 2).toLowerCase() as IntentLanguage;
  const read = LANGUAGES.includes(base) ? [base] : LANGUAGES;
  return read
    .map(one => readIn(text, tokens, one))
    .reduce((best, next) => (next.strength > best.strength ? next : best));
}

function readIn(text: string, tokens: Token[], language: IntentLanguage): Intent {
  const found = new Map<IntentCode, IntentWord>();
  const against = new Map<IntentCode, IntentWord>();
  for (const { code, from, to } of matches(tokens, language)) {
    const start = tokens[from]!.start;
    const end = tokens[to]!.end;
    const word = { code, phrase: text.slice(start, end), start, end, weight: WEIGHTS[code] };
    if (WEIGHTS[code] < 0) {
      if (!against.has(code)) against.set(code, word);
    } else if (!found.has(code) && !isNegated(tokens, from, language)) found.set(code, word);
  }
  const wanted = [...found.values()].filter(word => WANTS.includes(word.code));
  if (wanted.length === 0) return { strength: 0, words: [] };
  // Phrases that share words say one thing: the weightiest says it.
  const kept: IntentWord[] = [];
  for (const word of [...wanted].sort((a, b) => b.weight - a.weight))
    if (!kept.some(other => word.start < other.end && other.start < word.end)) kept.push(word);
  for (const word of found.values())
    if (word.code === 'PERSON' && !kept.some(other => word.start < other.end && other.start < word.end))
      kept.push(word);
  const words = [...kept, ...against.values()].sort((a, b) => a.start - b.start);
  const sum = words.reduce((total, { weight }) => total + weight, 0);
  return { strength: Math.round(Math.min(1, Math.max(0, sum)) * 100) / 100, words };
}

function tokenise(text: string): Token[] {
  let last = 0;
  return [...text.matchAll(/[#@]?[\p{L}\p{N}\p{M}]+(?:['’-][\p{L}\p{N}\p{M}]+)*|\p{Extended_Pictographic}/gu)].map(
    match => {
      const begins = /[.!?;:"“”\n]/.test(text.slice(last, match.index));
      last = match.index + match[0].length;
      return { text: plain(match[0]), start: match.index, end: last, begins };
    },
  );
}

function* matches(
  tokens: Token[],
  language: IntentLanguage,
): Generator<{ code: IntentCode; from: number; to: number }> {
  const patterns = PATTERNS.get(language)!;
  for (let from = 0; from < tokens.length; from++) {
    const first = tokens[from]!.text;
    const candidates = [...(patterns.get(first) ?? [])];
    for (let length = Math.min(first.length, 12); length >= 3; length--)
      candidates.push(...(patterns.get(`${first.slice(0, length)}*`) ?? []));
    for (const { code, parts } of candidates) {
      const to = follow(tokens, from, parts);
      if (to !== null) yield { code, from, to };
    }
  }
}

/** The place of the last word of a phrase that begins at `from`, or null when it does not stand there. */
function follow(tokens: Token[], from: number, parts: readonly string[]): number | null {
  let at = from;
  for (let part = 1; part < parts.length; part++) {
    if (parts[part] !== '…') {
      at++;
      if (tokens[at]?.begins || !fits(tokens[at], parts[part]!)) return null;
      continue;
    }
    const next = parts[++part]!;
    const step = Array.from({ length: MOST_BETWEEN + 1 }, (_, between) => between + 1).find(ahead =>
      fits(tokens[at + ahead], next),
    );
    if (step === undefined || tokens.slice(at + 1, at + step + 1).some(({ begins }) => begins)) return null;
    at += step;
  }
  return at;
}

const fits = (token: Token | undefined, part: string): boolean =>
  token !== undefined && (part.endsWith('*') ? token.text.startsWith(part.slice(0, -1)) : token.text === part);

function isNegated(tokens: Token[], from: number, language: IntentLanguage): boolean {
  for (let at = from; at > 0 && at > from - NEGATION_REACH && !tokens[at]!.begins; at--)
    if (NEGATIONS[language].includes(tokens[at - 1]!.text)) return true;
  return false;
}

/** What is read of a post. */
export interface ReadPost {
  kind: string;
  text: string;
  title: string | null;
  language: string;
  own: boolean;
  auto: boolean;
  deletedAt: unknown;
}

const READ_KINDS = new Set(['MENTION', 'COMMENT', 'DIRECT_MESSAGE', 'POST', 'REVIEW']);

/** The intent of a post that is strong enough to be suggested; of what we, machines or others' words say there is none. */
export function intentOfPost(post: ReadPost): Intent | null {
  if (post.own || post.auto || post.deletedAt || !READ_KINDS.has(post.kind)) return null;
  const intent = intentOf(post.title ? `${post.title}\n${post.text}` : post.text, post.language);
  return intent.strength >= LEAST_STRENGTH ? intent : null;
}
