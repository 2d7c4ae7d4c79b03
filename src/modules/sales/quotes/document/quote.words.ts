import type { Language } from '../../../access/index.js';

/** The language a document can be in that fits a wish (BCP 47); null when there is none. */
export function fittingLanguage(wish: string | null | undefined): Language | null {
  const base = (wish ?? '').toLowerCase().split(/[-_]/)[0];
  return base === 'es' || base === 'pt' || base === 'en' ? base : null;
}

export const documentLanguage = (wish: string | null | undefined): Language => fittingLanguage(wish) ?? 'en';

/** How numbers, days and money are written: as in the region the language names, where we have its words. */
export const localeOf = (language: string): string => {
  if (!fittingLanguage(language)) return 'en';
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'en';
  } catch {
    return documentLanguage(language);
  }
};

export interface QuoteWords {
  quote: string;
  revision: string;
  from: string;
  to: string;
  date: string;
  validUntil: string;
  currency: string;
  description: string;
  quantity: string;
  unitPrice: string;
  discount: string;
  tax: string;
  net: string;
  subtotal: string;
  discounts: string;
  netTotal: string;
  taxAt: string;
  total: string;
  terms: string;
  page: (page: string, pages: string) => string;
  continued: string;
}

export const QUOTE_WORDS: Record<Language, QuoteWords> = {
  en: {
    quote: 'Quote',
    revision: 'revision',
    from: 'From',
    to: 'To',
    date: 'Date',
    validUntil: 'Valid until',
    currency: 'Currency',
    description: 'Description',
    quantity: 'Quantity',
    unitPrice: 'Unit price',
    discount: 'Disc.',
    tax: 'Tax',
    net: 'Amount',
    subtotal: 'Subtotal',
    discounts: 'Discounts',
    netTotal: 'Net',
    taxAt: 'Tax',
    total: 'Total',
    terms: 'Terms',
    page: (page, pages) => `Page ${page} of ${pages}`,
    continued: 'continued',
  },
  es: {
    quote: 'Presupuesto',
    revision: 'revisión',
    from: 'De',
    to: 'Para',
    date: 'Fecha',
    validUntil: 'Válido hasta',
    currency: 'Moneda',
    description: 'Descripción',
    quantity: 'Cantidad',
    unitPrice: 'Precio unitario',
    discount: 'Dto.',
    tax: 'Impuesto',
    net: 'Importe',
    subtotal: 'Subtotal',
    discounts: 'Descuentos',
    netTotal: 'Base imponible',
    taxAt: 'Impuesto',
    total: 'Total',
    terms: 'Condiciones',
    page: (page, pages) => `Página ${page} de ${pages}`,
    continued: 'continuación',
  },
  pt: {
    quote: 'Orçamento',
    revision: 'revisão',
    from: 'De',
    to: 'Para',
    date: 'Data',
    validUntil: 'Válido até',
    currency: 'Moeda',
    description: 'Descrição',
    quantity: 'Quantidade',
    unitPrice: 'Preço unitário',
    discount: 'Desc.',
    tax: 'Imposto',
    net: 'Valor',
    subtotal: 'Subtotal',
    discounts: 'Descontos',
    netTotal: 'Base tributável',
    taxAt: 'Imposto',
    total: 'Total',
    terms: 'Condições',
    page: (page, pages) => `Página ${page} de ${pages}`,
    continued: 'continuação',
  },
};
