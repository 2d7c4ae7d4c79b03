import type { Language } from '../modules/access/index.js';

export interface PortalWords {
  enter: string;
  contact: string;
  send: string;
  sent: (contact: string) => string;
  code: string;
  signIn: string;
  again: string;
  pressToEnter: string;
  signOut: string;
  tickets: string;
  noTickets: string;
  newTicket: string;
  subject: string;
  text: string;
  answer: string;
  back: string;
  you: string;
  us: string;
  consents: string;
  allow: string;
  withdraw: string;
  allowed: string;
  notAllowed: string;
  wrongCode: string;
  badContact: string;
  closed: string;
  elsewhere: string;
  tooMany: string;
  missing: string;
  statuses: Record<string, string>;
  purposes: Record<string, string>;
  channels: Record<string, string>;
}

export const PORTAL_WORDS: Record<Language, PortalWords> = {
  en: {
    enter: 'Sign in',
    contact: 'Your e-mail address, or telephone number with its country',
    send: 'Send me a code',
    sent: contact =>
      `If ${contact} is known here as yours, a code is on its way to you. If none comes, open the link in the last message you have.`,
    code: 'The code',
    signIn: 'Sign in',
    again: 'Ask for another code',
    pressToEnter: 'Press the button to sign in. The link works once.',
    signOut: 'Sign out',
    tickets: 'Your requests',
    noTickets: 'There are none yet.',
    newTicket: 'Ask us something',
    subject: 'In a line, what is it about?',
    text: 'What do you want to tell us?',
    answer: 'Send',
    back: 'Back',
    you: 'You',
    us: 'We',
    consents: 'What you consent to',
    allow: 'Consent',
    withdraw: 'Withdraw',
    allowed: 'You consented.',
    notAllowed: 'You did not consent.',
    wrongCode: 'This is not right, or it is no longer valid. Ask for another one.',
    badContact: 'Nobody can be reached here by that. Write an e-mail address, or a number as +34 612 345 678.',
    closed: 'Customers do not sign in here.',
    elsewhere: 'This form came from another site.',
    tooMany: 'Too much was asked in a short time. Try again later.',
    missing: 'There is no such thing, or it is not yours.',
    statuses: {
      NEW: 'new',
      OPEN: 'open',
      PENDING: 'waits for you',
      ON_HOLD: 'on hold',
      SOLVED: 'solved',
      CLOSED: 'closed',
    },
    purposes: {
      SERVICE: 'messages about what you bought or asked',
      MARKETING: 'offers',
      ANALYSIS: 'analysis of what you say and do',
      SHARING: 'passing your data on to partners',
    },
    channels: {
      EMAIL: 'by e-mail',
      PHONE: 'by telephone',
      SMS: 'by text message',
      MESSAGING: 'by messaging apps',
      SOCIAL: 'on social networks',
      MAIL: 'by letter',
    },
  },
  es: {
    enter: 'Entrar',
    contact: 'Su correo electrónico, o su teléfono con el prefijo del país',
    send: 'Envíenme un código',
    sent: contact =>
      `Si ${contact} consta aquí como suyo, un código va de camino. Si no llega, abra el enlace del último mensaje que tenga.`,
    code: 'El código',
    signIn: 'Entrar',
    again: 'Pedir otro código',
    pressToEnter: 'Pulse el botón para entrar. El enlace sirve una vez.',
    signOut: 'Salir',
    tickets: 'Sus consultas',
    noTickets: 'Todavía no hay ninguna.',
    newTicket: 'Pregúntenos algo',
    subject: 'En una línea, ¿de qué se trata?',
    text: '¿Qué quiere decirnos?',
    answer: 'Enviar',
    back: 'Volver',
    you: 'Usted',
    us: 'Nosotros',
    consents: 'A qué da su consentimiento',
    allow: 'Consentir',
    withdraw: 'Retirar',
    allowed: 'Dio su consentimiento.',
    notAllowed: 'No dio su consentimiento.',
    wrongCode: 'No es correcto, o ya no vale. Pida otro.',
    badContact: 'Por ahí no se puede entrar aquí. Escriba un correo, o un número como +34 612 345 678.',
    closed: 'Aquí no entran los clientes.',
    elsewhere: 'Este formulario vino de otro sitio.',
    tooMany: 'Demasiadas peticiones en poco tiempo. Vuelva a intentarlo más tarde.',
    missing: 'No existe, o no es suyo.',
    statuses: {
      NEW: 'nueva',
      OPEN: 'abierta',
      PENDING: 'espera su respuesta',
      ON_HOLD: 'en espera',
      SOLVED: 'resuelta',
      CLOSED: 'cerrada',
    },
    purposes: {
      SERVICE: 'mensajes sobre lo que compró o preguntó',
      MARKETING: 'ofertas',
      ANALYSIS: 'análisis de lo que dice y hace',
      SHARING: 'cesión de sus datos a socios',
    },
    channels: {
      EMAIL: 'por correo electrónico',
      PHONE: 'por teléfono',
      SMS: 'por SMS',
      MESSAGING: 'por aplicaciones de mensajería',
      SOCIAL: 'en redes sociales',
      MAIL: 'por carta',
    },
  },
  pt: {
    enter: 'Entrar',
    contact: 'Seu e-mail, ou seu telefone com o código do país',
    send: 'Enviem-me um código',
    sent: contact =>
      `Se ${contact} consta aqui como seu, um código está a caminho. Se não chegar, abra o link da última mensagem que tiver.`,
    code: 'O código',
    signIn: 'Entrar',
    again: 'Pedir outro código',
    pressToEnter: 'Aperte o botão para entrar. O link serve uma vez.',
    signOut: 'Sair',
    tickets: 'Suas solicitações',
    noTickets: 'Ainda não há nenhuma.',
    newTicket: 'Pergunte-nos algo',
    subject: 'Em uma linha, do que se trata?',
    text: 'O que quer nos dizer?',
    answer: 'Enviar',
    back: 'Voltar',
    you: 'Você',
    us: 'Nós',
    consents: 'Com o que você concorda',
    allow: 'Concordar',
    withdraw: 'Retirar',
    allowed: 'Você concordou.',
    notAllowed: 'Você não concordou.',
    wrongCode: 'Não está certo, ou não vale mais. Peça outro.',
    badContact: 'Não se entra aqui por esse meio. Escreva um e-mail, ou um número como +55 11 91234 5678.',
    closed: 'Aqui os clientes não entram.',
    elsewhere: 'Este formulário veio de outro site.',
    tooMany: 'Pedidos demais em pouco tempo. Tente de novo mais tarde.',
    missing: 'Não existe, ou não é seu.',
    statuses: {
      NEW: 'nova',
      OPEN: 'aberta',
      PENDING: 'espera sua resposta',
      ON_HOLD: 'em espera',
      SOLVED: 'resolvida',
      CLOSED: 'fechada',
    },
    purposes: {
      SERVICE: 'mensagens sobre o que comprou ou perguntou',
      MARKETING: 'ofertas',
      ANALYSIS: 'análise do que você diz e faz',
      SHARING: 'cessão dos seus dados a parceiros',
    },
    channels: {
      EMAIL: 'por e-mail',
      PHONE: 'por telefone',
      SMS: 'por SMS',
      MESSAGING: 'por aplicativos de mensagens',
      SOCIAL: 'em redes sociais',
      MAIL: 'por carta',
    },
  },
};
