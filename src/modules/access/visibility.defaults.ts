import { registerEnumType } from 'type-graphql';
import { Role } from './roles.js';

/** How much of a kind of record a role sees. */
export enum VisibilityScope {
  ALL = 'ALL',
  TEAM = 'TEAM',
  OWN = 'OWN',
  NONE = 'NONE',
}
registerEnumType(VisibilityScope, {
  name: 'VisibilityScope',
  description: 'How much of a kind of record a role sees.',
  valuesConfig: {
    ALL: { description: 'Everything.' },
    TEAM: { description: "One's own, one's teams' (their child teams included), and what nobody has taken yet." },
    OWN: { description: "Only one's own." },
    NONE: { description: 'Nothing.' },
  },
});

/** Kinds of record an organisation may set a rule for; everything else is seen through the record it belongs to. */
export enum RecordKind {
  CUSTOMER = 'CUSTOMER',
  IDENTITY = 'IDENTITY',
  POST = 'POST',
  CONVERSATION = 'CONVERSATION',
  CHANNEL = 'CHANNEL',
  LEAD = 'LEAD',
  OPPORTUNITY = 'OPPORTUNITY',
  QUOTE = 'QUOTE',
  ORDER = 'ORDER',
  ACTIVITY = 'ACTIVITY',
  TICKET = 'TICKET',
  CATALOGUE = 'CATALOGUE',
  STAFF = 'STAFF',
  AUDIT = 'AUDIT',
}
registerEnumType(RecordKind, {
  name: 'RecordKind',
  description: 'Kinds of record that a role may see more or less of.',
  valuesConfig: {
    CUSTOMER: { description: 'Customers, with their contact points, notes and consents.' },
    IDENTITY: { description: 'Identities on social networks and blogs.' },
    POST: { description: 'Posts.' },
    CONVERSATION: { description: 'Conversations.' },
    CHANNEL: { description: 'Accounts and sources.' },
    LEAD: { description: 'Leads, and what posts suggest as such.' },
    OPPORTUNITY: { description: 'Opportunities, with their products, contacts and history.' },
    QUOTE: { description: 'Quotes.' },
    ORDER: { description: 'Orders, deliveries, invoices, payments and contracts.' },
    ACTIVITY: { description: 'Tasks, calls, meetings and visits.' },
    TICKET: { description: 'Tickets, with their messages, calls and surveys.' },
    CATALOGUE: { description: 'Products, prices and taxes.' },
    STAFF: { description: 'Members and teams.' },
    AUDIT: { description: 'The audit log.' },
  },
});

/** Who sees secrets' names, and the ways to ERPs, is nobody's choice: it goes with managing them. */
export type VisibilityKind = `${RecordKind}` | 'CREDENTIAL' | 'ERP';

type Scopes = Record<VisibilityKind, `${VisibilityScope}`>;

const all: Scopes = {
  CUSTOMER: 'ALL',
  IDENTITY: 'ALL',
  POST: 'ALL',
  CONVERSATION: 'ALL',
  CHANNEL: 'ALL',
  LEAD: 'ALL',
  OPPORTUNITY: 'ALL',
  QUOTE: 'ALL',
  ORDER: 'ALL',
  ACTIVITY: 'ALL',
  TICKET: 'ALL',
  CATALOGUE: 'ALL',
  STAFF: 'ALL',
  AUDIT: 'ALL',
  CREDENTIAL: 'ALL',
  ERP: 'ALL',
};
const staff: Scopes = { ...all, AUDIT: 'NONE', CREDENTIAL: 'NONE', ERP: 'NONE' };
const nothing: Scopes = {
  CUSTOMER: 'NONE',
  IDENTITY: 'NONE',
  POST: 'NONE',
  CONVERSATION: 'NONE',
  CHANNEL: 'NONE',
  LEAD: 'NONE',
  OPPORTUNITY: 'NONE',
  QUOTE: 'NONE',
  ORDER: 'NONE',
  ACTIVITY: 'NONE',
  TICKET: 'NONE',
  CATALOGUE: 'NONE',
  STAFF: 'NONE',
  AUDIT: 'NONE',
  CREDENTIAL: 'NONE',
  ERP: 'NONE',
};

/** What holds until an organisation says otherwise (`setAccessRule`). */
export const DEFAULT_SCOPES: Record<Role, Scopes> = {
  [Role.OWNER]: all,
  [Role.ADMIN]: all,
  [Role.MANAGER]: { ...staff, ERP: 'ALL' },
  [Role.AGENT]: {
    ...staff,
    CUSTOMER: 'TEAM',
    IDENTITY: 'TEAM',
    POST: 'TEAM',
    CONVERSATION: 'TEAM',
    LEAD: 'TEAM',
    OPPORTUNITY: 'TEAM',
    QUOTE: 'TEAM',
    ORDER: 'TEAM',
    ACTIVITY: 'TEAM',
    TICKET: 'TEAM',
  },
  [Role.ANALYST]: staff,
  [Role.PARTNER]: nothing,
  [Role.CUSTOMER]: {
    ...nothing,
    CUSTOMER: 'OWN',
    IDENTITY: 'OWN',
    POST: 'OWN',
    QUOTE: 'OWN',
    ORDER: 'OWN',
    TICKET: 'OWN',
  },
};

/** Fields a role does not see, by kind of record, until an organisation says otherwise. */
export const DEFAULT_HIDDEN: Partial<Record<Role, Partial<Record<VisibilityKind, string[]>>>> = {
  [Role.ANALYST]: { CUSTOMER: ['contactPoints', 'notes', 'birthDate'], LEAD: ['email', 'phone'] },
  [Role.CUSTOMER]: {
    CUSTOMER: ['notes', 'owner', 'team', 'tags', 'customFields', 'merges'],
    // What staff wrote down when they linked it, or ended a link.
    IDENTITY: ['link', 'linkHistory'],
    POST: ['priority'],
    // How it is dealt with among us.
    TICKET: [
      'tags',
      'customFields',
      'assignee',
      'queue',
      'team',
      'reason',
      'rootCause',
      'incident',
      'followers',
      'history',
      'links',
      'createdBy',
      'snoozedUntil',
      'sla',
    ],
    // How it was decided among us.
    QUOTE: ['effectiveDiscountPercent', 'approvalReason', 'decidedBy', 'decisionNote', 'createdBy', 'owner', 'team'],
  },
};
