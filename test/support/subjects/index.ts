import { bluesky } from './bluesky.js';
import { feed } from './feed.js';
import { hackernews } from './hackernews.js';
import { kannel } from './kannel.js';
import { linkedin } from './linkedin.js';
import { facebook, instagram, whatsapp } from './meta.js';
import { reddit } from './reddit.js';
import { smpp } from './smpp.js';
import type { SubjectKind } from './subject.js';
import { telegram } from './telegram.js';
import { twilio } from './twilio.js';
import { x, xStream } from './x.js';
import { youtube } from './youtube.js';

export type { Subject, SubjectKind, Trouble } from './subject.js';

/** Every adapter there is. A new one is added here, and has then to pass the whole suite. */
export const SUBJECTS: SubjectKind[] = [
  bluesky,
  feed,
  hackernews,
  kannel,
  linkedin,
  facebook,
  instagram,
  whatsapp,
  smpp,
  telegram,
  twilio,
  x,
  xStream,
  youtube,
  reddit,
];
