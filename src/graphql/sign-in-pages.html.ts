import type { Language } from '../modules/access/index.js';
import { escaped, page } from './setup-pages.html.js';

/** A sign-in that came back, for somebody to say whether it is theirs. */
export interface Confirmation {
  state: string;
  code: string;
  action: string;
  network: string;
  organization: string;
  member: string | null;
}

interface Words {
  over: string;
  another: string;
  refused: string;
  failed: string;
  done: string;
  connected: string;
  title(network: string): string;
  question(organization: string, member: string | null): string;
  warning: string;
  go: string;
}

export const SIGN_IN_WORDS: Record<Language, Words> = {
  en: {
    over: 'This sign-in was used already, has expired, or was never begun.',
    another: 'Somebody else began this sign-in: only they can finish it.',
    refused: 'The network did not give access. Nothing was connected.',
    failed: 'The account could not be connected.',
    done: 'Done.',
    connected: 'Connected:',
    title: network => `Connect your account of ${network}`,
    question: (organization, member) =>
      `The organisation “${organization}” will read this account and answer from it.${member ? ` ${member} asked for it.` : ''}`,
    warning: 'If you did not begin this yourself, close this page: nothing is connected then.',
    go: 'Connect',
  },
  es: {
    over: 'Este inicio de sesión ya se usó, ha caducado o nunca se empezó.',
    another: 'Otra persona empezó este inicio de sesión: solo ella puede terminarlo.',
    refused: 'La red no dio acceso. No se ha conectado nada.',
    failed: 'No se ha podido conectar la cuenta.',
    done: 'Listo.',
    connected: 'Conectada:',
    title: network => `Conectar su cuenta de ${network}`,
    question: (organization, member) =>
      `La organización «${organization}» leerá esta cuenta y responderá desde ella.${member ? ` Lo pidió ${member}.` : ''}`,
    warning: 'Si no lo empezó usted, cierre esta página: así no se conecta nada.',
    go: 'Conectar',
  },
  pt: {
    over: 'Este acesso já foi usado, expirou ou nunca foi iniciado.',
    another: 'Outra pessoa iniciou este acesso: só ela pode concluí-lo.',
    refused: 'A rede não deu acesso. Nada foi conectado.',
    failed: 'Não foi possível conectar a conta.',
    done: 'Pronto.',
    connected: 'Conectada:',
    title: network => `Conectar sua conta de ${network}`,
    question: (organization, member) =>
      `A organização “${organization}” vai ler esta conta e responder por ela.${member ? ` Quem pediu foi ${member}.` : ''}`,
    warning: 'Se não foi você quem iniciou, feche esta página: assim nada é conectado.',
    go: 'Conectar',
  },
};

export function confirmPage(language: Language, confirmation: Confirmation): string {
  const { state, code, action, network, organization, member } = confirmation;
  const words = SIGN_IN_WORDS[language];
  const hidden = (name: string, value: string) => `<input type="hidden" name="${name}" value="${escaped(value)}">`;
  return page(
    language,
    words.title(network),
    `<p>${escaped(words.question(organization, member))}</p><p>${escaped(words.warning)}</p><form method="post" action="${action}">${hidden('state', state)}${hidden('code', code)}<button>${escaped(words.go)}</button></form>`,
  );
}
