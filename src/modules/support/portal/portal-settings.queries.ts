import { columnsOf } from '../../../platform/schema/index.js';
import type { RequestContext } from '../../access/index.js';
import { PortalSettings } from './portal-settings.entity.js';
import { UNSET } from './portal-settings.service.js';

/** What an organisation has set, or what holds until it does. */
export async function portalSettings(context: RequestContext): Promise<object> {
  const [row] = await context.read<PortalSettings>(`select ${columnsOf(PortalSettings)} from portal_settings t`);
  return row ?? { ...UNSET, version: 0, updatedAt: null };
}
