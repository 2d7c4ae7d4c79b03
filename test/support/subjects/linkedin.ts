import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { linkedinConnector } from '../../../integrations/linkedin/connector.js';
import type { PostKind, RawRequest } from '../../../src/ingest/connector.js';
import { type JsonAnswer, startJson } from '../json-server.js';
import type { Subject, SubjectKind, Trouble } from './subject.js';

export interface Notification {
  action: string;
  generatedActivity: string;
  decoratedGeneratedActivity: { comment?: { entity: string; owner: string; text: string } };
}

export const notifications = JSON.parse(
  readFileSync('integrations/linkedin/fixtures/notifications.json', 'utf8'),
) as Notification[];

export const ORGANIZATION = 'urn:li:organization:5550001';
export const SECRET = 'secret-of-the-app';
/** What Marisol asked, as LinkedIn names it in full. */
export const QUESTION = notifications[0]!.decoratedGeneratedActivity.comment!.entity;
export const THREAD = /urn:li:activity:\d+/.exec(QUESTION)![0];

const signed = (text: string, secret = SECRET) => createHmac('sha256', secret).update(text).digest('hex');

export function delivery(given: object[], signature?: string | null, said: object[] = given): RawRequest {
  const bodyOf = (list: object[]) =>
    JSON.stringify({ type: 'ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS', notifications: list });
  const right = signed(`hmacsha256=${bodyOf(given)}`);
  return {
    method: 'POST',
    url: 'https://crm.example.com/hooks/k',
    headers: {
      'content-type': 'application/json',
      ...(signature !== null && { 'x-li-signature': signature ?? right }),
    },
    query: {},
    body: Buffer.from(bodyOf(said)),
  };
}

const CHALLENGE = '890e4665-4dfe-4ab1-b689-ed553bceeed0';
export const challenge = {
  request: {
    method: 'GET',
    url: 'https://crm.example.com/hooks/k',
    headers: {},
    query: { challengeCode: CHALLENGE },
    body: Buffer.alloc(0),
  },
  body: JSON.stringify({ challengeCode: CHALLENGE, challengeResponse: signed(CHALLENGE) }),
};

interface Written {
  id: string;
  text: string;
  under: string;
  at: number;
}

export interface LinkedinState {
  notifications: object[];
  written: Written[];
}

/** LinkedIn before one page: what it is told, and what it writes under it. */
export function linkedinWith(state: LinkedinState): JsonAnswer {
  return ({ method, path, text }) => {
    if (path === '/rest/organizations/5550001')
      return { localizedName: 'Panadería Olivar', vanityName: 'panaderia-olivar' };
    if (path === '/rest/organizationalEntityNotifications') return { elements: state.notifications };
    const [, under, id] = /^\/rest\/socialActions\/([^/]+)\/comments(?:\/(\d+))?$/.exec(path) ?? [];
    if (!under) return undefined;
    if (method === 'POST') {
      const { message } = JSON.parse(text) as { message: { text: string } };
      const made = { id: `7700000000000000${100 + state.written.length}`, text: message.text, at: Date.now() };
      state.written.push({ ...made, under: decodeURIComponent(under) });
      return { status: 201, headers: { 'x-restli-id': made.id }, body: { id: made.id, object: 'urn:li:ugcPost:1' } };
    }
    if (method === 'DELETE') {
      const known = state.written.some(each => each.id === id);
      state.written = state.written.filter(each => each.id !== id);
      return known ? { status: 204 } : undefined;
    }
    if (id) {
      const found = notifications
        .map(({ decoratedGeneratedActivity }) => decoratedGeneratedActivity.comment)
        .find(each => each?.entity.endsWith(`,${id})`));
      if (!found) return undefined;
      return { ...found, id, actor: found.owner, message: { text: found.text }, created: { time: 1 } };
    }
    const elements = state.written
      .filter(each => each.under === decodeURIComponent(under))
      .map(each => ({
        id: each.id,
        actor: ORGANIZATION,
        message: { text: each.text },
        created: { time: each.at },
      }));
    return { elements };
  };
}

export const SOURCE = {
  kind: 'ACCOUNT' as const,
  query: 'panaderia-olivar',
  settings: { organizationId: '5550001', clientId: 'app', version: '202609' },
  credentials: { accessToken: 'token', clientSecret: SECRET },
};

async function openLinkedin(trouble?: Trouble): Promise<Subject> {
  const isLater = ({ action }: Notification) => action === 'COMMENT_EDIT' || action === 'COMMENT_DELETE';
  const state: LinkedinState = { notifications: notifications.filter(each => !isLater(each)), written: [] };
  const server = await startJson(linkedinWith(state), trouble);
  if (trouble === 'gone') await server.close();
  return {
    connector: linkedinConnector({ origin: server.origin, site: server.origin }),
    source: SOURCE,
    reading: {
      beginning: null,
      posts: 4,
      isAtEnd: () => false,
      edit: () => {
        state.notifications = notifications;
      },
    },
    hooks: {
      deliveries: [
        delivery(notifications.slice(0, 2)),
        delivery(notifications.slice(2, 3)),
        delivery(notifications.slice(3, 5)),
        delivery(notifications.slice(5)),
      ],
      posts: 4,
      edited: 1,
      deleted: 1,
      own: 1,
      forged: [
        delivery(notifications.slice(0, 1), undefined, notifications.slice(1, 2)),
        delivery(notifications.slice(0, 1), null),
        delivery(notifications.slice(0, 1), signed('hmacsha256={}', 'a-strangers')),
        // Over the bytes alone, as other networks sign.
        delivery(notifications.slice(0, 1), signed(delivery(notifications.slice(0, 1)).body.toString('utf8'))),
        { ...challenge.request, query: {} },
      ],
      challenge,
    },
    sending: {
      command: {
        kind: 'reply',
        visibility: 'public',
        parent: {
          ref: { id: QUESTION },
          kind: 'COMMENT' as PostKind,
          author: { id: 'urn:li:person:mArIsOl' },
          own: false,
          text: '¿Hay pan de espelta?',
          occurredAt: new Date(),
          replyTo: { object: THREAD, comment: QUESTION },
        },
      },
      sent: async () => state.written.map(({ id, text }) => ({ id: `urn:li:comment:(${THREAD},${id})`, text })),
      misbehave: server.misbehave,
    },
    close: async () => {
      if (trouble !== 'gone') await server.close();
    },
  };
}

export const linkedin: SubjectKind = { name: 'linkedin', open: openLinkedin };
