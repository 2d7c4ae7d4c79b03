import { randomBytes } from 'node:crypto';
import { newId, publicId } from '../../../src/platform/ids.js';
import type { Area } from './area.js';

const fresh = () => randomBytes(6).toString('hex');

export const calls: Area = {
  byName: { callId: 'call', dispositionId: 'call_disposition', memberIds: 'member' },
  byMutation: [[/CallDisposition$/, 'call_disposition']],
  byType: { CallHandling: 'call', CallEvent: 'call' },
  sensible: {
    createCallDisposition: [['input.name', fresh]],
    updateCallDisposition: [['input.name', fresh]],
    callReport: [
      ['from', () => '2026-11-01'],
      ['to', () => '2026-11-02'],
    ],
    finishCall: [['input.ticketId', own => own.ids['ticket']]],
    callBack: [
      ['input.callId', own => own.ids['call']],
      ['input.agent', () => '200'],
    ],
  },
  async plant(put, { marker, now, member, linkedIdentity, conversation, account, kept }) {
    const disposition = await put('call_dispositions', { name: marker }, 'call_disposition');
    const post = {
      network: 'PHONE',
      external_id: `${marker} call`,
      revision: '1',
      kind: 'CALL',
      author_id: linkedIdentity,
      account_id: account,
      conversation_id: conversation,
      text: marker,
      sentiment_label: 'NEUTRAL',
      sentiment_score: 0,
      priority_score: 0,
      occurred_at: now,
    };
    // A call has the id of its post.
    const id = await put('posts', post, 'call');
    kept['call'] = id;
    await put('call_handlings', {
      id,
      identity_id: linkedIdentity,
      direction: 'INBOUND',
      status: 'COMPLETED',
      queue: marker,
      member_id: member,
      ticket_id: kept['ticket'],
      disposition_id: disposition,
      notes: marker,
      started_at: now,
      answered_at: now,
      ended_at: now,
      wait_seconds: 5,
      talk_seconds: 60,
    });
  },
  rows({ identity, id, moment, name, maybe, kept }) {
    const known = kept['ticket'];
    const ticket = known ?? newId();
    const own = {
      id: `'${ticket}'`,
      number: `'of calls'`,
      subject: `'of calls'`,
      channel: `'CALL'`,
      created_by: `'system:test'`,
    };
    const seconds = `(array[0, 1.5, 1.25])[ceil(random() * 3)::int]`;
    return {
      ...(known
        ? {}
        : {
            first: [['tickets', own] as [string, Record<string, string>]],
            parents: { Ticket: publicId('ticket', ticket) },
          }),
      tables: {
        call_dispositions: { id, name: `${name} || gen_random_uuid()` },
        call_handlings: {
          // One a post: each row takes another of those that have none.
          id: `(select p.id from posts p where p.organization_id = $1
                  and not exists (select 1 from call_handlings h where h.organization_id = p.organization_id and h.id = p.id)
                order by p.id offset generate_series limit 1)`,
          identity_id: `'${identity}'`,
          direction: `'INBOUND'`,
          status: `'COMPLETED'`,
          started_at: moment,
          wait_seconds: maybe(seconds),
          talk_seconds: maybe(seconds),
          ticket_id: `'${ticket}'`,
        },
      },
    };
  },
};
