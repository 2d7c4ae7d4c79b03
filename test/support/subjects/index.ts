import { asterisk } from './asterisk.js';
import { bluesky } from './bluesky.js';
import { board } from './board.js';
import { discourse } from './discourse.js';
import { disqus } from './disqus.js';
import { email } from './email.js';
import { feed } from './feed.js';
import { hackernews } from './hackernews.js';
import { hylafax } from './hylafax.js';
import { kannel } from './kannel.js';
import { linkedin } from './linkedin.js';
import { mastodon } from './mastodon.js';
import { facebook, instagram, whatsapp } from './meta.js';
import { phaxio } from './phaxio.js';
import { reddit } from './reddit.js';
import { smpp } from './smpp.js';
import type { SubjectKind } from './subject.js';
import { telegram } from './telegram.js';
import { twilio } from './twilio.js';
import { twilioVoice } from './twilio-voice.js';
import { web } from './web.js';
import { webmention } from './webmention.js';
import { wordpress } from './wordpress.js';
import { x, xStream } from './x.js';
import { youtube } from './youtube.js';

export type { Sending, Subject, SubjectKind, Trouble } from './subject.js';

/** Every adapter there is. A new one is added here, and has then to pass the whole suite. */
export const SUBJECTS: SubjectKind[] = [
  asterisk,
  bluesky,
  board,
  discourse,
  disqus,
  ...email,
  feed,
  hackernews,
  hylafax,
  kannel,
  linkedin,
  mastodon,
  facebook,
  instagram,
  whatsapp,
  phaxio,
  reddit,
  smpp,
  telegram,
  twilioVoice,
  twilio,
  web,
  webmention,
  wordpress,
  x,
  xStream,
  youtube,
];
