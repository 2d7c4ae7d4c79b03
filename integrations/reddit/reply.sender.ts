import { z } from 'zod';
import {
  type ConnectorContext,
  ConnectorError,
  type Draft,
  type ParentPost,
  type Rendered,
  type RenderFault,
  type SendCommand,
  type SendResult,
  type Sent,
  triedSince,
} from '../../src/ingest/connector.js';
import { refusal, renderPlain } from '../../src/ingest/rendering.js';
import { askReddit, type RedditConfig } from './api.client.js';
import { listOf } from './listing.reader.js';
import { markdownOf, plainOf } from './markdown.text.js';
import { readMade } from './thing.event.js';

type Context = ConnectorContext<RedditConfig>;

/** Of comments and messages alike, in Markdown. */
export const LONGEST_TEXT = 10_000;
const LONGEST_SUBJECT = 100;

const payload = z.object({ markdown: z.string(), subject: z.string() });

/** What is written is plain; how Reddit gets it, and the subject that a message must have, are in the payload. */
export function render(draft: Draft, parent: ParentPost | null): Rendered | RenderFault {
  if (draft.visibility === 'public' && parent?.replyability?.public === false)
    return refusal(parent.replyability.reason ?? 'NOT_POSSIBLE', 'Nothing can be written under it any more.');
  const plain = renderPlain(draft, { max: Number.MAX_SAFE_INTEGER });
  if ('class' in plain) return plain;
  const markdown = markdownOf(plain.text);
  const { length } = markdown;
  if (length > LONGEST_TEXT)
    return refusal('TEXT_TOO_LONG', `It has at most ${LONGEST_TEXT} characters.`, { length, max: LONGEST_TEXT });
  const subject = draft.subject || (parent?.title ? `Re: ${parent.title}` : plain.text.split('\n')[0]!);
  return { ...plain, length, payload: { markdown, subject: subject.slice(0, LONGEST_SUBJECT).toWellFormed() } };
}

/** An answer hangs on its thing; to write in private about something public is a message to its author. */
function targetOf({ parent, visibility, recipient }: SendCommand): { thingId: string } | { to: string } {
  const id = parent?.replyTo?.['thingId'] ?? parent?.ref.id;
  if (typeof id === 'string' && (visibility === 'public' || id.startsWith('t4_'))) return { thingId: id };
  const to = recipient?.handle ?? parent?.author.handle;
  if (to) return { to };
  throw new ConnectorError({ class: 'not_found', message: 'It is not known whom to answer.', scope: 'message' });
}

/** Throws `ConnectorError`. A message that is not an answer gets no id from Reddit, and is looked up at once. */
export async function send(context: Context, origin: string, command: SendCommand): Promise<SendResult> {
  const { markdown: text, subject } = payload.parse(command.rendered.payload);
  const target = targetOf(command);
  if ('thingId' in target) {
    const form = { api_type: 'json', thing_id: target.thingId, text };
    const made = readMade(await askReddit(context, origin, '/api/comment', { method: 'POST', form }));
    return made ? { state: 'sent', ...sentAs(made.name) } : { state: 'unknown' };
  }
  await askReddit(context, origin, '/api/compose', {
    method: 'POST',
    form: { api_type: 'json', ...target, subject, text },
  });
  // It is sent whatever becomes of looking it up.
  const found = await findSent(context, origin, command).catch(() => null);
  return found ? { state: 'sent', ...found } : { state: 'unknown' };
}

/** By whom or what it answers, its words and its time. */
export async function findSent(context: Context, origin: string, command: SendCommand): Promise<Sent | null> {
  const target = targetOf(command);
  const isComment = 'thingId' in target && !target.thingId.startsWith('t4_');
  const list = isComment
    ? { path: `/user/${context.config.username}/comments`, query: { sort: 'new' } }
    : { path: '/message/sent' };
  const { things } = await listOf(context, origin, list);
  const since = triedSince(command);
  const words = plainOf(command.rendered.text);
  const found = things.find(
    thing =>
      thing.created_utc * 1000 >= since &&
      plainOf(thing.body ?? '') === words &&
      ('thingId' in target
        ? thing.parent_id === target.thingId
        : thing.dest?.replace(/^u\//, '').toLowerCase() === target.to.toLowerCase()),
  );
  return found ? sentAs(found.name) : null;
}

const sentAs = (name: string): Sent => ({ ref: { id: name }, replyTo: { thingId: name } });
