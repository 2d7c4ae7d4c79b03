import type { Language } from '../access/index.js';

/** What stands in the way of a connection, as it is stored; its remedy is said in the reader's language. */
export interface StoredErpProblem {
  code: ErpProblemCode;
  /** The ERP's or the adapter's own words; never a secret. */
  message: string;
  /** RFC 3339. */
  at: string;
}

export type ErpProblemCode =
  | 'UNREACHABLE'
  | 'UNAUTHORIZED'
  | 'REFUSED'
  | 'NOT_FOUND'
  | 'RATE_LIMITED'
  | 'BROKEN'
  | 'SEALED'
  | 'SETTINGS';

const REMEDIES: Record<Language, Record<ErpProblemCode, string>> = {
  en: {
    UNREACHABLE: 'Nothing needs to be done: it is tried again by itself. If it lasts, see whether the ERP is running.',
    UNAUTHORIZED: 'Give the connection new secrets, or see in the ERP what the account may do.',
    REFUSED: 'Correct in the ERP or here what the ERP refuses, then try it again.',
    NOT_FOUND: 'See whether the address in the settings is right and the ERP still has what is asked for.',
    RATE_LIMITED: 'Nothing needs to be done: it goes on by itself as soon as the ERP allows.',
    BROKEN: 'Show the message to whoever looks after the ERP or the mapping; the other kinds go on meanwhile.',
    SEALED: 'Give the connection its secrets again: this server no longer has the key they were sealed with.',
    SETTINGS: 'Correct the settings of the connection.',
  },
  es: {
    UNREACHABLE: 'No hay que hacer nada: se vuelve a intentar. Si dura, compruebe que el ERP está en marcha.',
    UNAUTHORIZED: 'Indique secretos nuevos para la conexión, o mire en el ERP qué puede hacer la cuenta.',
    REFUSED: 'Corrija en el ERP o aquí lo que el ERP rechaza y vuelva a intentarlo.',
    NOT_FOUND: 'Mire si la dirección de los ajustes es correcta y el ERP aún tiene lo que se le pide.',
    RATE_LIMITED: 'No hay que hacer nada: sigue por sí solo en cuanto el ERP lo permita.',
    BROKEN: 'Muestre el mensaje a quien cuida del ERP o del mapeo; los demás tipos siguen entretanto.',
    SEALED: 'Indique de nuevo los secretos: este servidor ya no tiene la clave con que se sellaron.',
    SETTINGS: 'Corrija los ajustes de la conexión.',
  },
  pt: {
    UNREACHABLE: 'Não é preciso fazer nada: tenta-se de novo. Se durar, veja se o ERP está a funcionar.',
    UNAUTHORIZED: 'Indique novos segredos para a ligação, ou veja no ERP o que a conta pode fazer.',
    REFUSED: 'Corrija no ERP ou aqui o que o ERP recusa e tente de novo.',
    NOT_FOUND: 'Veja se o endereço nas definições está certo e se o ERP ainda tem o que se pede.',
    RATE_LIMITED: 'Não é preciso fazer nada: continua por si logo que o ERP permita.',
    BROKEN: 'Mostre a mensagem a quem cuida do ERP ou do mapeamento; os outros tipos continuam entretanto.',
    SEALED: 'Indique de novo os segredos: este servidor já não tem a chave com que foram selados.',
    SETTINGS: 'Corrija as definições da ligação.',
  },
};

export const remedyOf = ({ code }: StoredErpProblem, language: Language): string => REMEDIES[language][code];

/** Others' words, as they can be stored. */
export const problemOf = (code: ErpProblemCode, message: string): StoredErpProblem => ({
  code,
  message: message.toWellFormed().replaceAll('\0', '').slice(0, 1000),
  at: new Date().toISOString(),
});
