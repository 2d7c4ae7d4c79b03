import { createHash } from 'node:crypto';
import type { Language } from '../modules/access/index.js';
import type { InputProblem } from '../platform/errors.js';
import { problemIn } from './setup-pages.problems.js';

/** A page with a form behind a one-time link, and what was typed into it before. */
export interface Form {
  kind: 'setup' | 'invitation';
  token: string;
  values?: { name?: string; email?: string; organizationName?: string; organization?: string };
  problems?: InputProblem[];
}

export const WORDS: Record<Language, Record<string, string>> = {
  en: {
    setup: 'Set up the first owner',
    invitation: 'Accept the invitation',
    name: 'Your name',
    email: 'E-mail address',
    password: 'Password (10 characters or more)',
    organizationName: 'Name of the organisation',
    organization: 'Short name of the organisation (slug)',
    send: 'Continue',
    over: 'This link was used already, has expired, or was never given out.',
    tooMany: 'Too many links or passwords from your address were wrong. Try again in a minute.',
    done: 'Done.',
    doneText: 'You sign in with',
  },
  es: {
    setup: 'Crear la primera persona propietaria',
    invitation: 'Aceptar la invitación',
    name: 'Su nombre',
    email: 'Correo electrónico',
    password: 'Contraseña (10 caracteres o más)',
    organizationName: 'Nombre de la organización',
    organization: 'Nombre corto de la organización (slug)',
    send: 'Continuar',
    over: 'Este enlace ya se usó, ha caducado o nunca existió.',
    tooMany:
      'Demasiados enlaces o contraseñas equivocados desde su dirección. Vuelva a intentarlo dentro de un minuto.',
    done: 'Listo.',
    doneText: 'Inicie sesión con',
  },
  pt: {
    setup: 'Criar a primeira pessoa proprietária',
    invitation: 'Aceitar o convite',
    name: 'Seu nome',
    email: 'E-mail',
    password: 'Senha (10 caracteres ou mais)',
    organizationName: 'Nome da organização',
    organization: 'Nome curto da organização (slug)',
    send: 'Continuar',
    over: 'Este link já foi usado, expirou ou nunca existiu.',
    tooMany: 'Links ou senhas errados demais vindos do seu endereço. Tente de novo daqui a um minuto.',
    done: 'Pronto.',
    doneText: 'Entre com',
  },
};

const STYLE =
  'body{font:1rem/1.5 system-ui,sans-serif;max-width:26rem;margin:4rem auto;padding:0 1rem}label{display:block;margin:1rem 0}input{display:block;width:100%;font:inherit;padding:.4rem;box-sizing:border-box}button{font:inherit;padding:.5rem 1.5rem}.problem{color:#a00}';

/** Nothing runs, nothing is loaded, nothing frames it, and the address with its token is told to nobody. */
export const PAGE_POLICY = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
};

export function formPage(language: Language, { kind, token, values = {}, problems = [] }: Form): string {
  const words = WORDS[language];
  const known = ['name', 'email', 'password', 'organizationName', 'organization'];
  const problemText = (message: string): string =>
    `<span class="problem">${escaped(problemIn(language, message))}</span>`;
  const field = (
    name: 'name' | 'email' | 'password' | 'organizationName' | 'organization',
    type: string,
    more = '',
  ) => {
    const value = name === 'password' ? '' : (values[name] ?? '');
    const wrong = problems.filter(problem => problem.field === name).map(({ message }) => problemText(message));
    return `<label>${words[name]}<input name="${name}" type="${type}" value="${escaped(value)}" ${more}>${wrong.join('')}</label>`;
  };
  const fields = [
    field('name', 'text', 'required autocomplete="name"'),
    field('email', 'email', kind === 'setup' ? 'required autocomplete="username"' : 'readonly autocomplete="username"'),
    field('password', 'password', 'required autocomplete="new-password"'),
    ...(kind === 'setup' ? [field('organizationName', 'text', 'autocomplete="organization"')] : []),
    // Asked for only where there are several to choose from.
    ...(values.organization || problems.some(problem => problem.field === 'organization')
      ? [field('organization', 'text', 'required')]
      : []),
  ];
  const rest = problems.filter(({ field: at }) => !known.includes(at ?? '')).map(({ message }) => problemText(message));
  return page(
    language,
    words[kind] ?? '',
    `${rest.join('')}<form method="post" action="/${kind}"><input type="hidden" name="token" value="${escaped(token)}">${fields.join('')}<button>${words.send}</button></form>`,
  );
}

export const messagePage = (language: Language, title = '', text = ''): string =>
  page(language, title, text ? `<p>${escaped(text)}</p>` : '');

export const page = (language: Language, title: string, body: string): string =>
  `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Vínculo</title><style>${STYLE}</style></head><body><h1>${escaped(title)}</h1>${body}</body></html>`;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escaped = (text: string): string => text.replace(/[&<>"']/g, character => ENTITIES[character]!);
