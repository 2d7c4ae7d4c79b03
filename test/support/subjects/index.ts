import { asterisk } from './asterisk.js';
import { bluesky } from './bluesky.js';
import { feed } from './feed.js';
import { hackernews } from './hackernews.js';
import { hylafax } from './hylafax.js';
import { facebook, instagram } from './meta.js';
import { phaxio } from './phaxio.js';
import type { SubjectKind } from './subject.js';
import { telegram } from './telegram.js';
import { twilio } from './twilio.js';
import { twilioVoice } from './twilio-voice.js';
import { youtube } from './youtube.js';

export type { Subject, SubjectKind, Trouble } from './subject.js';

/** Every adapter there is. A new one is added here, and has then to pass the whole suite. */
export const SUBJECTS: SubjectKind[] = [
  feed,
  bluesky,
  telegram,
  twilio,
  facebook,
  instagram,
  youtube,
  hackernews,
  twilioVoice,
  phaxio,
  hylafax,
  asterisk,
];
