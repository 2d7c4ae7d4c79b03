import type { Language } from '../../access/index.js';
import { SurveyKind, type SurveyTexts } from './survey.rules.js';

interface KindWords {
  question: string;
  least: string;
  most: string;
}

interface SurveyWords {
  kinds: Record<SurveyKind, KindWords>;
  /** The message by which somebody is asked; with a link, or by answering with a number. */
  invitation: (parts: { question: string; number: string; link: string; least: number; most: number }) => string;
  thanks: string;
  comment: string;
  send: string;
  over: string;
  tooLong: string;
  scoreNeeded: string;
  answered: string;
  /** For the customer's timeline. */
  summary: (parts: { kind: string; score: number; most: number; number: string }) => string;
}

export const SURVEY_WORDS: Record<Language, SurveyWords> = {
  en: {
    kinds: {
      CSAT: { question: 'How content are you with our help?', least: 'not at all', most: 'very much' },
      NPS: {
        question: 'How likely are you to recommend us to a friend or colleague?',
        least: 'not at all likely',
        most: 'extremely likely',
      },
      CES: {
        question: 'We made it easy for you to get your concern solved. Do you agree?',
        least: 'not at all',
        most: 'entirely',
      },
    },
    invitation: ({ question, number, link, least, most }) =>
      `${question} (${number})\nAnswer with a number from ${least} to ${most}, or here: ${link}`,
    thanks: 'Thank you! We have noted it.',
    comment: 'Would you like to tell us more? (You need not.)',
    send: 'Send',
    over: 'This link is over, or was never given out.',
    tooLong: 'That is too long.',
    scoreNeeded: 'Please choose a number.',
    answered: 'You answered this already. You may change your answer while the link is valid.',
    summary: ({ kind, score, most, number }) => `${kind}: ${score} of ${most} (${number})`,
  },
  es: {
    kinds: {
      CSAT: { question: '¿Está satisfecho con nuestra ayuda?', least: 'nada', most: 'mucho' },
      NPS: {
        question: '¿Nos recomendaría a un amigo o colega?',
        least: 'de ninguna manera',
        most: 'sin duda',
      },
      CES: {
        question: 'Le resultó fácil resolver su asunto con nosotros. ¿Está de acuerdo?',
        least: 'nada',
        most: 'del todo',
      },
    },
    invitation: ({ question, number, link, least, most }) =>
      `${question} (${number})\nResponda con un número del ${least} al ${most}, o aquí: ${link}`,
    thanks: '¡Gracias! Lo hemos anotado.',
    comment: '¿Quiere contarnos algo más? (No hace falta.)',
    send: 'Enviar',
    over: 'Este enlace ha caducado o nunca existió.',
    tooLong: 'Es demasiado largo.',
    scoreNeeded: 'Elija un número, por favor.',
    answered: 'Ya respondió. Puede cambiar su respuesta mientras el enlace sea válido.',
    summary: ({ kind, score, most, number }) => `${kind}: ${score} de ${most} (${number})`,
  },
  pt: {
    kinds: {
      CSAT: { question: 'Você está satisfeito com a nossa ajuda?', least: 'nada', most: 'muito' },
      NPS: {
        question: 'Você nos recomendaria a um amigo ou colega?',
        least: 'de jeito nenhum',
        most: 'com certeza',
      },
      CES: {
        question: 'Foi fácil resolver o seu assunto conosco. Você concorda?',
        least: 'nada',
        most: 'totalmente',
      },
    },
    invitation: ({ question, number, link, least, most }) =>
      `${question} (${number})\nResponda com um número de ${least} a ${most}, ou aqui: ${link}`,
    thanks: 'Obrigado! Anotamos.',
    comment: 'Quer nos contar mais alguma coisa? (Não é preciso.)',
    send: 'Enviar',
    over: 'Este link expirou ou nunca existiu.',
    tooLong: 'É longo demais.',
    scoreNeeded: 'Escolha um número, por favor.',
    answered: 'Você já respondeu. Pode mudar sua resposta enquanto o link for válido.',
    summary: ({ kind, score, most, number }) => `${kind}: ${score} de ${most} (${number})`,
  },
};

/** What a survey asks in a language: the organisation's own words where it has some, else the product's. */
export const questionOf = (kind: SurveyKind, texts: Record<string, SurveyTexts>, language: Language): string =>
  texts[language]?.question ?? SURVEY_WORDS[language].kinds[kind].question;

export const thanksOf = (texts: Record<string, SurveyTexts>, language: Language): string =>
  texts[language]?.thanks ?? SURVEY_WORDS[language].thanks;
