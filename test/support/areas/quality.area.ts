import { newId, publicId } from '../../../src/platform/ids.js';
import type { Area } from './area.js';

export const quality: Area = {
  byName: { reasonId: 'contact_reason', rootCauseId: 'root_cause', complaintId: 'complaint' },
  byMutation: [
    [/ContactReason$/, 'contact_reason'],
    [/^(answerAppeal)$/, 'appealed_complaint'],
    [/^(appealComplaint|closeComplaint)$/, 'answered_complaint'],
    [/Complaint$/, 'complaint'],
    [/Theme$/, 'theme'],
  ],
  byType: { ContactReason: 'contact_reason', Complaint: 'complaint', Theme: 'theme' },
  prefixes: {
    root_cause: 'contact_reason',
    answered_complaint: 'complaint',
    appealed_complaint: 'complaint',
    answered_complaint_step: 'complaint_step',
    appealed_complaint_step: 'complaint_step',
    plain_ticket: 'ticket',
    answered_ticket: 'ticket',
    appealed_ticket: 'ticket',
  },
  sensible: {
    registerComplaint: [['input.ticketId', own => own.ids['plain_ticket']]],
    themeReport: [
      ['from', () => '2026-10-01T00:00:00Z'],
      ['to', () => '2026-12-01T00:00:00Z'],
    ],
    suggestedThemes: [
      ['from', () => '2026-10-01T00:00:00Z'],
      ['to', () => '2026-12-01T00:00:00Z'],
    ],
  },
  async plant(put, { marker, now, customer, kept }) {
    await put('contact_reasons', { kind: 'REASON', name: marker, words: [marker] }, 'contact_reason');
    await put('contact_reasons', { kind: 'ROOT_CAUSE', name: marker }, 'root_cause');
    await put('complaint_procedures', { answer_days: 10 });
    await put('themes', { name: marker, words: [marker] }, 'theme');
    const complained = async (ticket: string, row: object, alias: string) => {
      const complaint = await put(
        'complaints',
        {
          ticket_id: ticket,
          customer_id: customer,
          wanted: marker,
          received_at: now,
          acknowledge_by: now,
          answer_by: now,
          ...row,
        },
        alias,
      );
      await put(
        'complaint_steps',
        { complaint_id: complaint, kind: 'REGISTERED', made_by: 'system:test' },
        `${alias}_step`,
      );
    };
    const ticket = (alias: string) =>
      put(
        'tickets',
        {
          subject: marker,
          channel: 'MANUAL',
          customer_id: customer,
          number: `${marker} ${alias}`,
          created_by: 'system:test',
        },
        alias,
      );
    await ticket('plain_ticket');
    const later = new Date('2099-01-01T00:00:00Z');
    await complained(kept['ticket']!, {}, 'complaint');
    await complained(
      await ticket('answered_ticket'),
      { stage: 'ANSWERED', answered_at: now, outcome: 'REJECTED', answer: marker, appeal_until: later },
      'answered_complaint',
    );
    await complained(
      await ticket('appealed_ticket'),
      { stage: 'APPEALED', appealed_at: now, appeal_reason: marker, appeal_answer_by: now },
      'appealed_complaint',
    );
  },
  rows({ customer, id, moment, name, maybe }) {
    const theme = newId();
    return {
      // Words that stand in the subjects of many tickets.
      first: [['themes', { id: `'${theme}'::uuid`, name: `'Spoken of'`, words: `'{ana,zoe,b}'` }]],
      parents: { Theme: publicId('theme', theme) },
      tables: {
        contact_reasons: { id, kind: `'REASON'`, name: `${name} || gen_random_uuid()`, created_at: moment },
        themes: { id, name: `${name} || gen_random_uuid()`, words: `'{pan}'`, created_at: moment },
        complaints: {
          id,
          // One a ticket: each row takes another of those that nobody complains in.
          ticket_id: `(select x.id from tickets x where x.organization_id = $1
                         and not exists (select 1 from complaints c where c.organization_id = $1 and c.ticket_id = x.id)
                       order by x.id offset generate_series - 1 limit 1)`,
          customer_id: `'${customer}'`,
          received_at: moment,
          acknowledge_by: moment,
          acknowledged_at: maybe(moment),
          answer_by: moment,
          answered_at: maybe(moment),
          created_at: moment,
        },
      },
    };
  },
};
