import { fitsScale, SCALES, SurveyKind } from './survey.rules.js';

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** The numbers of the scales as words, without accents. An article is none by itself: "un problema". */
const NUMBER_WORDS = new Map(
  [
    'zero cero',
    'one uno',
    'two dos dois duas',
    'three tres',
    'four cuatro quatro',
    'five cinco',
    'six seis',
    'seven siete sete',
    'eight ocho oito',
    'nine nueve nove',
    'ten diez dez',
  ].flatMap((words, number) => words.split(' ').map(word => [word, number] as const)),
);

/** Words that hand over a score, and those that only stand beside them: neither says anything further. */
const RATING = set(
  'doy damos pongo ponemos dou ponho give rate nota score rating puntuacion calificacion valoracion puntaje pontuacao avaliacao',
);
const FRAME = set(
  'un una um uma a an le te les os lhe i d ll would my mi minha nuestra nossa la the es e is of de it you ustedes',
);

const THANKS = set('gracias thanks thank thx obrigado obrigada agradecido agradecida grato grata');
/** What one thinks of something: with these beside it, a number is a score. */
const OPINION = set(
  `bien bem bom boa bueno buena buen good great nice perfect perfecto perfecta perfeito perfeita excelente excellent genial fantastico
   fantastica fantastic amazing awesome super top otimo otima maravilloso maravillosa maravilhoso maravilhosa estupendo estupenda
   encantado encantada contento contenta satisfecho satisfecha satisfeito satisfeita satisfied happy feliz mal malo mala bad poor
   ruim pesimo pesima pessimo pessima terrible terrivel horrible horrivel fatal awful regular lento lenta slow rapido rapida fast
   quick amable friendly helpful ok okay`,
);
/** What may stand beside an opinion in a short answer. */
const BESIDE = set(
  `todo tudo all everything servicio servico service atencion atendimento trato support soporte suporte ayuda ajuda help job work
   trabajo trabalho team equipo equipe experience experiencia for por pela pelo el la o a the your su sua tu y and e muy muito muita
   muchas mucho very so really you de con com with was is es esta estuvo fue foi me i am it estoy estou`,
);
/** After these nothing but a score is waited for, and no number follows one directly: "por 5" is a price or a time. */
const NOT_BEFORE = set('por for con com with pela pelo y and el o your su sua tu');
const BUT = set('pero but porque because aunque although though pois');

const GREETING =
  /^[¡\s]*(?:hola|hi|hello|hey|ol[aá]|oi|buenos d[ií]as|buenas(?: tardes| noches)?|bom dia|boa (?:tarde|noite)|good (?:morning|afternoon|evening))(?!\p{L})[\s,.!;:–—-]*/iu;
const STAR = '[★⭐🌟]';
const TOKEN = new RegExp(`${STAR}(?:\\s*${STAR})*|\\d+|[\\p{L}\\p{M}]+`, 'gu');
const UNIT = `(?:stars?|estrellas?|estrelas?|puntos?|points?|pontos?)(?![\\p{L}\\d])`;
const ONE_OF = new RegExp(`^\\s+${UNIT}`, 'iu');
/** What is said without words. */
const EMOJI = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200D/gu;

const plain = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const wordsIn = (text: string): string[] => (text.match(/[\p{L}\p{M}]+|\d+/gu) ?? []).map(plain);
const isNumber = (word: string | undefined): boolean =>
  word !== undefined && (/^\d/.test(word) || NUMBER_WORDS.has(word));

interface Found {
  score: number;
  before: string;
  after: string;
}

/** The first score in a text, and what stands around it. */
function firstScore(kind: SurveyKind, text: string): Found | null {
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const found = { before: text.slice(0, index), after: text.slice(index + token.length) };
    const stars = token.match(new RegExp(STAR, 'gu'))?.length;
    if (stars !== undefined) return kind === SurveyKind.CSAT ? { score: stars, ...found } : null;
    if (/^\d/.test(token)) return token.length <= 2 ? { score: Number(token), ...found } : null;
    const word = plain(token);
    const number = /^(?:una?|uma?)$/.test(word) && ONE_OF.test(found.after) ? 1 : NUMBER_WORDS.get(word);
    if (number !== undefined) return { score: number, ...found };
  }
  return null;
}

