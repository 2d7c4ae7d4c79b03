import type { Language } from '../../access/index.js';
import { SourceProblemClass } from '../source.entity.js';

interface Words {
  remedies: Record<SourceProblemClass, string>;
  endsIn(days: number): string;
  ended: string;
}

/** What to do about a problem, by its class, and that access ends, in the reader's language. */
export const HEALTH_WORDS: Record<Language, Words> = {
  en: {
    remedies: {
      AUTH: 'Sign in again at the network, or give new credentials.',
      FORBIDDEN: 'See at the network that the account allows this application what it needs, then check the account.',
      NOT_FOUND: 'See whether the account still exists under this name or address, and correct it.',
      INVALID: 'Correct the settings of the account, then check it.',
      DUPLICATE: 'Nothing needs to be done: it was there already.',
      WINDOW_CLOSED: 'The time the network allows is over; wait until the other side writes again.',
      RATE: 'Nothing needs to be done: it goes on by itself as soon as the network allows.',
      QUOTA: 'Raise the budget or what is booked with the network, or wait for the next period.',
      TRANSIENT:
        'Nothing needs to be done: it is tried again by itself. If it lasts, look at the status page of the network.',
      UNKNOWN: 'Check the account. If it happens again, show the message to whoever looks after the server.',
    },
    endsIn: days => `Access ends soon: ${days} ${days === 1 ? 'day' : 'days'} left.`,
    ended: 'Access has ended.',
  },
  es: {
    remedies: {
      AUTH: 'Inicie sesión de nuevo en la red, o indique credenciales nuevas.',
      FORBIDDEN: 'Compruebe en la red que la cuenta permite a esta aplicación lo que necesita, y revise la cuenta.',
      NOT_FOUND: 'Mire si la cuenta sigue existiendo con este nombre o dirección, y corríjalo.',
      INVALID: 'Corrija los ajustes de la cuenta y revísela.',
      DUPLICATE: 'No hay que hacer nada: ya estaba.',
      WINDOW_CLOSED: 'El plazo que da la red ha terminado; espere a que la otra parte vuelva a escribir.',
      RATE: 'No hay que hacer nada: sigue por sí sola en cuanto la red lo permita.',
      QUOTA: 'Aumente el presupuesto o lo contratado con la red, o espere al próximo periodo.',
      TRANSIENT: 'No hay que hacer nada: se vuelve a intentar. Si dura, mire la página de estado de la red.',
      UNKNOWN: 'Revise la cuenta. Si se repite, muestre el mensaje a quien cuida del servidor.',
    },
    endsIn: days => `El acceso termina pronto: ${days === 1 ? 'queda 1 día' : `quedan ${days} días`}.`,
    ended: 'El acceso ha terminado.',
  },
  pt: {
    remedies: {
      AUTH: 'Entre de novo na rede, ou informe credenciais novas.',
      FORBIDDEN: 'Veja na rede se a conta permite a este aplicativo o que ele precisa, e verifique a conta.',
      NOT_FOUND: 'Veja se a conta ainda existe com este nome ou endereço, e corrija.',
      INVALID: 'Corrija as configurações da conta e verifique-a.',
      DUPLICATE: 'Não é preciso fazer nada: já estava lá.',
      WINDOW_CLOSED: 'O prazo que a rede dá terminou; espere a outra parte escrever de novo.',
      RATE: 'Não é preciso fazer nada: continua sozinha assim que a rede permitir.',
      QUOTA: 'Aumente o orçamento ou o que está contratado com a rede, ou espere o próximo período.',
      TRANSIENT: 'Não é preciso fazer nada: tenta-se de novo. Se durar, veja a página de status da rede.',
      UNKNOWN: 'Verifique a conta. Se acontecer de novo, mostre a mensagem a quem cuida do servidor.',
    },
    endsIn: days => `O acesso termina em breve: ${days === 1 ? 'falta 1 dia' : `faltam ${days} dias`}.`,
    ended: 'O acesso terminou.',
  },
};
