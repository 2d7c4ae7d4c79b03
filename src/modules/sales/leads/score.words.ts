import type { Language, RequestContext } from '../../access/index.js';
import type { ScoreCode, ScoreReason } from './score.rules.js';

/** A reason as it is stored; one of a former release may have a code that is known no more. */
export type StoredScoreReason = Omit<ScoreReason, 'code'> & { code: string };

type Words = Record<ScoreCode, (count: number | undefined) => string>;

/** Each is also said without its number, to those who do not see everything that was counted. */
const WORDS: Record<Language, Words> = {
  en: {
    COMPANY_SIZE: count => `The company has ${count} people`,
    INDUSTRY: () => 'A territory of ours is made for its industry',
    JOB_TITLE: () => 'Their position gives them a say',
    COMPLETENESS: count => `${count} of 7 things we want to know are known`,
    TERRITORY: () => 'It lies in a territory of ours',
    BUDGET: () => 'There is money for it',
    AUTHORITY: () => 'They are the ones who decide',
    NEED: () => 'They need it',
    TIMELINE: () => 'They want it soon',
    POSTS: count => (count === undefined ? 'They spoke lately' : `They spoke ${count} times in 90 days`),
    INTERACTIONS: count =>
      count === undefined ? 'They deal with us' : `They turned to our accounts ${count} times in 90 days`,
    RECENCY: count => (count === undefined || count < 1 ? 'They were just heard of' : `Heard of ${count} days ago`),
    INTENT: () => 'What they said themselves made them a lead',
    INFLUENCE: count =>
      count === undefined ? 'They move others' : `They move more people than ${count} % of everybody`,
  },
  es: {
    COMPANY_SIZE: count => `La empresa tiene ${count} personas`,
    INDUSTRY: () => 'Su sector es el de un territorio nuestro',
    JOB_TITLE: () => 'Su cargo le da voz en la decisión',
    COMPLETENESS: count => `Se saben ${count} de las 7 cosas que queremos saber`,
    TERRITORY: () => 'Está en un territorio nuestro',
    BUDGET: () => 'Hay dinero para ello',
    AUTHORITY: () => 'Es quien decide',
    NEED: () => 'Lo necesita',
    TIMELINE: () => 'Lo quiere pronto',
    POSTS: count => (count === undefined ? 'Habló hace poco' : `Habló ${count} veces en 90 días`),
    INTERACTIONS: count =>
      count === undefined ? 'Trata con nosotros' : `Se dirigió a nuestras cuentas ${count} veces en 90 días`,
    RECENCY: count =>
      count === undefined || count < 1 ? 'Acabamos de saber de él o ella' : `Supimos de él o ella hace ${count} días`,
    INTENT: () => 'Lo que dijo nos hizo verlo como posible cliente',
    INFLUENCE: count => (count === undefined ? 'Mueve a otros' : `Mueve a más gente que el ${count} % de todos`),
  },
  pt: {
    COMPANY_SIZE: count => `A empresa tem ${count} pessoas`,
    INDUSTRY: () => 'Um território nosso é feito para o seu setor',
    JOB_TITLE: () => 'O cargo dá-lhe voz na decisão',
    COMPLETENESS: count => `Sabemos ${count} das 7 coisas que queremos saber`,
    TERRITORY: () => 'Está num território nosso',
    BUDGET: () => 'Há dinheiro para isso',
    AUTHORITY: () => 'É quem decide',
    NEED: () => 'Precisa disso',
    TIMELINE: () => 'Quer em breve',
    POSTS: count => (count === undefined ? 'Falou há pouco' : `Falou ${count} vezes em 90 dias`),
    INTERACTIONS: count =>
      count === undefined ? 'Trata conosco' : `Dirigiu-se às nossas contas ${count} vezes em 90 dias`,
    RECENCY: count => (count === undefined || count < 1 ? 'Deu notícias agora' : `Deu notícias há ${count} dias`),
    INTENT: () => 'O que disse nos fez vê-lo como possível cliente',
    INFLUENCE: count => (count === undefined ? 'Move outros' : `Move mais gente que ${count} % de todos`),
  },
};

/** What is counted over everybody and everything said, also over those the reader may not see. */
const COUNTED = new Set<string>(['POSTS', 'INTERACTIONS', 'RECENCY', 'INFLUENCE'] satisfies ScoreCode[]);

/** The reason in the reader's language; a code that is known no more stands for itself. */
export function explainScoreReason(
  { code, count }: StoredScoreReason,
  { language, viewer }: Pick<RequestContext, 'language' | 'viewer'>,
): string {
  const words = WORDS[language][code as ScoreCode];
  if (!words) return code;
  const seesAll = viewer.scopeOf('IDENTITY') === 'ALL' && viewer.scopeOf('POST') === 'ALL';
  return words(COUNTED.has(code) && !seesAll ? undefined : count);
}
