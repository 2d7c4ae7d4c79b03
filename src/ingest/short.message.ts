import { ConnectorError, type ExternalIdentity, type SendCommand } from './connector.js';

/** A sender may be a word rather than a number; only a number, in E.164, proves whose it is. */
export function numberIdentity(number: string): ExternalIdentity {
  return { id: number, handle: number, ...(/^\+\d{7,15}$/.test(number) && { verifiedPhone: number }) };
}

/** The number that a short message goes to: that of what it answers, or else of whom it is for. Throws `ConnectorError`. */
export function numberToWrite({ parent, recipient }: SendCommand): string {
  const to = parent?.replyTo?.['to'] ?? recipient?.id ?? recipient?.handle;
  if (typeof to === 'string' && to !== '') return to;
  const message = 'It is not known which number to write to.';
  throw new ConnectorError({ class: 'not_found', message, scope: 'message' });
}
