import type { Tx } from '../../../platform/database/database.js';
import { AppError } from '../../../platform/errors.js';
import type { JobContext, Task } from '../../../platform/jobs.js';
import { portalDigest } from '../../access/index.js';
import { newCode, newLinkToken } from './code.rules.js';
import { COVER } from './cover.queries.js';
import type { Entrance } from './entrance.js';
import { portalWords } from './portal.words.js';
import { PortalContactKind } from './portal-enums.entity.js';
import type { PortalRequest } from './portal-request.entity.js';
import { codeDigest, customerBehind } from './signing-in.service.js';
import { countTries } from './tally.service.js';

/** A message that nobody but its recipient is to read: it is kept nowhere. Account ids are stored ones. */
export interface ConfidentialMessage {
  accountId: string;
  /** An address or a number. */
  recipient: string;
  text: string;
  language: string;
}

/** Sends it. Answers what the network calls it, or null where that is not known; throws where it has certainly not gone out. */
export type SendConfidentially = (message: ConfidentialMessage, job: JobContext) => Promise<string | null>;

/** However many addresses ask: so many messages an hour go to one contact. */
const MOST_MESSAGES = 20;
const HOUR_SECONDS = 3600;

type Due = Pick<PortalRequest, 'id' | 'purpose' | 'kind' | 'contact' | 'language' | 'wantsLink'> & {
  organization: string;
  slug: string;
  accountId: string | null;
  pageUrl: string | null;
};

/**
 * The task behind a request. The code is made here and lives in this process's memory until it is sent: what is kept is its
 * digest. Failing, it is made anew; a request that is over, or that nobody is known for, is let be.
 */
export const sendCodeTask =
  (entrance: Entrance, send: SendConfidentially): Task =>
  async ({ portalRequestId }: { portalRequestId: string }, job) => {
    const { database } = entrance.access;
    const due = await database.write(job.scope, async tx => {
      const request = await openRequest(tx, portalRequestId);
      if (!request?.accountId) return null;
      return request.purpose === 'VERIFY' || (await customerBehind(tx, request)) ? request : null;
    });
    if (!due) return;
    if (await isFlooded(entrance, due, job)) return;
    const [code, link] = [newCode(), due.wantsLink ? newLinkToken() : null];
    const isOpen = await database.write(job.scope, async tx => {
      const kept = await tx.query(
        `update portal_requests set code_digest = $3, link_digest = $4
          where organization_id = $1 and id = $2 and closed_at is null and expires_at > now() returning id`,
        [job.scope.organizationId, due.id, codeDigest(entrance, due.id, code), link && portalDigest(link)],
      );
      return kept.length > 0;
    });
    if (!isOpen) return;
    const words = portalWords(due.language);
    const message = { organization: due.organization, code, link: link && linkFor(entrance, due, link) };
    const ref = await send(
      {
        accountId: due.accountId!,
        recipient: due.contact,
        text: due.kind === PortalContactKind.EMAIL ? words.mail(message) : words.text(message),
        language: due.language,
      },
      job,
    );
    if (ref === null) return;
    await database.write(job.scope, async tx => {
      await tx.query('update portal_requests set message_ref = $3 where organization_id = $1 and id = $2', [
        job.scope.organizationId,
        due.id,
        ref,
      ]);
      await coverMessages(tx, [ref]);
    });
  };

/** Where it is told of again, by a mailbox of sent mail, what it says is covered. */
export async function coverMessages(tx: Tx, refs: readonly string[]): Promise<void> {
  await tx.query(`${COVER} and r.organization_id = $1 and r.message_ref = any ($2)`, [tx.scope.organizationId, refs]);
}

async function openRequest(tx: Tx, id: string): Promise<Due | null> {
  const [due] = await tx.query<Due>(
    `select r.id, r.purpose, r.kind, r.contact, r.language, r.wants_link as "wantsLink", o.name as organization, o.slug,
            case r.kind when 'EMAIL' then s.email_account_id else s.sms_account_id end as "accountId", s.page_url as "pageUrl"
       from portal_requests r
       join organizations o on o.id = r.organization_id
       join portal_settings s on s.organization_id = r.organization_id and s.is_on
      where r.organization_id = $1 and r.id = $2 and r.closed_at is null and r.expires_at > now()`,
    [tx.scope.organizationId, id],
  );
  return due ?? null;
}

async function isFlooded(entrance: Entrance, { kind, contact }: Due, job: JobContext): Promise<boolean> {
  const subject = entrance.digest(`sent to ${kind} ${contact}`);
  try {
    await countTries(entrance.access.database, job.scope, [{ subject, most: MOST_MESSAGES, seconds: HOUR_SECONDS }]);
    return false;
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'RATE_LIMITED')) throw error;
    job.log.warn({}, 'no more codes are sent to one contact for now');
    return true;
  }
}

/** The token is in the path of our own page, and in the fragment of another's, which no server and no log is told. */
const linkFor = ({ publicUrl }: Entrance, { pageUrl, slug }: Due, token: string): string =>
  pageUrl ? `${pageUrl}#portal-token=${token}` : `${publicUrl}/portal/${encodeURIComponent(slug)}/enter/${token}`;
