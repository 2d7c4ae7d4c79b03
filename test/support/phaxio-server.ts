import { formOf, type PostedForm } from '../../integrations/phaxio/form.parts.js';
import { type JsonServer, startJson } from './json-server.js';
import type { Trouble } from './subjects/subject.js';

export interface PhaxioServer extends JsonServer {
  faxes: Record<string, unknown>[];
  /** The forms by which it was told to send, in order. */
  posted: PostedForm[];
}

export const PAGE = Buffer.from('%PDF-1.4\n\xff\xfe one page \r\n--x\r\n%%EOF', 'latin1');

/** What Phaxio's REST API does with an account's faxes, as far as the adapter asks; lists are short so that they have pages. */
export async function startPhaxio(faxes: Record<string, unknown>[], trouble?: Trouble): Promise<PhaxioServer> {
  const posted: PostedForm[] = [];
  const server = await startJson(({ method, path, query, headers, body }) => {
    if (method === 'POST') {
      const form = formOf({ method, url: path, headers: { 'content-type': headers['content-type'] }, query: {}, body });
      if (!form.fields.get('to')?.startsWith('+'))
        return { status: 422, body: { success: false, message: 'Phone number is invalid' } };
      posted.push(form);
      const id = 1000 + posted.length;
      const tags = { key: form.fields.get('tag[key]') };
      const now = new Date().toISOString();
      faxes.push({ id, direction: 'sent', status: 'queued', to_number: form.fields.get('to'), tags, created_at: now });
      return { success: true, message: 'Fax queued for sending', data: { id } };
    }
    if (path === '/v2.1/account/status') return { success: true, data: { balance: 5000 } };
    const [, id, file] = /\/faxes\/(\d+)(\/file)?$/.exec(path) ?? [];
    const one = faxes.find(fax => String(fax['id']) === id);
    if (id) return one && (file ? { status: 200, body: PAGE } : { success: true, data: one });
    const key = query.get('tag[key]');
    const found = faxes
      .filter(fax => String(fax['created_at']) >= (query.get('created_after') ?? ''))
      .filter(fax => key === null || (fax['tags'] as Record<string, string> | undefined)?.['key'] === key)
      .reverse();
    const page = Number(query.get('page') ?? 1);
    return {
      success: true,
      data: found.slice(page * 2 - 2, page * 2),
      paging: { total: found.length, per_page: 2, page },
    };
  }, trouble);
  return Object.assign(server, { faxes, posted });
}
