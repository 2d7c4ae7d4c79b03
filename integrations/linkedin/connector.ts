import { z } from 'zod';
import {
  type Batch,
  type Connector,
  type ConnectorContext,
  ConnectorError,
  type InboundEvent,
  type Network,
  type SourceDescription,
} from '../../src/ingest/connector.js';
import { refusal, renderPlain } from '../../src/ingest/rendering.js';
import { askLinkedin, escaped, type LinkedinConfig } from './api.client.js';
import { commentsPath, readAgain, readElements } from './comment.reader.js';
import { findSent, send } from './comment.sender.js';
import { ACTIONS, readNotifications } from './notification.event.js';
import { parse, subscribe, verify } from './page.hook.js';
import { linkedinOAuth } from './sign.in.js';
import { readCommentUrn } from './urn.js';

/** Up to when notifications were read. */
export interface LinkedinCursor {
  until: string;
}

export interface LinkedinOptions {
  /** Of the API; LinkedIn's own unless given. */
  origin?: string;
  /** Where people sign in and tokens are given. */
  site?: string;
}

/** LinkedIn ends a version about a year after its month. */
const VERSION = '202609';
const LONGEST_TEXT = 1250;
const PAGE = 100;
const MOST_PAGES = 10;
/** Notifications are listed late. */
const OVERLAP_MS = 3_600_000;

const page = z.object({
  localizedName: z.string().optional().catch(undefined),
  vanityName: z.string().optional().catch(undefined),
  localizedDescription: z.string().optional().catch(undefined),
});

/** A LinkedIn page: comments on its posts and mentions of it, by calls and by asking; answers as the page. */
export function linkedinConnector({
  origin = 'https://api.linkedin.com',
  site = 'https://www.linkedin.com',
}: LinkedinOptions = {}): Connector<LinkedinConfig, LinkedinCursor> {
  return {
    kind: 'linkedin',
    version: 1,
    network: 'LINKEDIN' as Network,
    capabilities: {
      inbound: { webhook: true, stream: false, poll: true },
      reply: { public: true, private: false },
      edits: { notified: true, detectable: true },
      deletions: { notified: true, detectable: true },
      threadDepth: 2,
      textLimit: { max: LONGEST_TEXT, unit: 'characters' },
      media: false,
      idempotency: 'lookup',
      receipts: false,
      historyDays: 60,
    },
    connection: { fields: FIELDS, oauth: linkedinOAuth(site) },
    configure,

    async check(context) {
      const { organization } = context.config;
      const id = organization.split(':').at(-1)!;
      try {
        const found = page.safeParse((await askLinkedin(context, origin, `/rest/organizations/${id}`)).json());
        if (!found.success)
          return {
            ok: false,
            problem: { class: 'transient', message: 'LinkedIn answered no page.', scope: 'endpoint' },
          };
        const { localizedName, vanityName, localizedDescription } = found.data;
        return {
          ok: true,
          account: {
            id: organization,
            handle: vanityName ?? id,
            ...(localizedName && { displayName: localizedName }),
            ...(localizedDescription && { bio: localizedDescription }),
            url: `https://www.linkedin.com/company/${vanityName ?? id}`,
          },
        };
      } catch (error) {
        if (error instanceof ConnectorError) return { ok: false, problem: error.fault };
        throw error;
      }
    },

    poll: (context, cursor) => poll(context, origin, cursor),
    subscribe: (context, hook) => subscribe(context, origin, hook),
    verifyWebhook: verify,
    parseWebhook: parse,
    refetch: (context, ref) => readAgain(context, origin, ref),

    render(_context, draft) {
      if (draft.visibility === 'private')
        return refusal('NOT_POSSIBLE', 'LinkedIn lets no app write private messages for a page.');
      return renderPlain(draft, { max: LONGEST_TEXT });
    },
    send: (context, command) => send(context, origin, command),
    findSent: (context, command) => findSent(context, origin, command),
    async delete(context, ref) {
      const urn = readCommentUrn(ref.id);
      if (!urn)
        throw new ConnectorError({ class: 'invalid', message: 'Only comments can be deleted.', scope: 'message' });
      const path = `${commentsPath(urn.thread)}/${urn.id}?actor=${escaped(context.config.organization)}`;
      await askLinkedin(context, origin, path, { method: 'DELETE' }).catch(error => {
        if (!(error instanceof ConnectorError && error.fault.class === 'not_found')) throw error;
      });
    },
  };
}

