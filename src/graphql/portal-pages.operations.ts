/** What the pages of the portal ask for, as any other client of a customer would. */

export interface Consent {
  purpose: string;
  channel: string;
  state: string;
}

export const HOME = `query PortalHome {
  viewer { customer { displayName } }
  tickets(first: 50, orderBy: [{ field: OPENED_AT, direction: DESC }]) { edges { node { id number subject status } } }
}`;

export const TICKET = `query PortalTicket($id: ID!) {
  ticket(id: $id) { id number subject status messages(last: 100) { edges { node { kind text occurredAt } } } }
}`;

export const CONSENTS = 'query PortalConsents { viewer { customer { consents { purpose channel state } } } }';

export const OPEN_TICKET = `mutation PortalOpenTicket($input: OpenTicketInput!) {
  openTicket(input: $input) { ticket { id } userErrors { message } }
}`;

export const ANSWER = `mutation PortalAnswer($input: ReplyToTicketInput!) {
  replyToTicket(input: $input) { message { id } userErrors { message } }
}`;

export const CONSENT = `mutation PortalConsent($input: SetMyConsentInput!) {
  setMyConsent(input: $input) { userErrors { message } }
}`;

export const SIGN_OUT = 'mutation PortalSignOut { endPortalSession(input: {}) { ended } }';
