import { type JsonServer, startJson } from './json-server.js';
import type { Trouble } from './subjects/subject.js';

export type TwilioCall = Record<string, string | null> & { sid: string; from: string; to: string; direction: string };

export interface TwilioCalls extends JsonServer {
  calls: TwilioCall[];
  recordings: Record<string, string>[];
}

/** What Twilio's REST API does with an account's calls, as far as the adapter asks; lists are short so that they have pages. */
export async function startTwilioCalls(
  calls: TwilioCall[],
  recordings: Record<string, string>[] = [],
  trouble?: Trouble,
): Promise<TwilioCalls> {
  const server = await startJson(({ method, path, query, text }) => {
    const [, one] = /\/Calls\/(\w+)\.json$/.exec(path) ?? [];
    if (method === 'POST') {
      const form = new URLSearchParams(text);
      const sid = `CA${String(calls.length).padStart(32, '9')}`;
      const now = new Date().toUTCString();
      const call = { sid, from: form.get('From')!, to: form.get('To')!, direction: 'outbound-api', status: 'queued' };
      calls.push({ ...call, date_created: now, date_updated: now });
      return { status: 201, body: { sid } };
    }
    if (one) return calls.find(({ sid }) => sid === one);
    if (path.endsWith('/Recordings.json'))
      return { recordings: recordings.filter(each => (query.get('CallSid') ?? each['call_sid']) === each['call_sid']) };
    if (!path.endsWith('/Calls.json')) return { sid: 'AC', status: 'active' };
    const parent = query.get('ParentCallSid');
    const at = Number(query.get('Page') ?? 0) * 2;
    const found = calls
      .filter(({ to, from }) => (query.get('To') ?? to) === to && (query.get('From') ?? from) === from)
      .filter(call => !parent || call['parent_call_sid'] === parent);
    query.set('Page', String(at / 2 + 1));
    return { calls: found.slice(at, at + 2), next_page_uri: found.length > at + 2 ? `${path}?${query}` : null };
  }, trouble);
  return Object.assign(server, { calls, recordings });
}
