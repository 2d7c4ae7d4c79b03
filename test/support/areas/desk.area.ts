import { createHash } from 'node:crypto';
import type { Area } from './area.js';

export const desk: Area = {
  byName: {
    lastSeenMessageId: 'ticket_message',
    cannedResponseId: 'canned_response',
    macroId: 'macro',
    contactPointId: 'contact',
    attachmentIds: 'attachment',
    mentionIds: 'member',
  },
  byMutation: [
    [/TicketNote$/, 'ticket_note'],
    [/CannedResponse$/, 'canned_response'],
    [/TicketMacro$/, 'macro'],
  ],
  byType: {
    CannedResponse: 'canned_response',
    RenderedCannedResponse: 'canned_response',
    TicketMacro: 'macro',
  },
  sensible: {
    saveTicketDraft: [['input.memberId', own => own.ids['member']]],
    markTicketSeen: [['input.memberId', own => own.ids['member']]],
    reportTicketPresence: [['input.memberId', own => own.ids['member']]],
    replyToTicket: [
      ['input.channel', () => 'PORTAL'],
      ['input.confirmUnseen', () => true],
    ],
    undoTicketReply: [['input.messageId', own => own.ids['ticket_reply']]],
    updateTicketNote: [['input.messageId', own => own.ids['ticket_note']]],
    removeTicketNote: [['input.messageId', own => own.ids['ticket_note']]],
    createCannedResponse: [
      ['input.shortcut', () => 'hours'],
      ['input.texts', () => [{ language: 'es', text: 'Abrimos a las 8.' }]],
    ],
    createTicketMacro: [['input.actions', () => [{ kind: 'SET_PRIORITY', priority: 'LOW' }]]],
    applyMacro: [['input.confirmUnseen', () => true]],
    applyMacros: [['input.ticketIds', own => [own.ids['ticket']]]],
  },
  async plant(put, { marker, now, organizationId, member, team, kept }) {
    const author = { created_by: 'system:test', created_at: now, updated_at: now };
    const texts = { es: marker };
    await put(
      'canned_responses',
      { ...author, shortcut: marker, name: marker, texts, team_id: team },
      'canned_response',
    );
    const actions = JSON.stringify([{ kind: 'NOTE', text: marker }]);
    await put('ticket_macros', { ...author, name: marker, actions, team_id: team }, 'macro');
    const ticket = kept['ticket']!;
    await put('ticket_drafts', { ticket_id: ticket, member_id: member, text: marker });
    const note = await put(
      'ticket_messages',
      {
        ticket_id: ticket,
        kind: 'NOTE',
        channel: 'MANUAL',
        visibility: 'INTERNAL',
        state: 'KEPT',
        note: marker,
        author: 'system:test',
        occurred_at: now,
      },
      'desk_note',
    );
    await put('ticket_mentions', { member_id: member, message_id: note });
    await put('ticket_seen', { ticket_id: ticket, member_id: member, message_id: note });
    await put('ticket_presence', { ticket_id: ticket, member_id: member, state: 'VIEWING', until: '2999-01-01' });
    await put('ticket_reply_turns', {
      message_id: note,
      ticket_id: ticket,
      status_before: 'NEW',
      status_after: 'PENDING',
    });
    const sha256 = createHash('sha256').update(`${organizationId} ${marker} desk`).digest();
    const file = await put(
      'media_files',
      { sha256, type: 'text/plain', name: marker, size: marker.length, bytes: Buffer.from(marker) },
      'desk_file',
    );
    await put('ticket_attachments', { file_id: file, name: marker, uploaded_by: 'system:test' }, 'attachment');
  },
  prefixes: { desk_file: 'media', desk_note: 'ticket_message' },
  rows({ viewer, id, moment, name, kept }) {
    const own = { id, created_by: `'system:test'`, created_at: moment, updated_at: moment };
    return {
      tables: {
        canned_responses: {
          ...own,
          shortcut: 'gen_random_uuid()::text',
          name,
          texts: `'{"es": "hola"}'`,
        },
        ticket_macros: { ...own, name: 'gen_random_uuid()::text', actions: `'[]'` },
        ticket_mentions: {
          member_id: `'${viewer}'::uuid`,
          // Each row takes another of the notes that do not call anybody yet.
          message_id: `(select m.id from ticket_messages m where m.organization_id = $1 and m.ticket_id = '${kept['ticket']}'
                         and not exists (select 1 from ticket_mentions n where n.organization_id = $1 and n.message_id = m.id)
                       order by m.id offset generate_series - 1 limit 1)`,
        },
      },
    };
  },
};
