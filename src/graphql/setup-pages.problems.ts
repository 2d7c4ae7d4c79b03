import type { Language } from '../modules/access/index.js';

/** What can be wrong with what was typed into the pages, by how access says it in English. */
const TRANSLATED: Record<string, Record<Exclude<Language, 'en'>, string>> = {
  'A name is needed.': { es: 'Hace falta un nombre.', pt: 'É preciso um nome.' },
  'A name has at most 200 characters.': {
    es: 'Un nombre tiene 200 caracteres como máximo.',
    pt: 'Um nome tem no máximo 200 caracteres.',
  },
  'This is not an e-mail address.': {
    es: 'Esto no es una dirección de correo electrónico.',
    pt: 'Isto não é um endereço de e-mail.',
  },
  'Somebody uses this e-mail address already.': {
    es: 'Alguien ya usa esta dirección de correo electrónico.',
    pt: 'Alguém já usa este endereço de e-mail.',
  },
  'A password has at least 10 characters.': {
    es: 'Una contraseña tiene 10 caracteres como mínimo.',
    pt: 'Uma senha tem no mínimo 10 caracteres.',
  },
  'A password has at most 128 characters.': {
    es: 'Una contraseña tiene 128 caracteres como máximo.',
    pt: 'Uma senha tem no máximo 128 caracteres.',
  },
  'Too many attempts. Try again in a minute.': {
    es: 'Demasiados intentos. Vuelva a intentarlo dentro de un minuto.',
    pt: 'Tentativas demais. Tente de novo daqui a um minuto.',
  },
  'You sign in to another organisation with this address already: give the password you have there.': {
    es: 'Con esta dirección ya entra en otra organización: escriba la contraseña que tiene allí.',
    pt: 'Com este endereço você já entra em outra organização: informe a senha que tem lá.',
  },
  'There are several organisations: name the one to own by its slug.': {
    es: 'Hay varias organizaciones: escriba el nombre corto de la que será suya.',
    pt: 'Há várias organizações: informe o nome curto da que será sua.',
  },
  'There is no organisation with this slug.': {
    es: 'No hay ninguna organización con este nombre corto.',
    pt: 'Não há nenhuma organização com este nome curto.',
  },
  'A slug has 1 to 63 lower-case letters, digits and hyphens, and no hyphen at its ends.': {
    es: 'Un nombre corto tiene de 1 a 63 letras minúsculas, cifras y guiones, y ningún guion en los extremos.',
    pt: 'Um nome curto tem de 1 a 63 letras minúsculas, algarismos e hifens, e nenhum hífen nas pontas.',
  },
};

/** A problem in the language of the page; in English where nobody has said it in that language. */
export const problemIn = (language: Language, message: string): string =>
  language === 'en' ? message : (TRANSLATED[message]?.[language] ?? message);
