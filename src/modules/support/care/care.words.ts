import type { Language } from '../../access/index.js';

interface Words {
  /** Subject of a ticket that was opened by something without words. */
  message(author: string): string;
  call(author: string): string;
  acknowledgement(number: string): string;
}

const WORDS: Record<Language, Words> = {
  en: {
    message: author => `Message from ${author}`,
    call: author => `Missed call from ${author}`,
    acknowledgement: number =>
      `Thank you for your message. We have received it under number ${number}, and somebody will answer you.`,
  },
  es: {
    message: author => `Mensaje de ${author}`,
    call: author => `Llamada perdida de ${author}`,
    acknowledgement: number =>
      `Gracias por su mensaje. Lo hemos recibido con el número ${number} y alguien le responderá.`,
  },
  pt: {
    message: author => `Mensagem de ${author}`,
    call: author => `Chamada perdida de ${author}`,
    acknowledgement: number =>
      `Obrigado pela sua mensagem. Recebemo-la com o número ${number} e alguém lhe responderá.`,
  },
};

/** The words of a language (BCP 47), else of the other one, else English ones. */
export const careWords = (language: string | null, otherwise = 'en'): Words => WORDS[careLanguage(language, otherwise)];

export function careLanguage(language: string | null, otherwise = 'en'): Language {
  const [own, other] = [language, otherwise].map(each => each?.toLowerCase().split('-', 1)[0]);
  return (own && own in WORDS ? own : other && other in WORDS ? other : 'en') as Language;
}
