import type { LoaderDefinition } from '../../../platform/loaders.js';
import type { RequestContext } from '../../access/index.js';
import { mediaOf, type StoredMedia } from '../../social/index.js';

/** What a message says and brings along, whether a post, a reply or itself carries it. */
export interface MessageContent {
  text: string;
  title: string | null;
  media: StoredMedia[];
}

const NOTHING: MessageContent = { text: '', title: null, media: [] };

/**
 * Content of messages (stored ids) that the viewer sees: whoever sees a message reads it, also where the post or the reply
 * behind it is hidden from them.
 */
export const contentOfMessage: LoaderDefinition<RequestContext, string, MessageContent> = {
  name: 'ticketMessage.content',
  async batch(context, ids) {
    const rows = await context.read<MessageContent & { id: string }>(
      `select m.id, coalesce(m.note, p.text, r.text, '') as text, p.title, coalesce(p.media, r.media, '[]') as media
         from ticket_messages m
         left join posts p on p.organization_id = m.organization_id and p.id = m.post_id
         left join replies r on r.organization_id = m.organization_id and r.id = m.reply_id
        where m.id = any ($1::uuid[])`,
      [ids],
      'ticketMessage.content',
    );
    // Of what goes with a reply by its address alone only the address is kept.
    const byId = new Map(
      rows.map(row => [
        row.id,
        { ...row, media: row.media.map(one => ({ ...one, kind: one.kind ?? mediaOf(one).kind })) },
      ]),
    );
    return ids.map(id => byId.get(id) ?? NOTHING);
  },
};
