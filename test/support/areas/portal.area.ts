import type { Area } from './area.js';

export const portal: Area = {
  byName: { requestId: 'portal_request', emailAccountId: 'account', smsAccountId: 'account' },
  sensible: {
    requestPortalCode: [['input.contact', () => 'nobody@example.com']],
    addMyContactPoint: [['input.value', () => 'nobody@example.com']],
    setPortalSettings: [['input.sessionHours', () => 8]],
  },
  async plant(put, { marker, now, customer, account }) {
    const contact = { kind: 'EMAIL', contact: `${marker}@example.org` };
    await put('portal_settings', { is_on: true, email_account_id: account });
    await put(
      'portal_requests',
      {
        ...contact,
        purpose: 'SIGN_IN',
        language: 'en',
        wants_link: false,
        asked_from: marker,
        code_digest: marker,
        created_at: now,
        expires_at: now,
      },
      'portal_request',
    );
    await put('portal_tallies', { subject: marker, since: now, count: 1 });
    const ends = new Date(Date.now() + 3_600_000);
    await put(
      'portal_sessions',
      { ...contact, customer_id: customer, token_digest: `${marker} ${customer}`, expires_at: ends, ends_at: ends },
      'portal_session',
    );
  },
};
