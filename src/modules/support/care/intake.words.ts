import type { Language } from '../../access/index.js';
import type { IntakeCondition } from './intake.rules.js';

interface Words {
  /** Names of what rules ask for. */
  asks: Record<IntakeCondition, string>;
  takes(rule: string, why: string): string;
  takesAll(rule: string): string;
  ignores(rule: string, why: string): string;
  unmet(rule: string, condition: string): string;
  none: string;
  own: string;
  auto: string;
  call: string;
}

export const INTAKE_WORDS: Record<Language, Words> = {
  en: {
    asks: {
      channels: 'its channel',
      networks: 'its network',
      kinds: 'what kind of post it is',
      accountIds: 'which account it reached',
      sourceIds: 'which source brought it',
      languages: 'its language',
      sentimentBelow: 'how it feels',
      priorityAtLeast: 'how much it matters',
      followersAtLeast: 'how many follow its author',
      isCustomer: 'whether its author is a customer',
      customerTags: "its customer's tags",
      wordsAny: 'its words',
      wordsAll: 'all of its words',
      wordsNone: 'words that must not be in it',
    },
    takes: (rule, why) => `"${rule}" opens a ticket of it, because of: ${why}.`,
    takesAll: rule => `"${rule}" opens a ticket of it: it asks for nothing.`,
    ignores: (rule, why) => `"${rule}" sees to it that it opens no ticket, because of: ${why}.`,
    unmet: (rule, condition) => `"${rule}" does not take it because of ${condition}.`,
    none: 'No rule takes it: it stays in the inbox.',
    own: 'We said it ourselves: it opens no ticket.',
    auto: 'A machine wrote it: it opens no ticket.',
    call: 'Somebody answered the call, or may still do: it opens no ticket.',
  },
  es: {
    asks: {
      channels: 'su canal',
      networks: 'su red',
      kinds: 'la clase de publicación que es',
      accountIds: 'la cuenta a la que llegó',
      sourceIds: 'la fuente que la trajo',
      languages: 'su idioma',
      sentimentBelow: 'su sentimiento',
      priorityAtLeast: 'su prioridad',
      followersAtLeast: 'los seguidores de quien la escribió',
      isCustomer: 'si quien la escribió es cliente',
      customerTags: 'las etiquetas de su cliente',
      wordsAny: 'sus palabras',
      wordsAll: 'todas sus palabras',
      wordsNone: 'palabras que no debe tener',
    },
    takes: (rule, why) => `«${rule}» abre un tique, por: ${why}.`,
    takesAll: rule => `«${rule}» abre un tique: no pide nada.`,
    ignores: (rule, why) => `«${rule}» hace que no abra ningún tique, por: ${why}.`,
    unmet: (rule, condition) => `«${rule}» no la toma por ${condition}.`,
    none: 'Ninguna regla la toma: se queda en la bandeja.',
    own: 'La dijimos nosotros: no abre ningún tique.',
    auto: 'La escribió una máquina: no abre ningún tique.',
    call: 'Alguien atendió la llamada, o aún puede hacerlo: no abre ningún tique.',
  },
  pt: {
    asks: {
      channels: 'o seu canal',
      networks: 'a sua rede',
      kinds: 'o tipo de publicação que é',
      accountIds: 'a conta a que chegou',
      sourceIds: 'a fonte que a trouxe',
      languages: 'o seu idioma',
      sentimentBelow: 'o seu sentimento',
      priorityAtLeast: 'a sua prioridade',
      followersAtLeast: 'os seguidores de quem a escreveu',
      isCustomer: 'quem a escreveu ser cliente ou não',
      customerTags: 'as etiquetas do seu cliente',
      wordsAny: 'as suas palavras',
      wordsAll: 'todas as suas palavras',
      wordsNone: 'palavras que não deve ter',
    },
    takes: (rule, why) => `«${rule}» abre um pedido, por: ${why}.`,
    takesAll: rule => `«${rule}» abre um pedido: não pede nada.`,
    ignores: (rule, why) => `«${rule}» faz com que não abra nenhum pedido, por: ${why}.`,
    unmet: (rule, condition) => `«${rule}» não a toma por causa de: ${condition}.`,
    none: 'Nenhuma regra a toma: fica na caixa de entrada.',
    own: 'Fomos nós que a dissemos: não abre nenhum pedido.',
    auto: 'Foi escrita por uma máquina: não abre nenhum pedido.',
    call: 'Alguém atendeu a chamada, ou ainda o pode fazer: não abre nenhum pedido.',
  },
};
