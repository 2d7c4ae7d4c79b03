import type { Tx } from '../../../platform/database/database.js';
import { invalid, staleVersion } from '../../../platform/errors.js';
import { type Problems, report, throwAny } from '../../../platform/input.rules.js';
import { columnsOf } from '../../../platform/schema/index.js';
import { type Viewer, visibleId } from '../../access/index.js';
import { Account, Network } from '../../social/index.js';
import { PortalSettings } from './portal-settings.entity.js';

export interface SettingsGiven {
  isOn?: boolean | null;
  emailAccountId?: string | null;
  smsAccountId?: string | null;
  pageUrl?: string | null;
  sessionHours?: number | null;
  version?: number | null;
}

/** What holds until an organisation says otherwise. */
export const UNSET = { isOn: false, emailAccountId: null, smsAccountId: null, pageUrl: null, sessionHours: 12 };
const MOST_HOURS = 720;

/** Sets what is given and leaves the rest. Version 0 is that of what was never set. */
export async function setPortalSettings(tx: Tx, viewer: Viewer, given: SettingsGiven): Promise<object> {
  const { organizationId } = tx.scope;
  await tx.query('insert into portal_settings (organization_id, version) values ($1, 0) on conflict do nothing', [
    organizationId,
  ]);
  const [known] = await tx.query<typeof UNSET & { version: number }>(
    `select ${columnsOf(PortalSettings)} from portal_settings t where t.organization_id = $1 for update`,
    [organizationId],
  );
  if (given.version != null && given.version !== known!.version) throw staleVersion('portal', known!.version);
  const problems: Problems = [];
  const { isOn = null, sessionHours = null } = given;
  if (sessionHours !== null && !(sessionHours >= 1 && sessionHours <= MOST_HOURS))
    report(problems, 'sessionHours', `It is between 1 and ${MOST_HOURS}.`);
  if (given.pageUrl && !isPage(given.pageUrl))
    report(problems, 'pageUrl', 'It is the https address of a page, without a fragment.');
  throwAny(problems);
  const next = {
    isOn: isOn ?? known!.isOn,
    emailAccountId: await accountOn(tx, viewer, given.emailAccountId, Network.EMAIL, 'emailAccountId', known!),
    smsAccountId: await accountOn(tx, viewer, given.smsAccountId, Network.SMS, 'smsAccountId', known!),
    pageUrl: given.pageUrl === undefined ? known!.pageUrl : given.pageUrl || null,
    sessionHours: sessionHours ?? known!.sessionHours,
  };
  if (next.isOn && !next.emailAccountId && !next.smsAccountId)
    throw invalid(
      'emailAccountId',
      'Codes are sent through an account of yours: name one for e-mail or SMS.',
      'REQUIRED',
    );
  const [kept] = await tx.query(
    `update portal_settings t set is_on = $2, email_account_id = $3, sms_account_id = $4, page_url = $5, session_hours = $6,
            version = t.version + 1, updated_at = now()
      where t.organization_id = $1 returning ${columnsOf(PortalSettings)}`,
    [organizationId, next.isOn, next.emailAccountId, next.smsAccountId, next.pageUrl, next.sessionHours],
  );
  return kept!;
}

/** An account that is visible and on the right network; `undefined` leaves what is set, null takes it away. */
async function accountOn(
  tx: Tx,
  viewer: Viewer,
  given: string | null | undefined,
  network: Network,
  field: 'emailAccountId' | 'smsAccountId',
  known: typeof UNSET,
): Promise<string | null> {
  if (given === undefined) return known[field];
  if (given === null) return null;
  const id = await visibleId(tx, viewer, Account, given, field);
  const [there] = await tx.query('select 1 from accounts where organization_id = $1 and id = $2 and network = $3', [
    tx.scope.organizationId,
    id,
    network,
  ]);
  if (!there) throw invalid(field, `It is not an account of ${network}.`);
  return id;
}

function isPage(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null && url.protocol === 'https:' && !url.username && !url.hash && !text.includes('#') && text.length <= 500
  );
}
