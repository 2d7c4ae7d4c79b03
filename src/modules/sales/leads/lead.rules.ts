import Big from 'big.js';
import validator from 'validator';
import { optionalLine, type Problems, report } from '../../../platform/input.rules.js';
import { isCurrency } from '../../../platform/money.js';
import type { MoneyInput } from '../../../platform/schema/index.js';
import { cleanText } from '../../../platform/text.js';
import { cleanLanguage, normaliseEmail, normalisePhone, normaliseWebsite } from '../../customers/index.js';
import type { LeadSource, Qualification } from './lead.entity.js';
import type { QualificationInput, UpdateLeadItem } from './lead-write.inputs.js';

/** What an input sets of a lead, in the words of the entity, less what must be looked up. */
export interface LeadValues {
  name: string | null;
  companyName: string | null;
  jobTitle: string | null;
  email: string | null;
  phone: string | null;
  website: string | null;
  country: string | null;
  postalCode: string | null;
  language: string | null;
  industry: string | null;
  employees: number | null;
  source: LeadSource;
  sourceDetail: string | null;
  interest: string | null;
  estimatedAmount: string | null;
  currency: string | null;
  externalId: string | null;
}

const LINES = {
  name: 200,
  companyName: 200,
  jobTitle: 150,
  postalCode: 20,
  industry: 100,
  sourceDetail: 200,
  externalId: 200,
} as const;
const MOST_INTEREST = 2000;
const MOST_ESTIMATE = '999999999999999';
const MOST_EMPLOYEES = 10_000_000;

/** Where what an input leaves out is taken from: the lead as it is, and the organisation. */
export interface LeadGround {
  country: string | null;
  homeCountry: string;
}

/** What `item` says, cleaned and in its one normal spelling: a key that is absent was not said. What is wrong is reported. */
export function cleanLead(problems: Problems, item: Partial<UpdateLeadItem>, ground: LeadGround): Partial<LeadValues> {
  const values: Partial<LeadValues> = {};
  for (const [field, most] of Object.entries(LINES) as [keyof typeof LINES, number][]) {
    if (item[field] !== undefined) values[field] = optionalLine(problems, field, item[field], most);
  }
  if (item.source) values.source = item.source;
  if (item.language !== undefined) values.language = cleanLanguage(problems, item.language);
  if (item.country !== undefined) values.country = country(problems, item.country);
  const spoken = values.country ?? ground.country ?? ground.homeCountry;
  const read = {
    email: { given: item.email, normalise: normaliseEmail, mistake: 'It is not an e-mail address.' },
    phone: {
      given: item.phone,
      normalise: (raw: string) => normalisePhone(raw, spoken),
      mistake: 'It is not a telephone number; write it with its country as in +34 912 345 678.',
    },
    website: { given: item.website, normalise: normaliseWebsite, mistake: 'It is not the address of a web site.' },
  };
  for (const field of ['email', 'phone', 'website'] as const) {
    const { given, normalise, mistake } = read[field];
    if (given === undefined) continue;
    const text = given?.trim() ?? '';
    if (text.length > 2000) report(problems, field, 'It has at most 2000 characters.', 'TOO_LONG');
    else values[field] = text ? (normalise(text) ?? report(problems, field, mistake)) : null;
  }
  if (item.interest !== undefined) {
    values.interest = cleanText(item.interest ?? '') || null;
    if ((values.interest?.length ?? 0) > MOST_INTEREST)
      report(problems, 'interest', `It has at most ${MOST_INTEREST} characters.`, 'TOO_LONG');
  }
  if (item.employees !== undefined) {
    values.employees = item.employees;
    if (item.employees !== null && (item.employees < 0 || item.employees > MOST_EMPLOYEES))
      report(problems, 'employees', `It is a number from 0 to ${MOST_EMPLOYEES}.`);
  }
  if (item.estimatedValue !== undefined)
    Object.assign(
      values,
      item.estimatedValue ? estimate(problems, item.estimatedValue) : { estimatedAmount: null, currency: null },
    );
  return values;
}

function country(problems: Problems, given: string | null): string | null {
  const code = given?.trim().toUpperCase();
  if (!code) return null;
  return validator.isISO31661Alpha2(code)
    ? code
    : report(problems, 'country', 'It is not a country of ISO 3166-1, two letters.');
}

function estimate(problems: Problems, given: MoneyInput): { estimatedAmount: string; currency: string } {
  const currency = given.currency.trim().toUpperCase();
  if (given.amount.startsWith('-')) report(problems, 'estimatedValue.amount', 'It is not less than nothing.');
  if (Big(given.amount).gt(MOST_ESTIMATE))
    report(problems, 'estimatedValue.amount', 'It is more than is kept.', 'TOO_LONG');
  if (!isCurrency(currency))
    report(problems, 'estimatedValue.currency', 'It is not a currency of ISO 4217, such as EUR.');
  return { estimatedAmount: given.amount, currency };
}

const ANSWERS = ['budget', 'authority', 'need', 'timeline'] as const;
const MOST_NOTE = 500;

/** What is known with what `given` adds to it. An answer that is null is forgotten. */
export function mergeQualification(
  problems: Problems,
  known: Qualification,
  given: QualificationInput | null | undefined,
): Qualification {
  const merged: Qualification = { ...known };
  for (const answer of ANSWERS) {
    const said = given?.[answer];
    if (said === undefined) continue;
    if (said === null) delete merged[answer];
    else {
      const note = optionalLine(problems, `qualification.${answer}.note`, said.note, MOST_NOTE);
      merged[answer] = { confirmed: said.confirmed, note };
    }
  }
  return merged;
}

export const isAnythingConfirmed = (qualification: Qualification): boolean =>
  ANSWERS.some(answer => qualification[answer]?.confirmed);
