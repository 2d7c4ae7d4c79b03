import type { Tx } from '../../platform/database/database.js';
import { newId } from '../../platform/ids.js';
import { type Problems, throwAny } from '../../platform/input.rules.js';
import type { Viewer } from '../access/index.js';
import type { RecordConsentInput } from './consent.inputs.js';
import { type CleanConsent, cleanConsent } from './consent.rules.js';
import { lockCustomer, recordUpdates } from './customer.queries.js';

export async function recordConsent(
  tx: Tx,
  viewer: Viewer,
  input: RecordConsentInput,
): Promise<{ customerId: string }> {
  const customer = await lockCustomer(tx, viewer, input.customerId, 'customerId');
  const problems: Problems = [];
  const clean = cleanConsent(problems, 'consent.', input.consent);
  throwAny(problems);
  await storeConsents(tx, customer.id, [clean!]);
  await recordUpdates(tx, [customer.id]);
  return { customerId: customer.id };
}

/** Adds to the history of a customer that is held; what it says already about a moment is not said twice. */
export async function storeConsents(tx: Tx, customerId: string, consents: CleanConsent[]): Promise<void> {
  await tx.query(
    `insert into consents (organization_id, customer_id, id, purpose, channel, state, source, evidence, recorded_at)
     select $1, $2, c.id, c.purpose, c.channel, c.state, c.source, c.evidence, coalesce(c.recorded_at, now())
       from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::timestamptz[])
            as c(id, purpose, channel, state, source, evidence, recorded_at)
      where not exists (
        select 1 from consents known
         where known.organization_id = $1 and known.customer_id = $2 and known.recorded_at = c.recorded_at
           and (known.purpose, known.channel, known.state) = (c.purpose, c.channel, c.state))`,
    [
      tx.scope.organizationId,
      customerId,
      consents.map(newId),
      consents.map(consent => consent.purpose),
      consents.map(consent => consent.channel),
      consents.map(consent => consent.state),
      consents.map(consent => consent.source),
      consents.map(consent => consent.evidence),
      consents.map(consent => consent.recordedAt?.toISOString() ?? null),
    ],
  );
}
