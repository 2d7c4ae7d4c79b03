import type { Language } from '../../access/index.js';
import { shownCode } from './code.rules.js';

export interface Message {
  organization: string;
  code: string;
  link: string | null;
  /** For how long the link works, where it is to be kept because so many codes are asked for. */
  linkMinutes: number | null;
}

interface Words {
  /** The first line is what a mail has as its subject: no secret is in it. */
  mail(message: Message): string;
  text(message: Message): string;
  request: { subject: string; erasure: string };
}

export const MINUTES_VALID = 10;

const WORDS: Record<Language, Words> = {
  en: {
    mail: ({ organization, code, link, linkMinutes }) =>
      `Your code for ${organization}\n\nYour code is ${shownCode(code)}. It can be used once, within ${MINUTES_VALID} minutes.${link ? `\n\n${linkMinutes ? `So many codes were asked for that soon no more may be sent. Keep this message: the link works once, within ${linkMinutes} minutes. Open it` : 'Or open this link'} and press the button there:\n${link}` : ''}\n\nNobody of ${organization} will ever ask you for it. If you did not ask for it yourself, do nothing.`,
    text: ({ organization, code, link, linkMinutes }) =>
      `${organization}: your code is ${shownCode(code)}, for ${MINUTES_VALID} minutes. Tell it to nobody.${link ? `${linkMinutes ? ` Link for ${linkMinutes} minutes:` : ''} ${link}` : ''}`,
    request: { subject: 'Erase my data', erasure: 'The customer asks for all their data to be erased.' },
  },
  es: {
    mail: ({ organization, code, link, linkMinutes }) =>
      `Su código para ${organization}\n\nSu código es ${shownCode(code)}. Sirve una vez, durante ${MINUTES_VALID} minutos.${link ? `\n\n${linkMinutes ? `Se han pedido tantos códigos que pronto quizá no se envíen más. Guarde este mensaje: el enlace sirve una vez, durante ${linkMinutes} minutos. Ábralo` : 'O abra este enlace'} y pulse el botón:\n${link}` : ''}\n\nNadie de ${organization} se lo pedirá nunca. Si no lo ha pedido usted, no haga nada.`,
    text: ({ organization, code, link, linkMinutes }) =>
      `${organization}: su código es ${shownCode(code)}, durante ${MINUTES_VALID} minutos. No lo diga a nadie.${link ? `${linkMinutes ? ` Enlace durante ${linkMinutes} minutos:` : ''} ${link}` : ''}`,
    request: { subject: 'Borrar mis datos', erasure: 'El cliente pide que se borren todos sus datos.' },
  },
  pt: {
    mail: ({ organization, code, link, linkMinutes }) =>
      `Seu código para ${organization}\n\nSeu código é ${shownCode(code)}. Serve uma vez, durante ${MINUTES_VALID} minutos.${link ? `\n\n${linkMinutes ? `Foram pedidos tantos códigos que em breve talvez não se enviem mais. Guarde esta mensagem: o link serve uma vez, durante ${linkMinutes} minutos. Abra-o` : 'Ou abra este link'} e aperte o botão:\n${link}` : ''}\n\nNinguém de ${organization} vai pedi-lo a você. Se não foi você quem pediu, não faça nada.`,
    text: ({ organization, code, link, linkMinutes }) =>
      `${organization}: seu código é ${shownCode(code)}, durante ${MINUTES_VALID} minutos. Não o diga a ninguém.${link ? `${linkMinutes ? ` Link durante ${linkMinutes} minutos:` : ''} ${link}` : ''}`,
    request: { subject: 'Apagar meus dados', erasure: 'O cliente pede que todos os seus dados sejam apagados.' },
  },
};

export const portalWords = (language: string): Words => WORDS[language as Language] ?? WORDS.en;
