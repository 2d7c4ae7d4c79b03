import { createHash } from 'node:crypto';
import type { Language } from '../modules/access/index.js';
import { escaped } from './setup-pages.html.js';

const STYLE =
  'body{font:1rem/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}table{border-collapse:collapse;width:100%;margin:1.5rem 0}th,td{padding:.3rem .5rem;border-bottom:1px solid #ccc;text-align:right;vertical-align:top;overflow-wrap:normal}th:first-child,td:first-child{text-align:left;overflow-wrap:anywhere}.lines{overflow-x:auto}dl{display:grid;grid-template-columns:max-content auto;gap:.2rem 1rem}dd{margin:0}.sums{margin-left:auto;width:auto}.terms{white-space:pre-line}.notice{background:#eef6ee;border:1px solid #9c9;padding:1rem}.problem{color:#a00}label{display:block;margin:1rem 0}input{display:block;width:100%;font:inherit;padding:.4rem;box-sizing:border-box}fieldset{border:0;padding:0}.scores label{display:inline-block;margin:.2rem .8rem .2rem 0}.scores input{display:inline;width:auto}textarea{display:block;width:100%;font:inherit;box-sizing:border-box}button{font:inherit;padding:.5rem 1.5rem}';

/** Nothing runs, nothing is loaded, nothing frames it, and the address with its secret is told to nobody. */
export const PUBLIC_PAGE_POLICY = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
};

/** A page for people who have no account: `body` is markup, everything else is escaped. */
export const publicPage = (language: Language, title: string, body: string): string =>
  `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${STYLE}</style></head><body>${body}</body></html>`;