async function* poll(
  context: ConnectorContext<LinkedinConfig>,
  origin: string,
  cursor: LinkedinCursor | null,
): AsyncGenerator<Batch<LinkedinCursor>> {
  const { organization } = context.config;
  const began = context.now();
  const since = (cursor ? Date.parse(cursor.until) : began.getTime()) - OVERLAP_MS;
  const criteria = `q=criteria&actions=List(${ACTIONS.join(',')})&organizationalEntity=${escaped(organization)}`;
  const during = `timeRange=(start:${since},end:${began.getTime()})`;
  const found: unknown[] = [];
  const events: InboundEvent[] = [];
  let isWhole = false;
  try {
    for (let pages = 0; pages < MOST_PAGES && !isWhole; pages += 1) {
      const path = `/rest/organizationalEntityNotifications?${criteria}&${during}&start=${pages * PAGE}&count=${PAGE}`;
      const elements = readElements((await askLinkedin(context, origin, path)).json());
      found.push(...elements);
      isWhole = elements.length < PAGE;
    }
    const told = readNotifications(found, organization, began);
    for (const ref of told.notices) {
      const event = await readAgain(context, origin, ref).catch(error => {
        // Posts of others may be closed to us, and are no reason to hear nothing else.
        if (!(error instanceof ConnectorError && error.fault.class === 'forbidden')) throw error;
        context.log.warn({ id: ref.id }, 'LinkedIn does not show what it told of');
        return 'gone' as const;
      });
      if (event !== 'gone') events.push(event);
    }
    events.push(...told.events);
  } catch (error) {
    if (context.signal.aborted) return;
    throw error;
  }
  const gap = { from: new Date(since), to: began, reason: 'LinkedIn listed more than is read at once.' };
  yield { events, cursor: { until: began.toISOString() }, more: false, ...(!isWhole && { gap }) };
}

const FIELDS = [
  {
    name: 'organizationId',
    kind: 'setting' as const,
    required: true,
    description: 'The number of the page, in the address of its administration: linkedin.com/company/…/admin.',
  },
  {
    name: 'clientId',
    kind: 'setting' as const,
    required: true,
    description: 'The client id of the app, under Auth at linkedin.com/developers/apps.',
  },
  {
    name: 'clientSecret',
    kind: 'secret' as const,
    required: true,
    description: 'The primary client secret shown there.',
  },
  {
    name: 'applicationId',
    kind: 'setting' as const,
    required: false,
    description: 'The number of the app, in its address at linkedin.com/developers/apps; needed to be called.',
  },
  {
    name: 'version',
    kind: 'setting' as const,
    required: false,
    description: `The month of the version of the API to speak, as YYYYMM; ${VERSION} unless given.`,
  },
  {
    name: 'scopes',
    kind: 'setting' as const,
    required: false,
    description: 'What to ask for when signing in, with blanks between, where the app was given other permissions.',
  },
];

function configure({ kind, query, settings, credentials }: SourceDescription): LinkedinConfig {
  const refuse = (message: string): never => {
    throw new ConnectorError({ class: 'invalid', message, scope: 'message' });
  };
  const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '');
  if (kind !== 'ACCOUNT' || query.trim() === '') refuse('On LinkedIn a page of yours is followed.');
  const id = text(settings?.['organizationId']).replace(/^urn:li:organization:/, '');
  if (!/^\d+$/.test(id)) refuse('The setting organizationId is the number of the page.');
  const version = text(settings?.['version']) || VERSION;
  if (!/^20\d\d(0[1-9]|1[0-2])$/.test(version)) refuse('The setting version is a month, as YYYYMM.');
  const accessToken = text(credentials?.['accessToken']);
  const clientSecret = text(credentials?.['clientSecret']);
  if (!accessToken || !clientSecret) refuse('The secret of the app is needed, and somebody who signs in.');
  const applicationId = text(settings?.['applicationId']).replace(/^urn:li:developerApplication:/, '');
  return {
    organization: `urn:li:organization:${id}`,
    accessToken,
    clientSecret,
    version,
    ...(applicationId && { applicationId }),
  };
}
