import type { Language } from '../modules/access/index.js';
import { documentLanguage, type QuoteDocument, QuoteStatus, writeQuote } from '../modules/sales/index.js';
import { publicPage } from './public-pages.html.js';
import { escaped } from './setup-pages.html.js';

export interface PageWords {
  accept: string;
  acceptText: string;
  name: string;
  decline: string;
  reason: string;
  download: string;
  accepted: (order: string) => string;
  declined: string;
  expired: string;
  superseded: string;
  nameNeeded: string;
  tooLong: string;
  over: string;
  tooMany: string;
  elsewhere: string;
}

export const QUOTE_PAGE_WORDS: Record<Language, PageWords> = {
  en: {
    accept: 'Accept the quote',
    acceptText: 'By accepting, you place the order on the terms above.',
    name: 'Your name',
    decline: 'Decline the quote',
    reason: 'Why? (You need not say.)',
    download: 'Download as PDF',
    accepted: order => `This quote was accepted. Thank you! Your order is ${order}.`,
    declined: 'This quote was declined.',
    expired: 'This quote is no longer valid and cannot be accepted. Please ask us for a new one.',
    superseded: 'A newer version of this quote stands in for it. Please use the link you were sent with that one.',
    nameNeeded: 'Please say your name.',
    tooLong: 'That is too long.',
    over: 'This link was replaced, or was never given out.',
    tooMany: 'Too much was asked from your address in a short time. Try again in a minute.',
    elsewhere: 'This form came from another site. Open the link you were sent, and answer there.',
  },
  es: {
    accept: 'Aceptar el presupuesto',
    acceptText: 'Al aceptar, hace el pedido en las condiciones de arriba.',
    name: 'Su nombre',
    decline: 'Rechazar el presupuesto',
    reason: '¿Por qué? (No hace falta que lo diga.)',
    download: 'Descargar en PDF',
    accepted: order => `Este presupuesto fue aceptado. ¡Gracias! Su pedido es el ${order}.`,
    declined: 'Este presupuesto fue rechazado.',
    expired: 'Este presupuesto ha caducado y ya no se puede aceptar. Pídanos uno nuevo, por favor.',
    superseded: 'Una versión más nueva sustituye a este presupuesto. Use, por favor, el enlace que recibió con ella.',
    nameNeeded: 'Díganos su nombre, por favor.',
    tooLong: 'Es demasiado largo.',
    over: 'Este enlace fue sustituido o nunca existió.',
    tooMany: 'Demasiadas peticiones desde su dirección en poco tiempo. Vuelva a intentarlo dentro de un minuto.',
    elsewhere: 'Este formulario vino de otro sitio. Abra el enlace que recibió y responda allí.',
  },
  pt: {
    accept: 'Aceitar o orçamento',
    acceptText: 'Ao aceitar, você faz o pedido nas condições acima.',
    name: 'Seu nome',
    decline: 'Recusar o orçamento',
    reason: 'Por quê? (Não é preciso dizer.)',
    download: 'Baixar em PDF',
    accepted: order => `Este orçamento foi aceito. Obrigado! Seu pedido é o ${order}.`,
    declined: 'Este orçamento foi recusado.',
    expired: 'Este orçamento não é mais válido e não pode ser aceito. Peça-nos um novo, por favor.',
    superseded: 'Uma versão mais nova substitui este orçamento. Use, por favor, o link que recebeu com ela.',
    nameNeeded: 'Diga-nos seu nome, por favor.',
    tooLong: 'É longo demais.',
    over: 'Este link foi substituído ou nunca existiu.',
    tooMany: 'Pedidos demais vindos do seu endereço em pouco tempo. Tente de novo daqui a um minuto.',
    elsewhere: 'Este formulário veio de outro site. Abra o link que recebeu e responda lá.',
  },
};

/** What is in the way of an answer, or was answered; null while one is waited for. */
export function noticeOf(quote: QuoteDocument): string | null {
  const words = QUOTE_PAGE_WORDS[documentLanguage(quote.language)];
  switch (quote.status) {
    case QuoteStatus.ACCEPTED:
      return words.accepted(quote.orderNumber ?? '');
    case QuoteStatus.REJECTED:
      return words.declined;
    case QuoteStatus.SUPERSEDED:
      return words.superseded;
    case QuoteStatus.EXPIRED:
      return words.expired;
    default:
      return quote.isOver ? words.expired : null;
  }
}

/** The page of a quote in its own language, with the forms to answer it while it can be. `path` is its own address. */
export function quotePage(
  quote: QuoteDocument,
  path: string,
  typed: { name?: string | undefined; problem?: string | undefined } = {},
): string {
  const language = documentLanguage(quote.language);
  const written = writeQuote(quote);
  const words = QUOTE_PAGE_WORDS[language];
  const notice = noticeOf(quote);
  const row = (cells: readonly string[], tag: 'th' | 'td') =>
    `<tr>${cells.map(cell => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`;
  const body = [
    `<p>${escaped(quote.organization)}</p><h1>${escaped([written.heading, written.revision].filter(Boolean).join(' · '))}</h1>`,
    quote.title ? `<h2>${escaped(quote.title)}</h2>` : '',
    notice ? `<p class="notice" role="status">${escaped(notice)}</p>` : '',
    `<dl><dt>${escaped(written.words.to)}</dt><dd>${escaped(quote.customer)}</dd>${written.facts
      .map(({ label, value }) => `<dt>${escaped(label)}</dt><dd>${escaped(value)}</dd>`)
      .join('')}</dl>`,
    `<div class="lines"><table><thead>${row(written.columns, 'th')}</thead><tbody>${written.rows.map(cells => row(cells, 'td')).join('')}</tbody></table></div>`,
    `<table class="sums">${written.sums.map(({ label, value }) => row([label, value], 'td')).join('')}</table>`,
    quote.terms ? `<h2>${escaped(written.words.terms)}</h2><p class="terms">${escaped(quote.terms)}</p>` : '',
    `<p><a href="${escaped(path)}.pdf">${escaped(words.download)}</a></p>`,
    notice ? '' : forms(words, path, typed),
  ];
  return publicPage(language, written.heading, body.join(''));
}

function forms(
  words: PageWords,
  path: string,
  { name = '', problem }: { name?: string | undefined; problem?: string | undefined },
): string {
  const wrong = problem ? `<span class="problem">${escaped(problem)}</span>` : '';
  return `<form method="post" action="${escaped(path)}/accept"><p>${escaped(words.acceptText)}</p><label>${escaped(words.name)}<input name="name" required maxlength="200" autocomplete="name" value="${escaped(name)}">${wrong}</label><button>${escaped(words.accept)}</button></form><form method="post" action="${escaped(path)}/reject"><label>${escaped(words.reason)}<input name="reason" maxlength="2000"></label><button>${escaped(words.decline)}</button></form>`;
}

export const quoteMessage = (language: Language, text: string): string =>
  publicPage(language, 'Vínculo', `<p role="status">${escaped(text)}</p>`);
