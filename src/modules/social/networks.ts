/** Every network Vínculo knows, whether or not an adapter for it is plugged in. The value is stored and sent; the label is shown. */
export enum Network {
  TWITTER = 'TWITTER',
  BLUESKY = 'BLUESKY',
  MASTODON = 'MASTODON',
  FACEBOOK = 'FACEBOOK',
  INSTAGRAM = 'INSTAGRAM',
  WHATSAPP = 'WHATSAPP',
  TELEGRAM = 'TELEGRAM',
  YOUTUBE = 'YOUTUBE',
  REDDIT = 'REDDIT',
  LINKEDIN = 'LINKEDIN',
  HACKER_NEWS = 'HACKER_NEWS',
  DISCOURSE = 'DISCOURSE',
  BLOG = 'BLOG',
  EMAIL = 'EMAIL',
  SMS = 'SMS',
  PHONE = 'PHONE',
  FAX = 'FAX',
  WEB = 'WEB',
}

/** What people call a network, in every language alike. */
export const NETWORK_LABELS: Record<Network, string> = {
  TWITTER: 'X',
  BLUESKY: 'Bluesky',
  MASTODON: 'Mastodon',
  FACEBOOK: 'Facebook',
  INSTAGRAM: 'Instagram',
  WHATSAPP: 'WhatsApp',
  TELEGRAM: 'Telegram',
  YOUTUBE: 'YouTube',
  REDDIT: 'Reddit',
  LINKEDIN: 'LinkedIn',
  HACKER_NEWS: 'Hacker News',
  DISCOURSE: 'Discourse',
  BLOG: 'Blog',
  EMAIL: 'E-mail',
  SMS: 'SMS',
  PHONE: 'Phone',
  FAX: 'Fax',
  WEB: 'Web',
};

/** What kind of post this is to the organisation that received it. */
export enum PostKind {
  MENTION = 'MENTION',
  COMMENT = 'COMMENT',
  DIRECT_MESSAGE = 'DIRECT_MESSAGE',
  POST = 'POST',
  REPOST = 'REPOST',
  REVIEW = 'REVIEW',
  CALL = 'CALL',
  FAX = 'FAX',
}

/** How one identity acted on another. */
export enum InteractionKind {
  MENTION = 'MENTION',
  REPLY = 'REPLY',
  QUOTE = 'QUOTE',
  REPOST = 'REPOST',
  COMMENT = 'COMMENT',
  LIKE = 'LIKE',
}
