import { z } from 'zod';

const id = z.union([z.number().int().nonnegative(), z.string().regex(/^\d{1,20}$/)]).transform(String);
const text = z.string().optional().catch(undefined);
const rendered = z.object({ rendered: z.string(), raw: text });

/** A comment of `/wp/v2/comments`; e-mail address and raw text are there for moderators only. */
export const commentSchema = z.object({
  id,
  post: id,
  parent: id.catch('0'),
  author: id.catch('0'),
  author_name: text,
  author_email: text,
  author_url: text,
  author_avatar_urls: z.record(z.string(), z.string()).optional().catch(undefined),
  date_gmt: z.string(),
  content: rendered,
  link: text,
  status: z.string().catch('approved'),
  type: z.string().catch('comment'),
  _links: z
    .object({ up: z.array(z.object({ href: z.string() })).catch([]) })
    .optional()
    .catch(undefined),
});
export type Comment = z.infer<typeof commentSchema>;

/** What a comment stands under. */
export const postSchema = z.object({
  id,
  guid: z.object({ rendered: z.string() }).optional().catch(undefined),
  link: text,
  date_gmt: text,
  title: rendered.optional().catch(undefined),
  content: rendered.extend({ protected: z.boolean().optional() }).optional().catch(undefined),
  comment_status: text,
});
export type BlogPost = z.infer<typeof postSchema>;

export const listSchema = z.array(z.unknown());

export const meSchema = z.object({
  id,
  name: text,
  capabilities: z.record(z.string(), z.unknown()).catch({}),
});

export const indexSchema = z.object({ name: text, namespaces: z.array(z.string()).catch([]) });

export const refusalSchema = z.object({ code: z.coerce.string().max(100), message: text });

/** WordPress writes its GMT dates without a zone. */
export function gmtDate(date: string | undefined): Date | undefined {
  const moment = new Date(/(z|[+-]\d\d:?\d\d)$/i.test(date ?? '') ? date! : `${date}Z`);
  return Number.isNaN(moment.getTime()) || moment.getTime() < 0 ? undefined : moment;
}
