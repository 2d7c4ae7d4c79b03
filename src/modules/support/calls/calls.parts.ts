import type { Outbox } from '../../social/index.js';
import { CallResolver, CustomerCallsResolver, TicketCallsResolver } from './call.resolver.js';
import { CallStreamResolver } from './call.streams.js';
import { CallDisposition } from './call-disposition.entity.js';
import { CallDispositionResolver } from './call-disposition.resolver.js';
import { CallHandling } from './call-handling.entity.js';
import { CallReportResolver } from './call-report.resolver.js';
import { ContactMatchResolver, ContactScreenResolver } from './contact-screen.resolver.js';

import './belongings.js';
import './records.js';

export const callEntities = [CallDisposition, CallHandling];

/** Without an outbox they make the schema, but place no call. */
export const callResolvers = (outbox?: Outbox): object[] => [
  new CallResolver(outbox as Outbox),
  new CustomerCallsResolver(),
  new TicketCallsResolver(),
  new CallDispositionResolver(),
  new CallStreamResolver(),
  new CallReportResolver(),
  new ContactScreenResolver(),
  new ContactMatchResolver(),
];
