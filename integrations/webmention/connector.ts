import {
  type Connector,
  type ConnectorContext,
  ConnectorError,
  faultOfStatus,
  type HookContext,
  type InboundEvent,
  type Network,
  type RawRequest,
  type SourceDescription,
  type WebhookVerdict,
} from '../../src/ingest/connector.js';
import { decodeText } from '../../src/platform/outbound.text.js';
import { mentionEvent } from './mention.event.js';
import { linkTo, type OwnSite, readPage } from './mention.page.js';

/** A source of ours: `site` is the start of every address that is a page of ours. */
export interface WebmentionConfig extends OwnSite {
  handle: string;
}

const MAX_BYTES = 1024 * 1024;
const TIMEOUT_MS = 15_000;
const LONGEST_ADDRESS = 2000;

/** Other sites' word that they link to a page of ours (W3C Webmention); each is looked at before it is believed. */
export function webmentionConnector(): Connector<WebmentionConfig, never> {
  return {
    kind: 'webmention',
    label: 'Webmention',
    version: 1,
    network: 'BLOG' as Network,
    capabilities: {
      inbound: { webhook: true, stream: false, poll: false },
      reply: { public: false, private: false },
      edits: { notified: true, detectable: true },
      deletions: { notified: true, detectable: true },
      threadDepth: 1,
      media: true,
      idempotency: 'none',
      receipts: false,
    },
    connection: { fields: [] },
    configure,

    async check({ config, http }) {
      try {
        const response = await http.request({ url: config.site, maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS });
        if (response.status >= 300) {
          const message = `The site answers ${response.status}.`;
          return { ok: false, problem: faultOfStatus(response, { message, scope: 'endpoint' }) };
        }
        // Another name than a blog's own account has, so that both can be there.
        return { ok: true, account: { id: config.host, handle: config.site, displayName: config.host } };
      } catch (error) {
        if (error instanceof ConnectorError) return { ok: false, problem: error.fault };
        throw error;
      }
    },

    verifyWebhook,
    parseWebhook: ({ config }, request) => {
      const named = namedIn(config, request);
      if (!named) {
        throw new ConnectorError({ class: 'invalid', message: 'This is not a Webmention.', scope: 'message' });
      }
      return { events: [], notices: [{ id: named.source, url: named.target }] };
    },
    refetch,
  };
}

/** Nothing is signed: whoever sends it only makes us look at a page. */
function verifyWebhook({ config }: HookContext<WebmentionConfig>, request: RawRequest): WebhookVerdict {
  if (request.method !== 'POST') return { kind: 'reject', status: 405, reason: 'A Webmention is posted.' };
  if (!namedIn(config, request)) {
    return { kind: 'reject', status: 400, reason: 'It names no source, or no page of ours as its target.' };
  }
  return { kind: 'events', response: { status: 202, body: 'It will be looked at.' } };
}

function namedIn(
  config: WebmentionConfig,
  { body, headers }: RawRequest,
): { source: string; target: string } | undefined {
  const type = headers['content-type'] ?? '';
  if (!/^application\/x-www-form-urlencoded\b/i.test(type) || body.length > 10_000) return undefined;
  const form = new URLSearchParams(body.toString('utf8'));
  const source = webAddress(form.get('source'));
  const target = webAddress(form.get('target'));
  if (!source || !target || source === target || !isOurs(config, target)) return undefined;
  return { source, target };
}

function webAddress(text: string | null): string | undefined {
  const url = text && text.length <= LONGEST_ADDRESS ? URL.parse(text.trim()) : null;
  const isWeb = (url?.protocol === 'http:' || url?.protocol === 'https:') && !url.username && !url.password;
  return isWeb ? url!.href : undefined;
}

function isOurs({ host, path }: OwnSite, address: string): boolean {
  const url = URL.parse(address);
  return url !== null && url.host.replace(/^www\./, '') === host && url.pathname.startsWith(path);
}

/** Looks at the page that is said to link to us. `gone` when it is not there any more, or no longer links. */
async function refetch(
  { config, http, now }: ConnectorContext<WebmentionConfig>,
  { id: source }: { id: string },
): Promise<InboundEvent | 'gone'> {
  const url = webAddress(source);
  if (!url) throw new ConnectorError({ class: 'invalid', message: 'This is not a web address.', scope: 'message' });
  const response = await http.request({
    url,
    headers: { accept: 'text/html, application/xhtml+xml;q=0.9, */*;q=0.1' },
    maxBytes: MAX_BYTES,
    timeoutMs: TIMEOUT_MS,
  });
  const { status, headers, body } = response;
  if (status === 404 || status === 410) return 'gone';
  if (status >= 300) {
    const message = `The page that mentions us answers ${status}.`;
    throw new ConnectorError(faultOfStatus(response, { message, scope: 'message', now: now() }));
  }
  const type = headers['content-type'] ?? 'text/html';
  if (!/^(text\/html|application\/xhtml\+xml)\b/i.test(type)) return 'gone';
  const html = decodeText(body, type).text;
  const target = linkTo(html, url, address => isOurs(config, address));
  return target ? mentionEvent(readPage(html, url, target), { source: url, target, config, now: now() }) : 'gone';
}

/** `query` is the site's address, of which every page below it is ours; https is assumed when it has no scheme. */
function configure(source: SourceDescription): WebmentionConfig {
  if (source.kind !== 'ACCOUNT') throw invalid('Webmentions are heard for an account, by the address of its site.');
  const address = source.query.trim();
  const url = URL.parse(/^https?:\/\//i.test(address) ? address : `https://${address}`);
  if (!url?.hostname || !/[.:]|^localhost$/.test(url.hostname)) throw invalid('This is not the address of a site.');
  const path = url.pathname.replace(/\/*$/, '/');
  const site = url.origin + path;
  return { site, handle: site, host: url.host.replace(/^www\./, ''), path };
}

function invalid(message: string): ConnectorError {
  return new ConnectorError({ class: 'invalid', message, scope: 'message' });
}
