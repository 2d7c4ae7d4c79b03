import type { Tx } from '../../platform/database/database.js';
import { type Problems, report } from '../../platform/input.rules.js';
import { type CleanConsent, cleanConsent } from './consent.rules.js';
import { storeConsents } from './consent.service.js';
import { type CleanContactPoint, cleanContactPoint } from './contact-point.rules.js';
import { storeContactPoints } from './contact-point.service.js';
import type { CustomerSettings } from './customer.queries.js';
import type { CustomerFields } from './customer-change.inputs.js';
import { type CleanPreference, cleanPreference } from './preference.rules.js';
import { storePreferences } from './preference.service.js';

/** What comes with a customer and is kept in tables of its own. */
export interface CleanBelongings {
  contactPoints: CleanContactPoint[];
  preferences: CleanPreference[];
  consents: CleanConsent[];
}

const MOST = 50;

/** Cleans what came with a customer; what is wrong is reported under its place, such as `contactPoints.0.value`. */
export function cleanBelongings(
  problems: Problems,
  settings: CustomerSettings,
  { contactPoints, preferences, consents }: CustomerFields,
): CleanBelongings {
  return {
    contactPoints: cleanList(problems, 'contactPoints', contactPoints, (point, path) =>
      cleanContactPoint(problems, path, point, settings.country),
    ),
    preferences: cleanList(problems, 'preferences', preferences, (preference, path) =>
      cleanPreference(problems, path, preference),
    ),
    consents: cleanList(problems, 'consents', consents, (consent, path) => cleanConsent(problems, path, consent)),
  };
}

function cleanList<Input, Clean>(
  problems: Problems,
  field: string,
  list: Input[] | null | undefined,
  clean: (input: Input, path: string) => Clean | null,
): Clean[] {
  if (!list) return [];
  if (list.length > MOST) {
    report(problems, field, `At most ${MOST} are given at once.`, 'TOO_LONG');
    return [];
  }
  return list.map((input, index) => clean(input, `${field}.${index}.`)).filter(cleaned => cleaned !== null);
}

export async function storeBelongings(tx: Tx, customerId: string, belongings: CleanBelongings): Promise<void> {
  if (belongings.contactPoints.length > 0) await storeContactPoints(tx, customerId, belongings.contactPoints);
  if (belongings.preferences.length > 0) await storePreferences(tx, customerId, belongings.preferences);
  if (belongings.consents.length > 0) await storeConsents(tx, customerId, belongings.consents);
}
