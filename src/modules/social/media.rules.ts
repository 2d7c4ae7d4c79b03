import type { Language } from '../access/index.js';

const TOO_LARGE: Record<Language, (name: string) => string> = {
  en: name => `${name} was not kept: it is larger than 25 MiB.`,
  es: name => `${name} no se guardó: ocupa más de 25 MiB.`,
  pt: name => `${name} não foi guardado: ocupa mais de 25 MiB.`,
};

const NAMELESS: Record<Language, string> = { en: 'A file', es: 'Un archivo', pt: 'Um ficheiro' };

/** Why something that came along is not there. */
export const explainTooLarge = (name: string | null | undefined, language: Language): string =>
  TOO_LARGE[language](name ? `“${name}”` : NAMELESS[language]);
