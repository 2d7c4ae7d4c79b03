import { z } from 'zod';

const text = z.string().optional().catch(undefined);
const webAddress = z
  .url({ protocol: /^https?$/ })
  .optional()
  .catch(undefined);
const id = z.string().min(1).max(100);

/** What is read of an account; everything but its ids may be broken. */
export const account = z.object({
  id,
  acct: z.string().min(1).max(320),
  display_name: text,
  note: text,
  url: webAddress,
  avatar: webAddress,
  followers_count: z.int().nonnegative().optional().catch(undefined),
  bot: z.boolean().optional().catch(undefined),
});
export type Account = z.infer<typeof account>;

const mention = z.object({ id, acct: z.string().min(1).max(320), url: webAddress });
const attachment = z.object({
  type: z.string(),
  url: webAddress,
  remote_url: webAddress,
  description: z.string().nullish().catch(undefined),
});
const listOf = <Shape extends z.ZodType>(shape: Shape) =>
  z
    .array(z.unknown())
    .catch([])
    .transform(items =>
      items.flatMap(item => {
        const parsed = shape.safeParse(item);
        return parsed.success ? [parsed.data as z.infer<Shape>] : [];
      }),
    );

export const VISIBILITIES = ['public', 'unlisted', 'private', 'direct'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** What is read of a status. A visibility we do not know is taken for followers only. */
export const status = z.object({
  id,
  created_at: z.coerce.date(),
  edited_at: z.coerce
    .date()
    .nullish()
    .catch(undefined)
    .transform(date => (date?.getTime() ? date : undefined)),
  in_reply_to_id: id.nullish().catch(undefined),
  in_reply_to_account_id: id.nullish().catch(undefined),
  visibility: z.enum(VISIBILITIES).catch('private'),
  spoiler_text: z.string().max(10_000).catch(''),
  language: z.string().nullish().catch(undefined),
  url: webAddress,
  content: z.string(),
  account,
  mentions: listOf(mention),
  tags: listOf(z.object({ name: z.string().max(300) })),
  media_attachments: listOf(attachment),
  reblog: z.unknown(),
  quote: z
    .object({ quoted_status: z.object({ id, url: webAddress, account }) })
    .nullish()
    .catch(undefined),
});
export type Status = z.infer<typeof status>;

/** `status` is absent where the notification is of something else. */
export const notification = z.object({ id, type: z.string(), status: z.unknown() });
