import type { PriorityCode, StoredReason } from './priority.rules.js';

export type ReasonLocale = 'en' | 'es' | 'pt';
type Detail = NonNullable<StoredReason['detail']>;
type Sentence = (detail: Detail, number: (value: number) => string) => string;

const quoted = (detail: Detail) => (detail.words && detail.words !== '?' ? `: «${detail.words}»` : '');

const EXPLANATIONS: Readonly<Record<ReasonLocale, Readonly<Record<PriorityCode, Sentence>>>> = {
  en: {
    OWN: () => 'We wrote it ourselves',
    AUTOMATED: () => 'A machine wrote it',
    REACH: (detail, number) => `The author has ${number(detail.followers ?? 0)} followers`,
    RELATIONSHIP: detail => (detail.customer ? 'The author is a customer' : 'The author is close to us'),
    SENTIMENT: detail => (detail.label === 'POSITIVE' ? 'The author is pleased' : 'The author is displeased'),
    DIRECT: () => 'It was sent to us privately',
    REVIEW: () => 'It is a review that others will read',
    QUESTION: detail => `It asks something${quoted(detail)}`,
    COMPLAINT: detail => `It complains${quoted(detail)}`,
    URGENCY: detail => `It sounds urgent${quoted(detail)}`,
    CHURN: detail => `The author may leave${quoted(detail)}`,
    LEGAL: detail => `It speaks of law or authorities${quoted(detail)}`,
  },
  es: {
    OWN: () => 'Lo escribimos nosotros',
    AUTOMATED: () => 'Lo escribió una máquina',
    REACH: (detail, number) => `Quien lo escribe tiene ${number(detail.followers ?? 0)} seguidores`,
    RELATIONSHIP: detail => (detail.customer ? 'Quien lo escribe es cliente' : 'Quien lo escribe nos es cercano'),
    SENTIMENT: detail =>
      detail.label === 'POSITIVE' ? 'Quien lo escribe está contento' : 'Quien lo escribe está descontento',
    DIRECT: () => 'Nos lo enviaron en privado',
    REVIEW: () => 'Es una reseña que otros leerán',
    QUESTION: detail => `Pregunta algo${quoted(detail)}`,
    COMPLAINT: detail => `Se queja${quoted(detail)}`,
    URGENCY: detail => `Parece urgente${quoted(detail)}`,
    CHURN: detail => `Puede que se vaya${quoted(detail)}`,
    LEGAL: detail => `Habla de leyes o de autoridades${quoted(detail)}`,
  },
  pt: {
    OWN: () => 'Fomos nós que escrevemos',
    AUTOMATED: () => 'Foi escrito por uma máquina',
    REACH: (detail, number) => `Quem escreve tem ${number(detail.followers ?? 0)} seguidores`,
    RELATIONSHIP: detail => (detail.customer ? 'Quem escreve é cliente' : 'Quem escreve é próximo de nós'),
    SENTIMENT: detail => (detail.label === 'POSITIVE' ? 'Quem escreve está contente' : 'Quem escreve está descontente'),
    DIRECT: () => 'Foi enviado em privado',
    REVIEW: () => 'É uma avaliação que outros vão ler',
    QUESTION: detail => `Pergunta algo${quoted(detail)}`,
    COMPLAINT: detail => `Reclama${quoted(detail)}`,
    URGENCY: detail => `Parece urgente${quoted(detail)}`,
    CHURN: detail => `Pode ir embora${quoted(detail)}`,
    LEGAL: detail => `Fala de leis ou de autoridades${quoted(detail)}`,
  },
};

const NUMBERS: Readonly<Record<ReasonLocale, Intl.NumberFormat>> = {
  en: new Intl.NumberFormat('en'),
  es: new Intl.NumberFormat('es'),
  pt: new Intl.NumberFormat('pt'),
};

/** A reason in plain words of the reader's language; any other locale than Spanish or Portuguese reads English. */
export function explainReason(reason: { code: string; detail?: unknown }, locale: string): string {
  const base = locale.slice(0, 2).toLowerCase();
  const language: ReasonLocale = base === 'es' || base === 'pt' ? base : 'en';
  const explanation = EXPLANATIONS[language][reason.code as PriorityCode];
  // A reason stored by a later version: its code is better than nothing.
  if (!explanation) return reason.code;
  return explanation((reason.detail ?? {}) as Detail, value => NUMBERS[language].format(value));
}