/** What is said before a score, without what only hands it over; undefined when it may be about another number. */
function saidBefore(before: string): string | undefined {
  const lead = before.replace(GREETING, '');
  const text = lead.replace(EMOJI, '').trim();
  const words = wordsIn(text);
  if (words.length === 0) return /^[¡!.,\s]*$/.test(text) ? '' : undefined;
  if (/[^\p{L}\p{M}\s,.:;!¡'’–—-]/u.test(text) || !/[^\p{L}\p{M}]$/u.test(lead)) return undefined;
  const isKnown = (word: string) => [RATING, FRAME, THANKS, OPINION, BESIDE].some(known => known.has(word));
  const isAbout = (word: string) => [RATING, THANKS, OPINION].some(known => known.has(word));
  if (!words.every(isKnown) || NOT_BEFORE.has(words.at(-1)!)) return undefined;
  if (!words.some(isAbout) && !/^(?:(?:es|e) )?(?:una?|uma?|a)$/.test(words.join(' '))) return undefined;
  return words.every(word => RATING.has(word) || FRAME.has(word)) ? '' : text.replace(/[\s,.:;–—-]+$/u, '');
}

/** What is said after a score, as its comment; undefined when the number counts or names something: "5 minutos". */
function saidAfter(rest: string): string | undefined {
  if (/^[\p{L}\p{M}\d]/u.test(rest)) return undefined;
  // "3,5", "10:30" and "5-6" are other numbers than the first of theirs.
  const parted = /^\s*(?:\n\s*|(?:[,;:–—]|-(?!\p{L}))(?!\s*\d)\s*)([\s\S]*)$/u.exec(rest)?.[1]?.trim();
  if (parted !== undefined) return isNumber(wordsIn(parted)[0]) ? undefined : parted;
  const said = rest.replace(/^[.!\s]+/u, '');
  const [first = '', ...others] = said.split(/[,.;:!?\n–—]/u);
  const clause = first.replace(EMOJI, '');
  const words = wordsIn(clause);
  if (words.length === 0) return said.replace(EMOJI, '').trim() === '' ? '' : undefined;
  if (/[^\p{L}\p{M}\s'’]/u.test(clause) || words.some(isNumber)) return undefined;
  if (THANKS.has(words[0]!) || BUT.has(words[0]!)) return said;
  const isOpinion = (word: string) => THANKS.has(word) || OPINION.has(word);
  // "2 bien, 1 mal" counts.
  if (isNumber(wordsIn(others[0] ?? '')[0])) return undefined;
  return words.some(isOpinion) && words.every(word => isOpinion(word) || BESIDE.has(word)) ? said : undefined;
}

/**
 * The score that a short message gives: "4", "4/5", "★★★★", "cinco estrellas", "le doy un 4", "muito bom, 5"; what else is said is
 * its comment. Null for everything that is more than an answer: where a number may count or name something, it is none.
 */
export function readScore(kind: SurveyKind, text: string): { score: number; comment: string | null } | null {
  // A digit in a box is a digit.
  const found = firstScore(kind, text.replace(/[\uFE0F\u20E3]/gu, '').trim());
  if (!found || !fitsScale(kind, found.score)) return null;
  const { most } = SCALES[kind];
  const greatest = [most, ...[...NUMBER_WORDS].filter(([, number]) => number === most).map(([word]) => word)].join('|');
  const scale = new RegExp(
    `^(?:\\s*(?:/|(?:de|of|out of|sobre|em)\\s)\\s*(?:${greatest})(?![\\p{L}\\d]))?(?:\\s*${UNIT}|(?:\\s*${STAR})+)?`,
    'iu',
  );
  const before = saidBefore(found.before);
  const after = saidAfter(found.after.replace(scale, ''));
  if (before === undefined || after === undefined) return null;
  return { score: found.score, comment: [before, after].filter(said => said !== '').join(', ') || null };
}

/** Whether a text would be an answer to any survey. */
export const givesScore = (text: string): boolean =>
  Object.values(SurveyKind).some(kind => readScore(kind, text) !== null);
