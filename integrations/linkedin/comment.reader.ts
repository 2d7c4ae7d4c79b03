import { z } from 'zod';
import {
  type ConnectorContext,
  ConnectorError,
  type ExternalRef,
  type InboundEvent,
} from '../../src/ingest/connector.js';
import { askLinkedin, escaped, type LinkedinConfig } from './api.client.js';
import { commentEvent, postEvent } from './notification.event.js';
import { commentUrn, readCommentUrn } from './urn.js';

type Context = ConnectorContext<LinkedinConfig>;

const text = z.string().optional().catch(undefined);
const moment = z.object({ time: z.number() }).optional().catch(undefined);

const comment = z.object({
  id: z.string(),
  actor: z.string(),
  message: z.object({ text: z.string() }),
  created: moment,
  lastModified: moment,
  parentComment: text,
});
export type Comment = z.infer<typeof comment>;

const post = z.object({
  id: z.string(),
  author: z.string(),
  commentary: z.string().catch(''),
  publishedAt: z.number().optional().catch(undefined),
  lastModifiedAt: z.number().optional().catch(undefined),
  lifecycleStateInfo: z.object({ isEditedByAuthor: z.boolean() }).optional().catch(undefined),
});

const elements = z.object({ elements: z.array(z.unknown()) });

/** Throws `ConnectorError`. */
export function readElements(answer: unknown): unknown[] {
  const found = elements.safeParse(answer);
  if (found.success) return found.data.elements;
  throw new ConnectorError({ class: 'transient', message: 'LinkedIn answered no list.', scope: 'endpoint' });
}

/** Where the comments on a post, or the answers to a comment, are. */
export const commentsPath = (urn: string): string => `/rest/socialActions/${escaped(urn)}/comments`;

const PAGE = 100;
const MOST_PAGES = 50;

/** All of them, a page at a time: LinkedIn does not say whether the newest come first or last. */
export async function* commentsOn(context: Context, origin: string, urn: string): AsyncGenerator<Comment[]> {
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await askLinkedin(context, origin, `${commentsPath(urn)}?start=${page * PAGE}&count=${PAGE}`);
    const given = readElements(answer.json());
    yield given.flatMap(each => comment.safeParse(each).data ?? []);
    if (given.length < PAGE) return;
  }
}

async function orGone<T>(asked: Promise<T>): Promise<T | 'gone'> {
  return asked.catch(error => {
    if (error instanceof ConnectorError && error.fault.class === 'not_found') return 'gone' as const;
    throw error;
  });
}

export async function readComment(context: Context, origin: string, urn: string): Promise<Comment | 'gone'> {
  const { thread, id } = readCommentUrn(urn)!;
  const answer = await orGone(askLinkedin(context, origin, `${commentsPath(thread)}/${id}`));
  return answer === 'gone' ? answer : (comment.safeParse(answer.json()).data ?? 'gone');
}

/** A comment or a post by its name, as it is now. */
export async function readAgain(context: Context, origin: string, ref: ExternalRef): Promise<InboundEvent | 'gone'> {
  const { organization } = context.config;
  const urn = readCommentUrn(ref.id);
  if (urn) {
    const found = await readComment(context, origin, ref.id);
    if (found === 'gone') return found;
    const { actor: owner, message, parentComment, created, lastModified } = found;
    const at = new Date(lastModified?.time ?? created?.time ?? context.now().getTime());
    // The two are some milliseconds apart from the beginning.
    const isEdit = (lastModified?.time ?? 0) - (created?.time ?? Number.POSITIVE_INFINITY) > 1000;
    return commentEvent(
      { id: commentUrn(urn), owner, words: message.text, parentComment },
      { at, isEdit, organization },
    );
  }
  const answer = await orGone(askLinkedin(context, origin, `/rest/posts/${escaped(ref.id)}`));
  if (answer === 'gone') return answer;
  const found = post.safeParse(answer.json()).data;
  if (!found) return 'gone';
  const { author: owner, commentary, publishedAt, lastModifiedAt, lifecycleStateInfo } = found;
  const editedAt = lifecycleStateInfo?.isEditedByAuthor && lastModifiedAt ? new Date(lastModifiedAt) : undefined;
  return postEvent(
    { id: ref.id, owner, words: wordsOf(commentary) },
    { at: publishedAt ? new Date(publishedAt) : context.now(), ...(editedAt && { editedAt }), organization },
  );
}

/** LinkedIn's "little text" names people as @[Name](urn:li:…) and puts backslashes before what has a meaning. */
const wordsOf = (commentary: string): string =>
  commentary.replace(/@\[([^\]]*)\]\(urn:li:[^)]*\)/g, '@$1').replace(/\\([\\|{}@[\]()<>#*_~])/g, '$1');
