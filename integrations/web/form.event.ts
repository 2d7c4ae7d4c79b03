import { createHash } from 'node:crypto';
import { type HookContext, PostKind, type RawRequest, type UpsertEvent } from '../../src/ingest/connector.js';
import { visitorOf } from './embed.signature.js';
import type { WebConfig } from './site.config.js';

const MOST_FIELDS = 40;
const LONGEST_MESSAGE = 20_000;
const LONGEST_FIELD = 2000;
/** Ours, and none of what people wrote. */
const UNSHOWN = ['token', 'honeypot', 'thanks', 'id', 'visitor', 'language', 'message', 'subject'];

export type Fields = Record<string, string>;

/** The fields of a form, or of JSON that says the same; null for anything else, and for what is too much. */
export function readFields({ headers, body }: Pick<RawRequest, 'headers' | 'body'>): Fields | null {
  const type = headers['content-type']?.toLowerCase() ?? '';
  const text = body.toString('utf8');
  const given = type.includes('json')
    ? entriesOfJson(text)
    : type.includes('x-www-form-urlencoded')
      ? [...new URLSearchParams(text)]
      : null;
  if (!given || given.length > MOST_FIELDS) return null;
  const fields: Fields = Object.create(null);
  for (const [name, value] of given) {
    if (name.length > 100 || value.length > (name === 'message' ? LONGEST_MESSAGE : LONGEST_FIELD)) return null;
    // Ticked boxes of one name are one answer.
    fields[name] = fields[name] === undefined ? value.trim() : `${fields[name]}, ${value.trim()}`;
  }
  return fields;
}

function entriesOfJson(text: string): [string, string][] | null {
  try {
    const given: unknown = JSON.parse(text);
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return null;
    return Object.entries(given).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? [[name, String(value)]]
        : [],
    );
  } catch {
    return null;
  }
}

export const isFilledByMachine = ({ honeypot }: WebConfig, fields: Fields): boolean =>
  Boolean(fields['honeypot'] || fields[honeypot]);

/** Nothing is said, and nobody is named. */
export const isEmpty = (fields: Fields): boolean =>
  !['message', 'subject', 'email', 'phone'].some(name => fields[name]);

/**
 * The same form sent again has the same id: by what its page calls it, or else within the same minute. All that was written is
 * part of it, so nobody can write over what somebody else sent.
 */
export function formId({ config, now }: HookContext<WebConfig>, fields: Fields): string {
  const occasion = fields['id'] || String(Math.floor(now().getTime() / 60_000));
  const said = Object.keys(fields)
    .filter(name => name !== 'token')
    .sort()
    .map(name => [name, fields[name]]);
  return `f-${digestOf(JSON.stringify([config.site, occasion, said]))}`;
}

/** What somebody wrote into a form. Address and number are what they typed: shown to people, and proof of nothing. */
export function formEvent(context: HookContext<WebConfig>, fields: Fields): UpsertEvent {
  const id = formId(context, fields);
  const { message = '', subject, name, email, phone, language } = fields;
  const visitor = visitorOf(context.hookSecret, fields['visitor']);
  const typed = email?.toLowerCase() || phone?.replace(/[^\d+]/g, '');
  const more = Object.entries(fields).filter(
    ([field, value]) => value !== '' && !UNSHOWN.includes(field) && field !== context.config.honeypot,
  );
  return {
    op: 'upsert',
    ref: { id: visitor ? `${visitor}:${id}` : id },
    revision: '1',
    kind: PostKind.DIRECT_MESSAGE,
    author: {
      id: visitor ?? (typed ? `c-${digestOf(typed)}` : id),
      ...(name && { displayName: name.slice(0, 200) }),
      // What people say of themselves: enough to be suggested as a customer, never to be taken for one.
      ...(typed && { bio: [email, phone].filter(Boolean).join(' · ') }),
    },
    own: false,
    ...(visitor && { root: { id: visitor }, replyTo: { visitor } }),
    occurredAt: context.now(),
    text: [message, more.map(([field, value]) => `${field}: ${value}`).join('\n')].filter(Boolean).join('\n\n'),
    ...(subject && { title: subject.slice(0, 500) }),
    ...(language && /^[a-z]{2,3}(-[\w-]{1,20})?$/i.test(language) && { language }),
    media: [],
    auto: false,
    replyability: visitor
      ? { public: false, private: true }
      : { public: false, private: false, reason: 'NOT_POSSIBLE' },
  };
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 32);
