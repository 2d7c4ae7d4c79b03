import type { Tx } from '../../../platform/database/database.js';
import type { JobContext, Task } from '../../../platform/jobs.js';
import { portalDigest } from '../../access/index.js';
import { newCode, newLinkToken } from './code.rules.js';
import { COVER } from './cover.queries.js';
import type { Entrance } from './entrance.js';
import { MINUTES_VALID, portalWords } from './portal.words.js';
import { PortalContactKind } from './portal-enums.entity.js';
import type { PortalRequest } from './portal-request.entity.js';
import { ourLanguage } from './request.service.js';
import { codeDigest, customerBehind } from './signing-in.service.js';
import { tally } from './tally.service.js';

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

/** However many networks ask: so many messages an hour go to one contact. Who is signed in uses up none of those to sign in by. */
const MOST_MESSAGES = { SIGN_IN: 15, VERIFY: 5 };
/**
 * After so many, strangers may be asking until no more are sent. So whoever has the contact is not kept out by that, each further
 * message brings a link, asked for or not, that works until messages are sent again.
 */
const USUAL_MESSAGES = 5;
const HOUR_SECONDS = 3600;

type Due = Pick<PortalRequest, 'id' | 'purpose' | 'kind' | 'contact' | 'language' | 'wantsLink'> & {
  organization: string;
  slug: string;
  accountId: string | null;
  pageUrl: string | null;
};

/**
 * The task behind a request. The code is made here and lives in this process's memory until it is sent: what is kept is its
 * digest. Failing, it is made anew; a request that is over, or that nobody is known for, is let be. A customer who wished for no
 * language is written to in its own, which is looked up here: a stranger who asks is not told of it.
 */
export const sendCodeTask =
  (entrance: Entrance, send: SendConfidentially): Task =>
  async ({ portalRequestId, isLanguageWished }: { portalRequestId: string; isLanguageWished?: boolean }, job) => {
    const { database } = entrance.access;
    const due = await database.write(job.scope, async tx => {
      const request = await openRequest(tx, portalRequestId);
      if (!request?.accountId) return null;
      if (request.purpose === 'VERIFY') return request;
      const customer = await customerBehind(tx, request);
      const own = isLanguageWished === false ? ourLanguage(customer?.language) : null;
      return customer && { ...request, language: own ?? request.language };
    });
    if (!due) return;
    const { count, left } = await countMessage(entrance, due, job);
    if (count > MOST_MESSAGES[due.purpose]) {
      job.log.warn({}, 'no more codes are sent to one contact for now');
      return;
    }
    const isOften = due.purpose === 'SIGN_IN' && count > USUAL_MESSAGES;
    const [code, link] = [newCode(), due.wantsLink || isOften ? newLinkToken() : null];
    const isOpen = await database.write(job.scope, tx =>
      keepProofs(tx, due, {
        code: codeDigest(entrance, due.id, code),
        link: link && portalDigest(link),
        seconds: isOften ? left : 0,
      }),
    );
    if (!isOpen) return;
    const words = portalWords(due.language);
    const message = {
      organization: due.organization,
      code,
      link: link && linkFor(entrance, due, link),
      linkMinutes: isOften ? Math.max(MINUTES_VALID, Math.floor(left / 60)) : null,
    };
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

async function countMessage(entrance: Entrance, { purpose, kind, contact }: Due, job: JobContext) {
  const subject = entrance.digest(`sent to ${purpose} ${kind} ${contact}`);
  const [counted] = await tally(entrance.access.database, job.scope, [{ subject, seconds: HOUR_SECONDS }]);
  return counted!;
}

/**
 * Keeps what proves a contact, by its digests, for `seconds` at least. What the same address asked for before is over from now on,
 * and not before: what was sent stays good while nothing else is. What a stranger asks for leaves one's own as it is.
 */
async function keepProofs(
  tx: Tx,
  { id }: Due,
  { code, link, seconds }: { code: string; link: string | null; seconds: number },
): Promise<boolean> {
  const kept = await tx.query(
    `with kept as (
       update portal_requests
          set code_digest = $3, link_digest = $4, expires_at = greatest(expires_at, now() + make_interval(secs => $5))
        where organization_id = $1 and id = $2 and closed_at is null and expires_at > now()
        returning id, kind, contact, purpose, asked_from),
     over as (
       update portal_requests r set closed_at = now(), code_digest = null, link_digest = null from kept k
        where r.organization_id = $1 and r.kind = k.kind and r.contact = k.contact and r.purpose = k.purpose
          and r.asked_from = k.asked_from and r.id < k.id and r.closed_at is null)
     select id from kept`,
    [tx.scope.organizationId, id, code, link, seconds],
  );
  return kept.length > 0;
}

/** The token is in the path of our own page, and in the fragment of another's, which no server and no log is told. */
const linkFor = ({ publicUrl }: Entrance, { pageUrl, slug }: Due, token: string): string =>
  pageUrl ? `${pageUrl}#portal-token=${token}` : `${publicUrl}/portal/${encodeURIComponent(slug)}/enter/${token}`;
