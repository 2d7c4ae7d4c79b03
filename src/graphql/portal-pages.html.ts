import { createHash } from 'node:crypto';
import type { Language } from '../modules/access/index.js';
import { PORTAL_WORDS } from './portal-pages.words.js';
import { escaped } from './setup-pages.html.js';

/** Where a page belongs: whose portal, at which address, in which language it is written. */
export interface PageOf {
  organization: string;
  /** `/portal/<slug>`. */
  base: string;
  language: Language;
}

export interface ShownTicket {
  id: string;
  number: string;
  subject: string;
  status: string;
}

export interface ShownMessage {
  kind: string;
  text: string;
  occurredAt: string;
}

export interface ShownConsent {
  purpose: string;
  channel: string;
  state: string;
}

const STYLE =
  'body{font:1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}label{display:block;margin:1rem 0}input,textarea{display:block;width:100%;font:inherit;padding:.4rem;box-sizing:border-box}button{font:inherit;padding:.5rem 1.5rem}.problem{color:#a00}.notice{background:#eef6ee;border:1px solid #9c9;padding:1rem}article{border-top:1px solid #ccc;padding:.5rem 0;white-space:pre-line}li form{display:inline}';

/** Nothing runs, nothing is loaded, nothing frames it, and an address with a secret in it is told to nobody. */
export const PORTAL_POLICY = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
};

export function contactPage(of: PageOf, problem?: string): string {
  const words = PORTAL_WORDS[of.language];
  return page(
    of,
    words.enter,
    `<form method="post" action="${of.base}/code"><label>${words.contact}<input name="contact" required maxlength="320" autocomplete="username">${wrong(problem)}</label><button>${words.send}</button></form>`,
  );
}

export function codePage(
  of: PageOf,
  { requestId, contact, problem }: Record<'requestId' | 'contact', string> & { problem?: string },
) {
  const words = PORTAL_WORDS[of.language];
  const hidden = (name: string, value: string) => `<input type="hidden" name="${name}" value="${escaped(value)}">`;
  return page(
    of,
    words.enter,
    `<p class="notice" role="status">${escaped(words.sent(contact))}</p><form method="post" action="${of.base}/sign-in">${hidden('requestId', requestId)}${hidden('contact', contact)}<label>${words.code}<input name="code" required maxlength="20" inputmode="numeric" autocomplete="one-time-code">${wrong(problem)}</label><button>${words.signIn}</button></form><p><a href="${of.base}">${words.again}</a></p>`,
  );
}

/** Programs that look at mail follow links; only a person presses a button. */
export function enterPage(of: PageOf, token: string): string {
  const words = PORTAL_WORDS[of.language];
  return page(
    of,
    words.enter,
    `<p>${words.pressToEnter}</p><form method="post" action="${of.base}/enter/${encodeURIComponent(token)}"><button>${words.signIn}</button></form>`,
  );
}

export function homePage(of: PageOf, name: string, tickets: ShownTicket[], problem?: string): string {
  const words = PORTAL_WORDS[of.language];
  const items = tickets.map(
    ({ id, number, subject, status }) =>
      `<li><a href="${of.base}/tickets/${encodeURIComponent(id)}">${escaped(number)} · ${escaped(subject)}</a> (${escaped(words.statuses[status] ?? status)})</li>`,
  );
  return page(
    of,
    name,
    `<p><a href="${of.base}/consents">${words.consents}</a></p>${button(`${of.base}/sign-out`, words.signOut)}<h2>${words.tickets}</h2>${items.length > 0 ? `<ul>${items.join('')}</ul>` : `<p>${words.noTickets}</p>`}<h2>${words.newTicket}</h2><form method="post" action="${of.base}/tickets"><label>${words.subject}<input name="subject" required maxlength="200">${wrong(problem)}</label>${textField(of.language)}<button>${words.answer}</button></form>`,
  );
}

export function ticketPage(of: PageOf, ticket: ShownTicket, messages: ShownMessage[], problem?: string): string {
  const words = PORTAL_WORDS[of.language];
  const moment = new Intl.DateTimeFormat(of.language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });
  const said = messages.map(
    ({ kind, text, occurredAt }) =>
      `<article><strong>${kind === 'CUSTOMER' ? words.you : words.us}</strong> · ${escaped(moment.format(new Date(occurredAt)))} UTC\n${escaped(text)}</article>`,
  );
  return page(
    of,
    `${ticket.number} · ${ticket.subject}`,
    `<p>${escaped(words.statuses[ticket.status] ?? ticket.status)}</p>${said.join('')}<form method="post" action="${of.base}/tickets/${encodeURIComponent(ticket.id)}">${textField(of.language)}${wrong(problem)}<button>${words.answer}</button></form><p><a href="${of.base}">${words.back}</a></p>`,
  );
}

export function consentsPage(of: PageOf, consents: ShownConsent[]): string {
  const words = PORTAL_WORDS[of.language];
  const rows = consents.map(({ purpose, channel, state }) => {
    const isGranted = state === 'GRANTED';
    const hidden = Object.entries({ purpose, channel, state: isGranted ? 'WITHDRAWN' : 'GRANTED' })
      .map(([name, value]) => `<input type="hidden" name="${name}" value="${escaped(value)}">`)
      .join('');
    return `<li>${escaped(words.purposes[purpose] ?? purpose)}, ${escaped(words.channels[channel] ?? channel)}: ${isGranted ? words.allowed : words.notAllowed} <form method="post" action="${of.base}/consents">${hidden}<button>${isGranted ? words.withdraw : words.allow}</button></form></li>`;
  });
  return page(of, words.consents, `<ul>${rows.join('')}</ul><p><a href="${of.base}">${words.back}</a></p>`);
}

export const portalMessage = (of: PageOf, text: string): string =>
  page(of, of.organization, `<p role="status">${escaped(text)}</p>`);

const wrong = (problem: string | undefined): string =>
  problem ? `<span class="problem" role="alert">${escaped(problem)}</span>` : '';

const button = (action: string, text: string): string =>
  `<form method="post" action="${action}"><button>${text}</button></form>`;

const textField = (language: Language): string =>
  `<label>${PORTAL_WORDS[language].text}<textarea name="text" required rows="5" maxlength="10000"></textarea></label>`;

const page = ({ organization, language }: PageOf, title: string, body: string): string =>
  `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(organization)}</title><style>${STYLE}</style></head><body><p>${escaped(organization)}</p><h1>${escaped(title)}</h1>${body}</body></html>`;
