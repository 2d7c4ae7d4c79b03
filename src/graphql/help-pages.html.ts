import type { Language } from '../modules/access/index.js';
import { escaped } from './setup-pages.html.js';

export interface HelpWords {
  help: string;
  search: string;
  found: string;
  nothing: string;
  otherLanguage: string;
  others: string;
  missing: string;
  all: string;
  more: string;
  tooMany: string;
}

export const HELP_WORDS: Record<Language, HelpWords> = {
  en: {
    help: 'Help',
    search: 'Search',
    found: 'Found',
    nothing: 'Nothing was found. Try other words.',
    otherLanguage: 'This article is not there in English yet.',
    others: 'Other articles',
    missing: 'There is no such page, or it is not for everybody.',
    all: 'All articles',
    more: 'More articles',
    tooMany: 'Too much was asked from your address in a short time. Try again in a minute.',
  },
  es: {
    help: 'Ayuda',
    search: 'Buscar',
    found: 'Resultados',
    nothing: 'No se ha encontrado nada. Pruebe con otras palabras.',
    otherLanguage: 'Este artículo todavía no está en español.',
    others: 'Otros artículos',
    missing: 'No hay tal página, o no es para todo el mundo.',
    all: 'Todos los artículos',
    more: 'Más artículos',
    tooMany: 'Se ha pedido demasiado desde su dirección en poco tiempo. Inténtelo de nuevo en un minuto.',
  },
  pt: {
    help: 'Ajuda',
    search: 'Procurar',
    found: 'Resultados',
    nothing: 'Nada foi encontrado. Tente outras palavras.',
    otherLanguage: 'Este artigo ainda não existe em português.',
    others: 'Outros artigos',
    missing: 'Não há tal página, ou não é para todos.',
    all: 'Todos os artigos',
    more: 'Mais artigos',
    tooMany: 'Foi pedido demasiado do seu endereço em pouco tempo. Tente novamente dentro de um minuto.',
  },
};

export interface Shown {
  slug: string;
  language: string;
  title: string;
  summary: string;
  category?: string | null;
}

/** Headings with links to their articles, below the names of their categories; `query` is what they were found by. */
export function headings(root: string, words: HelpWords, language: Language, shown: Shown[], query: string): string {
  const link = ({ slug, title, summary }: Shown): string => {
    const asked = new URLSearchParams({ lang: language, ...(query ? { q: query } : {}) });
    const about = summary ? `<br>${escaped(summary)}` : '';
    return `<li><a href="${escaped(`${root}/${encodeURIComponent(slug)}?${asked}`)}">${escaped(title)}</a>${about}</li>`;
  };
  const shelves = Map.groupBy(shown, ({ category }) => category ?? '');
  return [...shelves]
    .map(([name, articles]) => {
      const heading = name || (query ? words.found : shelves.size > 1 ? words.others : words.all);
      return `<h2>${escaped(heading)}</h2><ul>${articles.map(link).join('')}</ul>`;
    })
    .join('');
}

/** The way to what follows on the next page, where there is one. */
export function moreLink(
  root: string,
  words: HelpWords,
  language: Language,
  query: string,
  after: string | null,
): string {
  if (!after) return '';
  const asked = new URLSearchParams({ lang: language, ...(query ? { q: query } : {}), after });
  return `<p><a rel="next" href="${escaped(`${root}?${asked}`)}">${escaped(words.more)}</a></p>`;
}

export const searchForm = (root: string, words: HelpWords, language: Language, query: string): string =>
  `<form method="get" action="${escaped(root)}" role="search"><label>${escaped(words.search)}<input type="search" name="q" maxlength="200" value="${escaped(query)}"></label><input type="hidden" name="lang" value="${language}"><button>${escaped(words.search)}</button></form>`;
