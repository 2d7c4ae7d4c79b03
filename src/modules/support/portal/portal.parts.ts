import type { Entrance } from './entrance.js';
import { PortalRequest } from './portal-request.entity.js';
import { PortalSession } from './portal-session.entity.js';
import { PortalSettings } from './portal-settings.entity.js';
import { PortalSettingsResolver } from './portal-settings.resolver.js';
import { PortalTally } from './portal-tally.entity.js';
import { SelfResolver } from './self.resolver.js';
import { PortalSessionResolver } from './session.resolver.js';

import './merge.tables.js';
import './portal.hooks.js';

export const portalEntities = [PortalSettings, PortalRequest, PortalTally, PortalSession];

export const portalResolvers = (entrance?: Entrance): object[] => [
  new PortalSettingsResolver(entrance as Entrance),
  new PortalSessionResolver(entrance as Entrance),
  new SelfResolver(entrance as Entrance),
];
