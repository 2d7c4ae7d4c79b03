import { z } from 'zod';
import {
  ConnectorError,
  type Draft,
  type ExternalRef,
  type HookContext,
  type ParentPost,
  type Rendered,
  type RenderFault,
  type SendCommand,
  type SendResult,
  type Sent,
} from '../../src/ingest/connector.js';
import { refusal } from '../../src/ingest/rendering.js';
import { textOfHtml } from '../../src/platform/html.text.js';
import { commentIdOf, commentRef, type ReplyTo } from './comment.event.js';
import { parsed, whoAmI } from './comment.reader.js';
import { ask, codeOf, faultOf, get, type WordPressConfig, type WordPressContext } from './wordpress.client.js';
import { type Comment, commentSchema } from './wordpress.schema.js';

/** What a column of comments holds, in bytes, less what WordPress itself keeps free. */
export const LONGEST_COMMENT = 65_525;
const LOOKED_THROUGH = 100;

const replyToSchema = z.object({ post: z.string(), comment: z.string(), guid: z.string() });

/** A comment as WordPress takes it. */
interface NewComment {
  post: number;
  parent: number;
  content: string;
  /** Of the post, for the id of what is made; WordPress does not want it. */
  guid: string;
}

export function render(
  { config }: HookContext<WordPressConfig>,
  draft: Draft,
  parent: ParentPost | null,
): Rendered | RenderFault {
  const text = draft.text.trim();
  const content = escapeHtml(text);
  const length = Buffer.byteLength(content);
  const replyTo = replyToSchema.safeParse(parent?.replyTo);
  if (!text) return refusal('EMPTY', 'There is nothing to say.');
  if (draft.media?.length) return refusal('MEDIA_NOT_POSSIBLE', 'A comment holds text only.');
  if (draft.visibility === 'private') return refusal('NOT_POSSIBLE', 'Comments are public.');
  if (parent?.replyability?.reason === 'COMMENTS_CLOSED') {
    return refusal('COMMENTS_CLOSED', 'Comments on this post are closed.');
  }
  if (!config.authorization || !replyTo.success)
    return refusal('NOT_POSSIBLE', 'This cannot be answered by a comment.');
  if (length > LONGEST_COMMENT) {
    return refusal('TEXT_TOO_LONG', 'The comment is too long.', { length, max: LONGEST_COMMENT });
  }
  const { post, comment, guid } = replyTo.data;
  const payload: NewComment = { post: Number(post), parent: Number(comment), content, guid };
  return { text, length, payload };
}

/** WordPress takes HTML: what is not meant as such must not be taken for it. */
function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** WordPress refuses the same text under the same comment a second time: it is there already, and counts as sent. */
export async function send(context: WordPressContext, command: SendCommand): Promise<SendResult> {
  const { post, parent, content, guid } = command.rendered.payload as NewComment;
  const response = await ask(context, '/wp/v2/comments', { method: 'POST', json: { post, parent, content } });
  if (response.status === 201) {
    const comment = commentSchema.safeParse(response.json());
    return comment.success ? { state: 'sent', ...sentOf(comment.data, guid) } : { state: 'unknown' };
  }
  if (codeOf(response) === 'comment_duplicate') {
    const sent = await findSent(context, command);
    if (sent) return { state: 'sent', ...sent };
  }
  const fault = faultOf(context, response, true);
  return fault.mayHaveHappened ? { state: 'unknown' } : { state: 'failed', fault };
}

/** The newest comment of ours with this text in this place. */
export async function findSent(context: WordPressContext, command: SendCommand): Promise<Sent | null> {
  const { post, parent, guid } = command.rendered.payload as NewComment;
  const me = await whoAmI(context);
  const query = {
    post,
    parent,
    per_page: LOOKED_THROUGH,
    orderby: 'date_gmt',
    order: 'desc',
    ...(me?.moderates && { status: 'all', context: 'edit' }),
  };
  const comments = parsed(context, (await get(context, '/wp/v2/comments', { query })).json(), commentSchema);
  const text = comparable(command.rendered.text);
  const found = comments.find(
    ({ author, content }) => author === me?.id && comparable(textOfHtml(content.raw ?? content.rendered)) === text,
  );
  return found ? sentOf(found, guid) : null;
}

/** WordPress sets quotes, dashes and faces its own way. */
function comparable(text: string): string {
  return text.normalize('NFKC').replace(/[^\p{L}\p{N}\p{Extended_Pictographic}]+/gu, '') || text;
}

function sentOf({ id, post, link, status }: Comment, guid: string): Sent {
  const replyTo: ReplyTo = { post, comment: id, guid, status };
  return { ref: commentRef(guid, id, link), replyTo: { ...replyTo } };
}

/** Into the trash, where the blog has one. */
export async function trash(context: WordPressContext, ref: ExternalRef): Promise<void> {
  const path = `/wp/v2/comments/${numberOf(ref)}`;
  let response = await ask(context, path, { method: 'DELETE' });
  if (codeOf(response) === 'rest_trash_not_supported') {
    response = await ask(context, path, { method: 'DELETE', query: { force: true } });
  }
  const isGone = response.status === 404 || response.status === 410;
  if (response.status >= 300 && !isGone) throw new ConnectorError(faultOf(context, response, true));
}

/** Holds a comment back, or approves it. */
export async function moderate(context: WordPressContext, ref: ExternalRef, hidden: boolean): Promise<void> {
  const path = `/wp/v2/comments/${numberOf(ref)}`;
  const json = { status: hidden ? 'hold' : 'approved' };
  const response = await ask(context, path, { method: 'POST', json });
  if (response.status < 300) return;
  // WordPress fails over a change that changes nothing.
  if (codeOf(response) === 'rest_comment_failed_edit') {
    const { status } = commentSchema.parse((await get(context, path, { query: { context: 'edit' } })).json());
    if (status === json.status) return;
  }
  throw new ConnectorError(faultOf(context, response, true));
}

export function numberOf(ref: ExternalRef): string {
  const id = commentIdOf(ref);
  if (id) return id;
  const message = 'This is not the id of a comment.';
  throw new ConnectorError({ class: 'invalid', message, scope: 'message' });
}
