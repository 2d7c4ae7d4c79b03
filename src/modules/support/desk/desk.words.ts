import type { Language } from '../../access/index.js';
import type { TicketChannel } from '../tickets/ticket.states.rules.js';

interface Words {
  channels: Record<TicketChannel, string>;
  noConsent(channel: TicketChannel): string;
  withdrawn(channel: TicketChannel): string;
  unseen(who: string[]): string;
  customer: string;
  notSent: string;
  notApproved: string;
  isClosed: string;
  isMerged(number: string): string;
  tooLate: string;
  noApproval: string;
  missing(names: string[]): string;
}

const list = (names: string[], and: string): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${and} ${names.at(-1)}`;

const WORDS: Record<Language, Words> = {
  en: {
    channels: {
      CALL: 'telephone',
      WEB_FORM: 'web form',
      CHAT: 'chat',
      EMAIL: 'e-mail',
      SMS: 'SMS',
      FAX: 'fax',
      SOCIAL: 'social network',
      PORTAL: 'portal',
      MANUAL: 'hand',
    },
    noConsent: channel =>
      `The customer has neither written to us by ${WORDS.en.channels[channel]} nor agreed to be written to by it. Ask first, and record the consent.`,
    withdrawn: channel => `The customer no longer wants to be written to by ${WORDS.en.channels[channel]}.`,
    unseen: who =>
      `There is something you have not seen, by ${list(who, 'and')}. Read it, or confirm that your answer is to go all the same.`,
    customer: 'the customer',
    notSent: 'An answer was not sent, so the customer has not had it. Its reply says why.',
    notApproved: 'An answer was not approved, so the customer has not had it.',
    isClosed: 'It is closed. Open a ticket that follows it up.',
    isMerged: number => `It became a part of ticket ${number}. Answer in that one.`,
    noApproval:
      'What you answer waits for a colleague to agree, and nothing waits in the portal: answer by another channel, or have a colleague answer.',
    tooLate: 'It is too late to take it back: it is on its way or has arrived.',
    missing: names => `This is not known of the ticket: ${names.join(', ')}. Write it by hand.`,
  },
  es: {
    channels: {
      CALL: 'teléfono',
      WEB_FORM: 'formulario web',
      CHAT: 'chat',
      EMAIL: 'correo electrónico',
      SMS: 'SMS',
      FAX: 'fax',
      SOCIAL: 'redes sociales',
      PORTAL: 'portal',
      MANUAL: 'mano',
    },
    noConsent: channel =>
      `El cliente no nos ha escrito por ${WORDS.es.channels[channel]} ni ha aceptado que se le escriba por ese medio. Pregúntele antes y registre el consentimiento.`,
    withdrawn: channel => `El cliente ya no quiere que se le escriba por ${WORDS.es.channels[channel]}.`,
    unseen: who =>
      `Hay algo que no ha visto, de ${list(who, 'y')}. Léalo, o confirme que su respuesta debe salir igualmente.`,
    customer: 'el cliente',
    notSent: 'Una respuesta no se envió, así que el cliente no la ha recibido. La respuesta dice por qué.',
    notApproved: 'Una respuesta no se aprobó, así que el cliente no la ha recibido.',
    isClosed: 'Está cerrado. Abra otro que lo continúe.',
    isMerged: number => `Ahora es parte del ticket ${number}. Responda en ese.`,
    noApproval:
      'Lo que usted responde espera el visto bueno de un compañero, y en el portal nada espera: responda por otro canal o pida a un compañero que responda.',
    tooLate: 'Es tarde para retirarla: ya está en camino o ha llegado.',
    missing: names => `Esto no se sabe del ticket: ${names.join(', ')}. Escríbalo a mano.`,
  },
  pt: {
    channels: {
      CALL: 'telefone',
      WEB_FORM: 'formulário web',
      CHAT: 'chat',
      EMAIL: 'correio eletrónico',
      SMS: 'SMS',
      FAX: 'fax',
      SOCIAL: 'redes sociais',
      PORTAL: 'portal',
      MANUAL: 'mão',
    },
    noConsent: channel =>
      `O cliente não nos escreveu por ${WORDS.pt.channels[channel]} nem aceitou que lhe escrevam por esse meio. Pergunte primeiro e registe o consentimento.`,
    withdrawn: channel => `O cliente já não quer que lhe escrevam por ${WORDS.pt.channels[channel]}.`,
    unseen: who =>
      `Há algo que não viu, de ${list(who, 'e')}. Leia-o, ou confirme que a sua resposta deve seguir mesmo assim.`,
    customer: 'o cliente',
    notSent: 'Uma resposta não foi enviada, por isso o cliente não a recebeu. A resposta diz porquê.',
    notApproved: 'Uma resposta não foi aprovada, por isso o cliente não a recebeu.',
    isClosed: 'Está fechado. Abra outro que lhe dê seguimento.',
    isMerged: number => `Agora é parte do ticket ${number}. Responda nesse.`,
    noApproval:
      'O que responde espera a aprovação de um colega, e no portal nada espera: responda por outro canal ou peça a um colega que responda.',
    tooLate: 'É tarde para a retirar: já vai a caminho ou chegou.',
    missing: names => `Isto não se sabe do ticket: ${names.join(', ')}. Escreva-o à mão.`,
  },
};

export const wordsOf = (language: Language): Words => WORDS[language];

/** The language of ours that is nearest to a tag (BCP 47); English where there is none. */
export function nearestLanguage(tag: string | null | undefined): Language {
  const [main] = (tag ?? '').toLowerCase().split('-');
  return main === 'es' || main === 'pt' ? main : 'en';
}
