import type { Country } from './countries.js';
import type { ExampleBrand, Intent, Tongue } from './example.js';
import { english } from './phrases.en.js';
import { spanish } from './phrases.es.js';
import type { Phrases } from './phrases.js';
import { portuguese } from './phrases.pt.js';
import type { Random } from './random.js';
import type { Role } from './threads.js';

const phrasesOf: Record<Tongue, Phrases> = { es: spanish, pt: portuguese, en: english };

const emojis: Record<Intent, readonly string[]> = {
  COMPLAINT: ['😡', '😤', '🙄', '👎', '🤦‍♀️', '😞'],
  QUESTION: ['🤔', '❓', '🙏', '👀'],
  PRAISE: ['😍', '🥰', '👏', '❤️', '🥐', '🙌🏽', '✨'],
  PURCHASE: ['🛒', '🙋‍♂️', '💳', '📦'],
  CHATTER: ['😅', '☕', '😂', '🐈', '🌧️', '🤷🏻'],
};

/** Who speaks to whom about what, as far as the words depend on it. */
export interface Voice {
  role: Role;
  intent: Intent;
  brand: ExampleBrand;
  /** The brand as it is written: `@handle` where that is the custom, its name elsewhere. */
  brandWord: string;
  country: Country;
  city: string;
}

/** Writes a post: a template of the role and intent with its slots filled, dressed with what people add around it. */
export function compose(voice: Voice, draw: Random): string {
  const phrases = phrasesOf[voice.country.tongue];
  const isBrand = voice.role === 'NEWS' || voice.role === 'ANSWER' || voice.role === 'ARTICLE';
  let text = draw.pick(templatesOf(voice, phrases));
  if (isBrand) return fill(text, voice, draw);

  const hasRoom = voice.role === 'MENTION' || voice.role === 'REVIEW' || voice.role === 'MESSAGE';
  if (hasRoom && draw.chance(0.45)) text = join(draw.pick(phrases.openers[voice.intent]), text, voice.country.tongue);
  if (hasRoom && draw.chance(0.5)) text += ` ${draw.pick(phrases.closers[voice.intent])}`;
  text = capital(fill(text, voice, draw));
  if (draw.chance(0.3)) text += ` ${draw.pick(emojis[voice.intent])}`;
  if (hasRoom && voice.role !== 'MESSAGE' && draw.chance(0.22))
    text += ` ${draw.pick(phrases.sectors[voice.brand.sector].tags)}`;
  if (draw.chance(0.05)) text += ` https://example.com/${voice.brand.key}/${draw.int(100, 999)}`;
  return text;
}

/** The headline of a blog article. */
export function headline(voice: Voice, draw: Random): string {
  const phrases = phrasesOf[voice.country.tongue];
  return fill(draw.pick(phrases.sectors[voice.brand.sector].titles), voice, draw);
}

/** A text after its author went over it again. */
export function corrected(text: string, voice: Voice, draw: Random): string {
  return `${text} ${fill(draw.pick(phrasesOf[voice.country.tongue].corrections), voice, draw)}`;
}

function templatesOf({ role, intent, brand }: Voice, phrases: Phrases): readonly string[] {
  switch (role) {
    case 'REPLY':
      return phrases.replies[intent];
    case 'ANSWER':
      return phrases.answers[intent];
    case 'COMMENT':
      return phrases.comments[intent];
    case 'QUOTE':
      return phrases.quotes;
    case 'NEWS':
    case 'ARTICLE':
      return phrases.sectors[brand.sector].news;
    default:
      return phrases.sectors[brand.sector][intent];
  }
}

// Portuguese puts an article before a brand: templates are written for "a Casa", and turned round for "o Banco".
const masculine: Record<string, string> = { a: 'o', A: 'O', na: 'no', Na: 'No', da: 'do', à: 'ao', pela: 'pelo' };

function articled(template: string, { country, brand }: Voice): string {
  if (country.tongue !== 'pt' || brand.sector === 'MOBILE' || brand.sector === 'HOME') return template;
  return template.replace(/(?<!\p{L})(\p{L}+)(?= \{brand\})/gu, word => masculine[word] ?? word);
}

function fill(template: string, voice: Voice, draw: Random): string {
  const phrases = phrasesOf[voice.country.tongue];
  return articled(template, voice).replace(/\{(\w+)\}/g, (_, slot: string) => {
    switch (slot) {
      case 'brand':
        return voice.brandWord;
      case 'place':
        return voice.city;
      case 'product':
        return fill(draw.pick(phrases.sectors[voice.brand.sector].products), voice, draw);
      case 'mobile':
        return voice.country.mobileWord;
      case 'price':
        return voice.country.price(draw.int(4, 150));
      case 'n':
        return String(draw.int(2, 30));
      case 'minutes':
        return String(draw.int(15, 95));
      case 'hour':
        return `${draw.int(9, 21)}:${draw.pick(['00', '30'])}`;
      default:
        return draw.pick(phrases.words[slot]!);
    }
  });
}

// "Hola, Compré" reads wrong: after a comma or a colon the sentence goes on in lower case, except for English "I".
function join(opener: string, text: string, tongue: Tongue): string {
  if (!/[,:]$/.test(opener)) return `${opener} ${text}`;
  const first = tongue === 'en' ? /^(\p{Lu})(?=\p{Ll})/u : /^([¿¡]?\p{Lu})(?=\p{Ll}|\s)/u;
  return `${opener} ${text.replace(first, letter => letter.toLowerCase())}`;
}

function capital(text: string): string {
  return text.replace(/^([¿¡]?)(\p{Ll})/u, (_, mark: string, letter: string) => mark + letter.toUpperCase());
}
