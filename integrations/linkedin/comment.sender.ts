import { z } from 'zod';
import {
  type ConnectorContext,
  ConnectorError,
  type SendCommand,
  type SendResult,
  type Sent,
  triedSince,
} from '../../src/ingest/connector.js';
import { jsonOf } from '../../src/platform/json.text.js';
import { askLinkedin, type LinkedinConfig } from './api.client.js';
import { commentsOn, commentsPath, readComment } from './comment.reader.js';
import { commentUrn, readCommentUrn } from './urn.js';

type Context = ConnectorContext<LinkedinConfig>;

interface Target {
  /** The post. */
  object: string;
  /** The comment under which it goes; absent directly under the post. */
  parentComment?: string;
}

const missing = (message: string) => new ConnectorError({ class: 'not_found', message, scope: 'message' });

/** LinkedIn has two levels: an answer to an answer goes under the comment that both answer. */
async function targetOf(context: Context, origin: string, { parent }: SendCommand): Promise<Target> {
  const { object, comment, parentComment } = parent?.replyTo ?? {};
  if (typeof object !== 'string') throw missing('It is not known what to answer.');
  if (typeof parentComment === 'string') return { object, parentComment };
  if (typeof comment !== 'string' || !readCommentUrn(comment)) return { object };
  const found = await readComment(context, origin, comment);
  if (found === 'gone') throw missing('The comment is not there any more.');
  const above = readCommentUrn(found.parentComment);
  return { object, parentComment: above ? commentUrn(above) : comment };
}

/** The post as the notifications call it, so that the echo has the same id: LinkedIn's answer may call it by another. */
function sentAs({ object, parentComment }: Target, id: string): Sent {
  const comment = commentUrn({ thread: readCommentUrn(parentComment)?.thread ?? object, id });
  return { ref: { id: comment }, replyTo: { object, comment, ...(parentComment && { parentComment }) } };
}

export async function send(context: Context, origin: string, command: SendCommand): Promise<SendResult> {
  const target = await targetOf(context, origin, command);
  const response = await askLinkedin(context, origin, commentsPath(target.parentComment ?? target.object), {
    method: 'POST',
    json: { actor: context.config.organization, message: { text: command.rendered.text }, ...target },
  });
  const id =
    response.headers['x-restli-id'] ?? z.object({ id: z.string() }).safeParse(jsonOf(response.text())).data?.id;
  const bare = readCommentUrn(id)?.id ?? id;
  return bare && /^\d+$/.test(bare) ? { state: 'sent', ...sentAs(target, bare) } : { state: 'unknown' };
}

/** By the page, its words and its time. */
export async function findSent(context: Context, origin: string, command: SendCommand): Promise<Sent | null> {
  const target = await targetOf(context, origin, command);
  const since = triedSince(command);
  for await (const comments of commentsOn(context, origin, target.parentComment ?? target.object)) {
    const found = comments.find(
      ({ actor, message, created }) =>
        actor === context.config.organization &&
        message.text === command.rendered.text &&
        (created?.time ?? since) >= since,
    );
    if (found) return sentAs(target, found.id);
  }
  return null;
}
