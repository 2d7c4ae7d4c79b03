import { type ConnectionField, ConnectorError, type SourceDescription } from '../../src/ingest/connector.js';

/** What Twilio's adapters know of an account: whose it is, and the number it speaks with. */
export interface TwilioConfig {
  accountSid: string;
  authToken: string;
  /** E.164; or a short code. */
  number: string;
  messagingServiceSid?: string;
}

export const TWILIO_FIELDS: ConnectionField[] = [
  {
    name: 'accountSid',
    kind: 'setting',
    required: true,
    description: 'The Account SID on the first page of the Twilio console; it begins with AC.',
  },
  {
    name: 'authToken',
    kind: 'secret',
    required: true,
    description: 'The Auth Token beside it. It also signs what Twilio tells us.',
  },
];

/** Throws `ConnectorError` of class `invalid`. */
export function configureTwilio(source: SourceDescription): TwilioConfig {
  const refuse = (message: string): never => {
    throw new ConnectorError({ class: 'invalid', message, scope: 'message' });
  };
  if (source.kind !== 'ACCOUNT') refuse('With Twilio a telephone number of yours is followed.');
  const number = source.query.replace(/[\s().-]/g, '');
  if (!/^\+?\d{3,15}$/.test(number)) refuse(`"${source.query.slice(0, 50)}" is not a telephone number.`);
  const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '');
  const accountSid = text(source.settings?.['accountSid']);
  const authToken = text(source.credentials?.['authToken']);
  if (!/^AC[0-9a-f]{32}$/i.test(accountSid)) refuse('The Account SID is missing, or is none.');
  if (authToken === '') refuse('The Auth Token is missing.');
  const messagingServiceSid = text(source.settings?.['messagingServiceSid']);
  return { accountSid, authToken, number, ...(messagingServiceSid && { messagingServiceSid }) };
}
